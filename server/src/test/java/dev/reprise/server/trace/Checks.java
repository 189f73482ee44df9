package dev.reprise.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import dev.reprise.testkit.ModelReport;
import dev.reprise.testkit.ModelSlot;
import dev.reprise.testkit.ModelView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the service shows of a report, against the model.
public final class Checks {
  private static final String STATUSES = "Pending;Paused;Running;Completed;Failed";

  private Checks() {}

  static void status(Reply reply, boolean accepted, Life life) {
    assertThat(reply.status())
        .as(life.diary() + "\n" + reply.body())
        .isEqualTo(accepted ? 200 : 400);
  }

  /// The plan says what the model does.
  ///
  /// @return its token
  static String plan(Reply reply, ModelReport before, ModelReport after, Optional<Integer> count) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    ModelView view = after.view();
    Set<Instant> waited =
        before.slots().stream()
            .filter(ModelSlot::waits)
            .map(ModelSlot::at)
            .collect(Collectors.toSet());
    List<ModelSlot> settled =
        after.slots().stream()
            .filter(slot -> waited.contains(slot.at()) && !slot.waits())
            .filter(slot -> !slot.outcome().equals("merged"))
            .toList();
    assertThat(texts(reply, "Runs"))
        .as("Runs of %s", reply.body())
        .isEqualTo(view.chosen().stream().map(Instant::toString).toList());
    assertThat(reply.one().get("SkippedCount"))
        .as("SkippedCount of %s", reply.body())
        .isEqualTo(settled.size());
    if (!view.status().startsWith("inactive")) {
      int held = view.completed() + view.chosen().size() + (view.running().isPresent() ? 1 : 0);
      assertThat(texts(reply, "NextSlots").stream().findFirst())
          .as("NextSlots of %s", reply.body())
          .isEqualTo(
              view.next()
                  .filter(slot -> count.filter(most -> held >= most).isEmpty())
                  .map(Instant::toString));
    }
    return reply.text("Plan");
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(Reply reply, String field) {
    return (List<String>) Optional.ofNullable(reply.one().get(field)).orElseThrow();
  }

  /// Ledger, state, counters and executions.
  public static void all(Life life, Api caller) {
    if (life.isDeleted()) {
      Reply gone = caller.get("/ScheduledReport?reportId=" + life.id());
      assertThat(gone.status()).as(life.diary()).isEqualTo(404);
      return;
    }
    ModelView view = life.model().view();
    assertThat(ledger(caller, life.id()))
        .as("ledger: " + life.diary())
        .isEqualTo(
            life.model().slots().stream()
                .collect(
                    Collectors.toMap(ModelSlot::at, Checks::outcome, (a, b) -> a, TreeMap::new)));
    Api second = caller.under("/insights/v1.1/cmp");
    Reply report = second.get("/ScheduledReport?reportId=" + life.id());
    String status = view.status().replace(" while paused", "");
    assertThat(report.text("ReportStatus"))
        .as("status: " + life.diary())
        .isEqualToIgnoringCase(status);
    List<Map<String, @Nullable Object>> executions =
        second
            .get(
                "/ScheduledReport/execution/"
                    + life.id()
                    + "?getLatestExecution=false&executionStatus="
                    + STATUSES)
            .value();
    Map<String, Long> counts =
        executions.stream()
            .collect(
                Collectors.groupingBy(
                    execution -> String.valueOf(execution.get("ExecutionStatus")),
                    Collectors.counting()));
    assertThat(counts.getOrDefault("Completed", 0L))
        .as("completed: " + life.diary())
        .isEqualTo(view.completed());
    assertThat(counts.getOrDefault("Running", 0L))
        .as("running: " + life.diary())
        .isEqualTo(view.running().isPresent() ? 1 : 0);
    assertThat(counts.getOrDefault("Failed", 0L))
        .as("failed: " + life.diary())
        .isEqualTo(
            life.model().slots().stream().filter(slot -> slot.outcome().equals("failed")).count());
    int held = view.completed() + (view.running().isPresent() ? 1 : 0);
    boolean place = life.schedule().count().filter(count -> held >= count).isEmpty();
    boolean slot = view.next().isPresent() || !view.chosen().isEmpty();
    boolean waits = !status.equals("inactive") && place && slot;
    assertThat(counts.getOrDefault(status.equals("paused") ? "Paused" : "Pending", 0L))
        .as("waiting: " + life.diary())
        .isEqualTo(waits ? 1 : 0);
    life.schedule()
        .count()
        .ifPresent(count ->
            assertThat(executions)
                .as("remaining: " + life.diary())
                .allSatisfy(execution ->
                    assertThat(execution.get("RemainingRecurrenceCount"))
                        .isEqualTo(count - view.completed())));
  }

