package dev.reprise.server.report;

import dev.reprise.schedule.CatchUp;
import dev.reprise.schedule.Event;
import java.time.Instant;
import java.util.Optional;

/// What a caller may say with a pause.
///
/// @param mode what becomes of an execution under way
/// @param until when the service resumes by itself
/// @param catchUp what then becomes of the missed slots
record PauseOptions(
    Optional<String> reason, Event.Mode mode, Optional<Instant> until, Optional<CatchUp> catchUp) {
  static PauseOptions read(Options options) {
    options.refuse("a resume", "dryRun", "plan");
    return new PauseOptions(
        options.reason(),
        options.word("mode", Event.Mode.class).orElse(Event.Mode.FINISH),
        options.time("until"),
        options.word("catchUp", CatchUp.class));
  }

  Event at(Instant now) {
    return new Event.Pause(now, mode, until, catchUp);
  }
}
