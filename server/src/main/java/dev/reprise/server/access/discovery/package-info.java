/// Token issuers that run elsewhere: where they publish their keys, and the keys as they are now.
/// Start reading at [dev.reprise.server.access.discovery.Issuers].
@NullMarked
package dev.reprise.server.access.discovery;

import org.jspecify.annotations.NullMarked;
