/// Which roles users have, as their tokens showed last: what runs for them later runs with these.
/// Start reading at [dev.reprise.server.rights.Rights].
@NullMarked
package dev.reprise.server.rights;

import org.jspecify.annotations.NullMarked;
