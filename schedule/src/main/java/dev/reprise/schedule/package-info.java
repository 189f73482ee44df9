/// When a report is due and what every event does to it. Start reading at
/// [dev.reprise.schedule.Lifecycle].
@NullMarked
package dev.reprise.schedule;

import org.jspecify.annotations.NullMarked;
