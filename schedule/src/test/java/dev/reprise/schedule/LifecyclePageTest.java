package dev.reprise.schedule;

import static dev.reprise.schedule.Life.START;
import static dev.reprise.schedule.Life.at;

import dev.reprise.schedule.Event.Mode;
import dev.reprise.schedule.Outcome.Moved;
import dev.reprise.schedule.Outcome.Refused;
import dev.reprise.schedule.Outcome.Unchanged;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/lifecycle.md` shows every event on every state.
class LifecyclePageTest {
  /// When every event on the page comes: an hour before a slot.
  private static final Instant NOW = at("27:00");

  private static final Schedule SCHEDULE =
      new Schedule(START, Duration.ofHours(4), Optional.of(20), Optional.of(at("60:00")));

  private static final String INTRO =
      """
      # Every event on every state

      Written by `./mvnw -pl schedule -am test -Dgolden.update=true`; do not edit. What it means for users is in
      [pause-and-resume.md](pause-and-resume.md).

      A report every 4 hours from Mon 06:00, 20 times, EndTime Wed 18:00. It is Tue 09:00: the last slot was Tue 06:00, the
      next is Tue 10:00. Misfire policy: latest. "-" says that nothing changes.
      """;

  @Test
  void thePageShowsEveryEventOnEveryState() throws IOException {
    StringBuilder page = new StringBuilder(INTRO);
    states()
        .forEach((name, life) -> {
          page.append("\n## ").append(name).append("\n\n");
          page.append(Words.state(life.state)).append(".\n");
          page.append(waits(life)).append("\n\n| event | does |\n|---|---|\n");
          events()
              .forEach((event, what) ->
                  page.append("| ")
                      .append(event)
                      .append(" | ")
                      .append(does(what, life))
                      .append(" |\n"));
        });
    Golden.holds("lifecycle.md", page.toString());
  }

  private static String waits(Life life) {
    String pending =
        Lifecycle.pending(life.state, life.schedule)
            .map(slot -> "An execution waits for " + Words.time(slot))
            .orElse("No execution waits");
    return pending
        + Lifecycle.wake(life.state, life.schedule)
            .map(wake -> "; time has something to do at " + Words.time(wake) + ".")
            .orElse("; time has nothing to do.");
  }

  private static String does(Event event, Life life) {
    boolean ends =
        event instanceof Event.Completed
            || event instanceof Event.Failed
            || event instanceof Event.Lost;
    boolean attempt = life.state.running().filter(one -> one.retryAt().isEmpty()).isPresent();
    if (ends && !attempt) {
      return "cannot come";
    }
    return switch (Lifecycle.on(event, life.state, life.schedule)) {
      case Unchanged unchanged -> "-";
      case Refused(var why) -> why.code().status() + " " + why.text();
      case Moved moved ->
          moved.start().map(start -> "starts " + Words.time(start.slot()) + "; ").orElse("")
              + moved.ended().map(ended -> Words.lower(ended) + "; ").orElse("")
              + moved.skipped().stream()
                  .map(range -> Words.skipped(range) + "; ")
                  .collect(Collectors.joining())
              + Words.state(moved.to());
    };
  }

  private static Life life() {
    Life life = Life.every(4);
    life.schedule = SCHEDULE;
    life.state = Lifecycle.begin(SCHEDULE);
    for (int k = 0; k < 6; k++) {
      life.runs(at(4 * k + ":00"));
    }
    return life;
  }

  private static Life upToDate() {
    return life().runs(at("24:00"));
  }

  private static Map<String, Life> states() {
    Event timed =
        new Event.Pause(
            at("13:30"), Mode.FINISH, Optional.of(at("26:00")), Optional.of(CatchUp.ALL));
    Life early = Life.every(4);
    early.schedule = SCHEDULE;
    early.state = Lifecycle.begin(SCHEDULE);
    early.runs(START).runs(at("4:00")).runs(at("8:00")).runs(at("12:00"));
    Life backlog = early.copy().pause(at("13:00")).resume(at("26:00"), CatchUp.ALL);
    Life once = Life.every(4, 1).tick(START);
    Map<String, Life> states = new LinkedHashMap<>();
    states.put("Active, waiting for its next slot", upToDate());
    states.put("Active, a slot is due", life());
    states.put("Active, running", life().tick(at("24:00")));
    states.put("Active, running while slots came due", early.copy().tick(at("16:00")));
    states.put(
        "Active, a failed attempt waits for the next",
        life().tick(at("24:00")).on(new Event.Failed(at("26:59"), true)));
    states.put("Active, with a backlog", backlog.copy());
    states.put("Active, running from a backlog", backlog.copy().tick(at("26:00")));
    states.put(
        "Active, with a merged backlog",
        early.copy().pause(at("13:00")).resume(at("26:00"), CatchUp.MERGED));
    states.put("Active, running its last report", once.copy());
    states.put("Paused, nothing missed", upToDate().pause(at("26:00")));
    states.put("Paused, with missed slots", early.copy().pause(at("13:00")));
    states.put("Paused until a time", early.copy().on(timed));
    states.put("Paused, running", life().tick(at("24:00")).pause(at("26:00")));
    states.put("Paused, with a backlog", backlog.copy().pause(at("26:30")));
    states.put("Inactive, all reports generated", once.copy().completes(at("1:00")));
    states.put(
        "Inactive, EndTime passed", Life.everyUntil(4, at("4:00")).runs(START).runs(at("4:00")));
    states.put("Inactive, while paused", once.copy().pause(at("0:30")).completes(at("1:00")));
    return states;
  }

  private static Map<String, Event> events() {
    Map<String, Event> events = new LinkedHashMap<>();
    events.put("time", new Event.Tick(NOW, CatchUp.LATEST));
    events.put("pause", new Event.Pause(NOW));
    events.put("pause, mode=cancel", pause(Mode.CANCEL, Optional.empty()));
    events.put("pause, until Tue 12:00", pause(Mode.FINISH, Optional.of(at("30:00"))));
    events.put("pause, until Tue 08:00", pause(Mode.FINISH, Optional.of(at("26:00"))));
    events.put("resume", new Event.Resume(NOW));
    for (CatchUp choice : CatchUp.values()) {
      events.put(
          "resume, catchUp=" + Words.lower(choice),
          new Event.Resume(NOW, Optional.of(choice), Optional.empty()));
    }
    events.put("resume by itself is refused", new Event.Hold(NOW));
    events.put("update, RecurrenceCount 25", update(START, 4, 25, "60:00"));
    events.put("update, EndTime Mon 20:00", update(START, 4, 20, "14:00"));
    events.put("update, RecurrenceInterval 6", update(START, 6, 20, "60:00"));
    events.put("completed", new Event.Completed(NOW));
    events.put("failed, to be tried again", new Event.Failed(NOW, true));
    events.put("failed for good", new Event.Failed(NOW, false));
    events.put("process lost", new Event.Lost(NOW, CatchUp.LATEST));
    return events;
  }

  private static Event pause(Mode mode, Optional<Instant> until) {
    return new Event.Pause(NOW, mode, until, Optional.empty());
  }

  private static Event update(Instant start, int hours, int count, String end) {
    return new Event.Update(
        NOW,
        new Schedule(start, Duration.ofHours(hours), Optional.of(count), Optional.of(at(end))));
  }
}
