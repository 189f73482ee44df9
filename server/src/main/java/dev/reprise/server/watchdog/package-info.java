/// A second opinion, apart from what starts executions: what is stored of each report is compared
/// with what its definition says, and healed. Start reading at
/// [dev.reprise.server.watchdog.Watchdog].
@NullMarked
package dev.reprise.server.watchdog;

import org.jspecify.annotations.NullMarked;
