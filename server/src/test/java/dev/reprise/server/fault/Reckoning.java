package dev.reprise.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.fault.Told.State;
import dev.reprise.server.trace.Checks;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What has to hold after storms and faults, whatever they were: every acknowledged change is there
/// and none twice, every slot has one outcome, none ran inside a pause, every file is whole, and
/// whoever is to be told was.
public final class Reckoning {
  private static final Duration LISTED = Duration.ofDays(90);
  private static final Set<String> OUTCOMES =
      Set.of("completed", "failed", "paused", "cancelled", "outage", "overlap", "pending");

  private final Api caller;
  private Instant since = Instant.MIN; // As far as executions are listed.
  private long files;
  private long slots;
  private long changes;

  public Reckoning(Storm storm, String baseUrl) {
    this.caller = storm.caller(baseUrl);
  }

  /// Files that were read and are whole.
  public long files() {
    return files;
  }

  /// Slots that have one outcome.
  public long slots() {
    return slots;
  }

  /// Acknowledged changes that were found.
  public long changes() {
    return changes;
  }

  /// That each report is where it was said to be.
  public void states(Storm storm) {
    for (Told told : storm.reports()) {
      State state = state(told);
      if (state == State.PAUSED && !told.possible().contains(state) && pausedItself(told)) {
        told.pausedItself();
      }
      told.seen(state);
    }
  }

  /// After five failures in a row, such as on a full disk.
  private boolean pausedItself(Told told) {
    return "automaticPause".equals(events(told).getLast().get("what"));
  }

  private List<Map<String, @Nullable Object>> events(Told told) {
    return Checks.rows(caller, "/reprise/v1/reports/" + told.id + "/history", "events");
  }

  private State state(Told told) {
    Reply found = caller.get("/ScheduledReport?reportId=" + told.id);
    if (found.status() == 404) {
      return State.DELETED;
    }
    assertThat(found.status()).as(found.body()).isEqualTo(200);
    return State.valueOf(found.text("ReportStatus").toUpperCase(Locale.ROOT));
  }

  /// All the rest, of one storm at a service with a test clock.
  ///
  /// @param heard the ids that the receiver of callbacks has had
  public void all(Storm storm, Set<String> heard) {
    states(storm);
    Reply clock = caller.send("GET", "/reprise/v1/clock", "", List.of());
    since = Instant.parse(String.valueOf(clock.json().get("now"))).minus(LISTED);
    for (Told told : storm.reports()) {
      List<Map<String, @Nullable Object>> events = events(told);
      history(told, events);
      if (!told.isCertain(State.DELETED)) {
        Map<Instant, String> ledger = Checks.ledger(caller, told.id);
        slots += ledger.size();
        assertThat(ledger.values()).allMatch(outcome -> OUTCOMES.contains(outcome));
        notWhilePaused(told, ledger, events);
        files(told, ledger, heard);
      }
    }
  }

  /// Every acknowledged change is in the history once, and no other but those without an answer.
  private void history(Told told, List<Map<String, @Nullable Object>> events) {
    Map<String, Integer> reasons = new HashMap<>();
    for (Map<String, @Nullable Object> event : events) {
      if (event.get("reason") != null && !"service".equals(event.get("who"))) {
        reasons.merge(String.valueOf(event.get("reason")), 1, Integer::sum);
      }
    }
    assertThat(reasons.values()).as("changes of %s, twice", told.id).allMatch(times -> times == 1);
    assertThat(reasons.keySet())
        .as("acknowledged changes of %s", told.id)
        .containsAll(told.acknowledged);
    List<String> known = new ArrayList<>(told.acknowledged);
    known.addAll(told.unanswered);
    assertThat(known).as("changes of %s that nobody made", told.id).containsAll(reasons.keySet());
    changes += told.acknowledged.size();
  }

  private static void notWhilePaused(
      Told told, Map<Instant, String> ledger, List<Map<String, @Nullable Object>> events) {
    var paused = new TreeMap<Instant, Boolean>();
    for (Map<String, @Nullable Object> event : events) {
      Instant at = Instant.parse(String.valueOf(event.get("at")));
      switch (String.valueOf(event.get("what"))) {
        case "pause", "automaticPause" -> paused.put(at, true);
        case "resume" -> paused.put(at, false);
        default -> {
          // Nothing about pauses.
        }
      }
    }
    ledger.forEach((slot, outcome) -> {
      boolean inside =
          Optional.ofNullable(paused.lowerEntry(slot)).map(Map.Entry::getValue).orElse(false)
              && !paused.containsKey(slot);
      assertThat(inside && outcome.equals("completed"))
          .as("slot %s of %s ran inside a pause", slot, told.id)
          .isFalse();
    });
  }

  private void files(Told told, Map<Instant, String> ledger, Set<String> heard) {
    List<Map<String, @Nullable Object>> executions =
        caller.get("/ScheduledReport/execution/" + told.id + "?getLatestExecution=false").value();
    Set<Instant> with = new HashSet<>();
    for (Map<String, @Nullable Object> execution : executions) {
      String id = String.valueOf(execution.get("ExecutionId"));
      Map<String, @Nullable Object> proof =
          caller.send("GET", "/reprise/v1/executions/" + id, "", List.of()).json();
      Reply file =
          caller.send(
              "GET", String.valueOf(execution.get("ReportAccessSecureLink")), "", List.of());
      assertThat(file.status()).as("file of %s", id).isEqualTo(200);
      assertThat(sha256(file.body())).as("file of %s", id).isEqualTo(proof.get("sha256"));
      assertThat(proof).containsEntry("complete", true);
      assertThat(heard).as("who is told of execution %s", id).contains(id);
      with.add(Instant.parse(String.valueOf(proof.get("slot"))));
      files++;
    }
    Set<Instant> completed =
        ledger.entrySet().stream()
            .filter(slot -> slot.getValue().equals("completed") && !slot.getKey().isBefore(since))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    assertThat(with).as("files of %s", told.id).isEqualTo(completed);
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
