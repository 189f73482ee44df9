package dev.reprise.server.report;

import dev.reprise.api.ErrorCode;
import dev.reprise.schedule.CatchUp;
import dev.reprise.schedule.Event;
import java.time.Instant;
import java.util.Optional;

/// What a caller may say with a resume.
///
/// @param catchUp what becomes of the missed slots
/// @param dryRun whether only the plan is wanted
/// @param plan the token of the plan that the resume has to be
record ResumeOptions(
    Optional<String> reason, Optional<CatchUp> catchUp, boolean dryRun, Optional<String> plan) {
  static ResumeOptions read(Options options) {
    options.refuse("a pause", "mode", "until");
    var read =
        new ResumeOptions(
            options.reason(),
            options.word("catchUp", CatchUp.class),
            options.flag("dryRun"),
            options.text("plan"));
    if (read.dryRun && read.plan.isPresent()) {
      throw ErrorCode.VALUE_INVALID.because(
          "dryRun and plan are given together: dryRun answers a plan, plan carries one out");
    }
    return read;
  }

  /// @param seal that of the plan, if there is one
  Event at(Instant now, PlanSeal seal) {
    return new Event.Resume(now, catchUp, plan.map(seal::open));
  }
}
