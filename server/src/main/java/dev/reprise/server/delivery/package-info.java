/// Makes results reachable: files that are there whole or not at all, and signed links to them.
/// Start reading at [dev.reprise.server.delivery.ResultStore].
@NullMarked
package dev.reprise.server.delivery;

import org.jspecify.annotations.NullMarked;
