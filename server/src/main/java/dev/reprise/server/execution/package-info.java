/// Executions: due slots are claimed, their queries run, their files kept and their outcomes
/// recorded. Start reading at [dev.reprise.server.execution.Dispatcher].
@NullMarked
package dev.reprise.server.execution;

import org.jspecify.annotations.NullMarked;