  /// Slot by slot, what became of it.
  public static Map<Instant, String> ledger(Api caller, String id) {
    var slots = new TreeMap<Instant, String>();
    for (Map<String, @Nullable Object> row :
        rows(caller, "/reprise/v1/reports/" + id + "/slots", "slots")) {
      Instant first = Instant.parse(String.valueOf(row.get("first")));
      Instant last = Instant.parse(String.valueOf(row.get("last")));
      int count = ((Number) Optional.ofNullable(row.get("count")).orElseThrow()).intValue();
      String outcome = String.valueOf(row.get("outcome"));
      String word = outcome.equals("skipped") ? String.valueOf(row.get("reason")) : outcome;
      long step = count == 1 ? 0 : (last.getEpochSecond() - first.getEpochSecond()) / (count - 1);
      for (int i = 0; i < count; i++) {
        assertThat(slots.put(first.plusSeconds(step * i), word)).as("twice: " + row).isNull();
      }
    }
    return slots;
  }

  private static String outcome(ModelSlot slot) {
    return slot.waits() ? "pending" : slot.outcome();
  }

  /// The history tells what users did, in its order, and what the service did by itself.
  public static void history(Life life, Api caller) {
    List<Map<String, @Nullable Object>> events =
        rows(caller, "/reprise/v1/reports/" + life.id() + "/history", "events");
    List<Life.Deed> told = new ArrayList<>();
    long automatic = 0;
    for (Map<String, @Nullable Object> event : events) {
      if (!"service".equals(event.get("who"))) {
        told.add(
            new Life.Deed(
                String.valueOf(event.get("what")),
                Optional.ofNullable(event.get("reason")).map(String::valueOf)));
      }
      automatic += "automaticPause".equals(event.get("what")) ? 1 : 0;
    }
    assertThat(told).as("history: " + life.diary()).isEqualTo(life.deeds);
    assertThat(automatic).as("automatic pauses: " + life.diary()).isEqualTo(life.automaticPauses());
    assertThat(events.stream().map(event -> event.get("sequence")))
        .as("sequence: " + life.diary())
        .isEqualTo(
            java.util.stream.IntStream.rangeClosed(1, events.size())
                .boxed()
                .collect(Collectors.toList()));
  }

  /// The newest file is there, as long as its proof says, and so is its link.
  public static void file(Life life, Api caller) {
    if (life.isDeleted() || life.model().view().completed() == 0) {
      return;
    }
    Reply newest = caller.get("/ScheduledReport/execution/" + life.id());
    Reply file = caller.send("GET", newest.text("ReportAccessSecureLink"), "", List.of());
    assertThat(file.status()).as("file: " + life.diary()).isEqualTo(200);
    Map<String, @Nullable Object> proof =
        caller
            .send("GET", "/reprise/v1/executions/" + newest.text("ExecutionId"), "", List.of())
            .json();
    assertThat(proof)
        .as("proof: " + life.diary())
        .containsEntry("complete", true)
        .containsEntry("bytes", file.body().getBytes(StandardCharsets.UTF_8).length);
  }

  /// Each completed execution has one callback, which has reached its receiver.
  ///
  /// @param heard the ids that the receiver has had
  public static void callbacks(Life life, Api caller, Set<String> heard) {
    if (life.isDeleted() || !life.isTold()) {
      return;
    }
    List<Map<String, @Nullable Object>> callbacks =
        rows(caller, "/reprise/v1/callbacks?reportId=" + life.id(), "callbacks");
    assertThat(callbacks)
        .as("callbacks: " + life.diary())
        .hasSize(life.model().view().completed())
        .allSatisfy(callback -> {
          assertThat(callback.get("state")).isEqualTo("delivered");
          assertThat(heard).contains(String.valueOf(callback.get("id")));
        });
  }

  /// All rows of a list, part by part.
  @SuppressWarnings("unchecked")
  public static List<Map<String, @Nullable Object>> rows(Api caller, String path, String field) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    Function<String, Reply> get = link -> caller.send("GET", link, "", List.of());
    Optional<String> link = Optional.of(path);
    while (link.isPresent()) {
      Reply part = get.apply(link.get());
      assertThat(part.status()).as(path + ": " + part.body()).isEqualTo(200);
      rows.addAll(
          (List<Map<String, @Nullable Object>>)
              Optional.ofNullable(part.json().get(field)).orElseThrow());
      link = Optional.ofNullable(part.json().get("nextLink")).map(String::valueOf);
    }
    return rows;
  }
}
