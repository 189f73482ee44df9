/// Random lives of reports in the running service, held against the model of the testkit. Start
/// reading at [dev.reprise.server.trace.Life].
@NullMarked
package dev.reprise.server.trace;

import org.jspecify.annotations.NullMarked;
