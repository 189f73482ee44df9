package dev.reprise.server.fault;

import dev.reprise.server.fault.Told.State;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A caller who makes, pauses, resumes, changes and deletes reports as fast as the answers come,
/// whatever becomes of the service meanwhile.
public final class Storm {
  private static final int MOST = 4; // Reports at a time.
  private static final int MANY = 60; // The same where slots do not come by the test clock.
  private static final Duration AHEAD = Duration.ofHours(1);
  private static final int STAY = 15; // Deeds at one node.

  private final String user;
  private final String callbackUrl;
  private final Random random;
  private final Optional<InstantSource> time;
  private final List<Told> reports = new ArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private int deeds;

  /// One at a service with a test clock.
  public Storm(String user, String callbackUrl, long seed) {
    this(user, callbackUrl, seed, Optional.empty());
  }

  /// @param time by which the service goes, if that is no test clock: then slots are due soon
  public Storm(String user, String callbackUrl, long seed, Optional<InstantSource> time) {
    this.user = user;
    this.callbackUrl = callbackUrl;
    this.random = new Random(seed);
    this.time = time;
  }

  /// How many changes were acknowledged so far.
  public int answered() {
    return answered.get();
  }

  List<Told> reports() {
    return reports;
  }

  /// As whom it calls a service that listens there.
  Api caller(String baseUrl) {
    return Api.as(user, baseUrl);
  }

  /// Goes on until the service does not answer any more, or the thread is interrupted.
  public void rage(String baseUrl) {
    rage(baseUrl, Integer.MAX_VALUE, () -> Thread.currentThread().isInterrupted());
  }

  /// Goes on at one node after another, until it is over after an answer or the lack of one.
  public void roam(Supplier<String> nodes, BooleanSupplier over) {
    while (!over.getAsBoolean()) {
      rage(nodes.get(), STAY, over);
    }
  }

  private void rage(String baseUrl, int most, BooleanSupplier over) {
    try {
      Api caller = caller(baseUrl);
      Reply query = caller.createQuery("SELECT OrderId FROM ISVOrder LIMIT 2");
      if (query.status() != 200) {
        return;
      }
      for (int i = 0; i < most && !over.getAsBoolean(); i++) {
        one(caller, query.text("QueryId"));
      }
    } catch (UncheckedIOException | IllegalStateException gone) {
      return; // The service, who let it rage, or the right to: a clock has stepped.
    }
  }

  private void one(Api caller, String query) {
    List<Told> there = reports.stream().filter(told -> !told.isCertain(State.DELETED)).toList();
    boolean more = time.isPresent() && reports.size() < MANY && random.nextInt(6) == 0;
    if (there.size() < MOST || more) {
      create(caller, query);
      return;
    }
    Told told = there.get(random.nextInt(there.size()));
    String reason = user + " " + deeds++;
    String body = "{\"reason\":\"" + reason + "\"}";
    String cancel = "{\"reason\":\"" + reason + "\",\"mode\":\"cancel\"}";
    switch (random.nextInt(20)) {
      case 0 ->
          change(told, State.DELETED, reason, () -> caller.delete("/ScheduledReport/" + told.id));
      case 1, 2, 3 -> update(caller, told);
      case 4, 5 ->
          change(
              told,
              State.PAUSED,
              reason,
              () -> caller.put("/ScheduledReport/pause/" + told.id, cancel));
      case 6, 7, 8, 9, 10, 11 ->
          change(
              told,
              State.PAUSED,
              reason,
              () -> caller.put("/ScheduledReport/pause/" + told.id, body));
      default ->
          change(
              told,
              State.ACTIVE,
              reason,
              () -> caller.put("/ScheduledReport/resume/" + told.id, body));
    }
  }

  private interface Call {
    Reply send();
  }

  private void change(Told told, State to, String reason, Call call) {
    Reply reply;
    try {
      reply = call.send();
    } catch (UncheckedIOException noAnswer) {
      told.unanswered(to, reason);
      throw noAnswer;
    }
    if (reply.status() == 200) {
      told.acknowledged(to, reason);
      answered.incrementAndGet();
    } else if (reply.status() >= 500) {
      told.unanswered(to, reason); // It says so; that nothing has changed is not promised.
    } else if (reply.status() == 404) {
      told.seen(State.DELETED);
    } else if (reply.status() == 401) {
      throw new IllegalStateException("the token does not count any more");
    } else {
      throw new AssertionError(to + " was refused: " + reply.body());
    }
  }

  private void create(Api caller, String query) {
    Optional<Instant> start = start(caller);
    if (start.isEmpty()) {
      return;
    }
    Reply made =
        caller.createReport(
            query,
            "\"StartTime\":\"%s\",\"RecurrenceInterval\":%d,\"CallbackUrl\":\"%s\""
                .formatted(start.get(), 4 + random.nextInt(3), callbackUrl));
    if (made.status() == 200) {
      reports.add(new Told(made.text("ReportId")));
      answered.incrementAndGet();
    }
  }

  private Optional<Instant> start(Api caller) {
    if (time.isPresent()) {
      Instant now = time.get().instant().truncatedTo(ChronoUnit.SECONDS);
      return Optional.of(now.plusSeconds(1 + random.nextInt(3)));
    }
    Reply clock = caller.send("GET", "/reprise/v1/clock", "", List.of());
    return clock.status() == 200
        ? Optional.of(Instant.parse(String.valueOf(clock.json().get("now"))).plus(AHEAD))
        : Optional.empty();
  }

  /// Another name; where slots are due soon, also another start.
  private void update(Api caller, Told told) {
    Reply report = caller.get("/ScheduledReport?reportId=" + told.id);
    if (report.status() == 200) {
      String start =
          time.flatMap(now -> start(caller))
              .map(Instant::toString)
              .orElseGet(() -> report.text("StartTime"));
      Reply changed =
          caller.put(
              "/ScheduledReport/" + told.id,
              "{\"ReportName\":\"Report %d\",\"StartTime\":\"%s\"}".formatted(deeds++, start));
      answered.addAndGet(changed.status() == 200 ? 1 : 0);
    }
  }
}
