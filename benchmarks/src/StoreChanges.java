import dev.reprise.api.Format;
import dev.reprise.schedule.Event;
import dev.reprise.schedule.Lifecycle;
import dev.reprise.schedule.Outcome;
import dev.reprise.schedule.Schedule;
import dev.reprise.schedule.State;
import dev.reprise.server.history.Act;
import dev.reprise.server.report.Definition;
import dev.reprise.server.report.JooqReportStore;
import dev.reprise.server.report.Owner;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.ReportStore.Change;
import dev.reprise.server.report.Scope;
import dev.reprise.server.store.JooqStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The same durable changes as over HTTP, made by calling the store: what is left when there is no
/// request, no token and no answer.
final class StoreChanges {
  private static final int CALLERS = 64;
  private static final int LIMIT = 200;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration MEASURED = Duration.ofSeconds(10);
  private static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");
  private static final Owner ADA = new Owner("cmp", "contoso", "ada");
  private static final Scope HERS = 
      new Scope(Optional.of("cmp"), "contoso", Optional.of("ada"));

  /// @param arguments the file of a store that is not there yet
  public static void main(String[] arguments) throws Exception {
    try (var store = JooqStore.open(Path.of(arguments[0]));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reports = new JooqReportStore(store);
      long begin = System.nanoTime() + WARM_UP.toNanos();
      long end = begin + MEASURED.toNanos();
      List<Callable<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Report report = report();
        reports.insert(ADA, act(Act.What.CREATE), holdings -> report);
        callers.add(() -> changes(reports, report.id(), begin, end));
      }
      long changes = 0;
      for (Future<Integer> caller : threads.invokeAll(callers)) {
        changes += caller.get();
      }
      System.out.printf(
          Locale.ROOT,
          "  %-44s %,10.0f/s  %19s  by %d callers, without HTTP%n",
          "for comparison: the same changes of the store",
          changes / (double) MEASURED.toSeconds(),
          "",
          CALLERS);
    }
  }

  /// Pauses and resumes a report in turn and counts the changes between begin and end.
  private static int changes(JooqReportStore reports, ReportId id, long begin, long end) {
    int changes = 0;
    long now = System.nanoTime();
    for (int i = 0; now < end; i++) {
      Event event = i % 2 == 0 ? new Event.Pause(MONDAY) : new Event.Resume(MONDAY);
      reports
          .change(
              HERS,
              id,
              act(i % 2 == 0 ? Act.What.PAUSE : Act.What.RESUME),
              (before, active) -> {
                if (event instanceof Event.Resume && active.getAsInt() >= LIMIT) {
                  throw new IllegalStateException("more than " + LIMIT + " are active");
                }
                return Optional.of(changed(before, event));
              })
          .orElseThrow();
      now = System.nanoTime();
      changes += now >= begin && now < end ? 1 : 0;
    }
    return changes;
  }

  private static Act act(Act.What what) {
    return new Act(what, "ada", Optional.empty(), Optional.of("the benchmark"));
  }

  private static Change changed(Report before, Event event) {
    if (!(Lifecycle.on(event, before.state(), before.schedule()) instanceof Outcome.Moved moved)) {
      throw new IllegalStateException(event + " does nothing to " + before);
    }
    Optional<Report.PauseNote> note =
        moved.to() instanceof State.Paused
            ? Optional.of(new Report.PauseNote("ada", Optional.empty()))
            : Optional.empty();
    return new Change(
        new Report(
            before.id(),
            before.owner(),
            before.definition(),
            before.schedule(),
            moved.to(),
            note,
            before.createdAt(),
            Optional.of(MONDAY)),
        moved);
  }

  private static Report report() {
    var definition =
        new Definition(
            "Changes",
            Optional.empty(),
            UUID.randomUUID().toString(),
            "SELECT OrderId, OfferName FROM ISVOrder TIMESPAN LAST_MONTH",
            Format.CSV,
            new Definition.Callback(Optional.empty(), Definition.Callback.Method.POST),
            false,
            Optional.empty());
    var schedule =
        new Schedule(
            MONDAY.plus(Duration.ofDays(30)),
            Duration.ofHours(24),
            Optional.empty(),
            Optional.empty());
    return new Report(
        ReportId.random(),
        ADA,
        definition,
        schedule,
        Lifecycle.begin(schedule),
        Optional.empty(),
        MONDAY,
        Optional.empty());
  }
}
