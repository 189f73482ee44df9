package dev.reprise.server.callback;

import dev.reprise.server.receiver.Target;
import dev.reprise.server.report.Report;
import java.time.Instant;
import java.util.UUID;
import org.jooq.DSLContext;

/// Where the callback of a completed execution is put, in the transaction that records it: whoever
/// finds the one finds the other, also after a crash.
public final class JooqOutbox {
  private JooqOutbox() {}

  /// Adds the callback of an execution, if its report has an address for it.
  public static void completed(DSLContext dsl, Report report, UUID execution, Instant now) {
    report
        .definition()
        .callback()
        .url()
        .ifPresent(url ->
            JooqCallbackSql.ADD.run(
                dsl, execution, report.id().value(), Target.receiver(url), now, now));
  }
}
