/// Reports: a query with a schedule, which is created, paused and resumed. Start reading at
/// [dev.reprise.server.report.Reports].
@NullMarked
package dev.reprise.server.report;

import org.jspecify.annotations.NullMarked;
