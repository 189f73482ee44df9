/// What happened to each report: who did what, when and why, chained so that a change of the past
/// shows. Start reading at [dev.reprise.server.history.Chain].
@NullMarked
package dev.reprise.server.history;

import org.jspecify.annotations.NullMarked;
