package dev.reprise.server.fault;

import dev.reprise.server.fault.Told.State;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// A caller who makes, pauses, resumes, changes and deletes reports as fast as the answers come,
/// whatever becomes of the service meanwhile.
public final class Storm {
  private static final int MOST = 4; // Reports at a time.

  private final String user;
  private final String callbackUrl;
  private final Random random;
  private final List<Told> reports = new ArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private int deeds;

  public Storm(String user, String callbackUrl, long seed) {
    this.user = user;
    this.callbackUrl = callbackUrl;
    this.random = new Random(seed);
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
    try {
      Api caller = caller(baseUrl);
      Reply query = caller.createQuery("SELECT OrderId FROM ISVOrder LIMIT 2");
      if (query.status() != 200) {
        return;
      }
      while (!Thread.currentThread().isInterrupted()) {
        one(caller, query.text("QueryId"));
      }
    } catch (UncheckedIOException | IllegalStateException gone) {
      return; // The service, or who let it rage.
    }
  }

  private void one(Api caller, String query) {
    List<Told> there = reports.stream().filter(told -> !told.isCertain(State.DELETED)).toList();
    if (there.size() < MOST) {
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
    } else {
      throw new AssertionError(to + " was refused: " + reply.body());
    }
  }

  private void create(Api caller, String query) {
    Reply clock = caller.send("GET", "/reprise/v1/clock", "", List.of());
    if (clock.status() != 200) {
      return;
    }
    Instant start = Instant.parse(String.valueOf(clock.json().get("now"))).plusSeconds(3_600);
    Reply made =
        caller.createReport(
            query,
            "\"StartTime\":\"%s\",\"RecurrenceInterval\":%d,\"CallbackUrl\":\"%s\""
                .formatted(start, 4 + random.nextInt(3), callbackUrl));
    if (made.status() == 200) {
      reports.add(new Told(made.text("ReportId")));
      answered.incrementAndGet();
    }
  }

  /// Another interval from the next slot on.
  private void update(Api caller, Told told) {
    Reply report = caller.get("/ScheduledReport?reportId=" + told.id);
    if (report.status() == 200) {
      Reply changed =
          caller.put(
              "/ScheduledReport/" + told.id,
              "{\"ReportName\":\"Report %d\",\"StartTime\":\"%s\"}"
                  .formatted(deeds++, report.text("StartTime")));
      answered.addAndGet(changed.status() == 200 ? 1 : 0);
    }
  }
}
