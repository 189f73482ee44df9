package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.trace.Checks;
import dev.reprise.server.trace.Order;
import dev.reprise.server.trace.Serial;
import dev.reprise.server.trace.Serial.Done;
import dev.reprise.server.trace.Serial.End;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import dev.reprise.testkit.ModelReport;
import dev.reprise.testkit.ModelSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pauses, resumes, updates, deletes and due slots that meet on one report: answers and end are
/// those of some order in which they came one after the other.
@Tag("store")
class SerialOrderTest {
  private static final int ROUNDS = 200;
  private static final int ORDERS = 5;
  private static final List<String> CHOICES = List.of("skip", "latest", "all", "merged");

  @TempDir private Path data;

  @Test
  void whatHappensAtOnceHappensInSomeOrder() throws Exception {
    try (var world =
            World.in(
                data, "--set", "limits.active-reports=1000", "--set", "limits.lead-time=PT0S");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String query = world.as("ada").query("SELECT OrderId FROM ISVOrder LIMIT 1");
      int met = 0;
      for (int seed = 0; seed < ROUNDS; seed++) {
        met += new Round(world, new Random(seed)).run(query, threads) ? 1 : 0;
      }
      // Else the orders never met, and the test shows nothing.
      assertThat(met).isGreaterThan(ROUNDS / 10);
    }
  }

  private record Round(World world, Random random) {
    /// @return whether the answers were not those of the orders as they were made
    boolean run(String query, ExecutorService threads) throws Exception {
      Api ada = world.as("ada");
      Instant now = world.now();
      var schedule =
          new ModelSchedule(
              now.plus(Duration.ofHours(1)),
              4,
              Optional.of(3 + random.nextInt(4)),
              Optional.empty());
      String report =
          ada.report(
              query,
              "\"StartTime\":\"%s\",\"RecurrenceInterval\":4,\"RecurrenceCount\":%d"
                  .formatted(schedule.start(), schedule.count().orElseThrow()));
      Instant target = now.plus(Duration.ofHours(1 + 4L * random.nextInt(3)));
      List<Order> orders = new ArrayList<>();
      for (int i = 0; i < ORDERS; i++) {
        orders.add(order(schedule));
      }
      String move = Duration.between(now, target).toString();
      int before = random.nextInt(ORDERS);
      List<Future<String>> asked = new ArrayList<>();
      Future<Integer> moved = threads.submit(() -> 0);
      for (int i = 0; i < ORDERS; i++) {
        Order order = orders.get(i);
        if (i == before) {
          moved = threads.submit(() -> ada.advance(move).status());
        }
        asked.add(threads.submit(() -> order.ask(ada, report)));
      }
      List<String> answers = new ArrayList<>();
      for (Future<String> answer : asked) {
        answers.add(answer.get());
      }
      assertThat(moved.get()).isEqualTo(200);
      ada.advance("PT0S");
      return compare(ada, report, orders, answers, new Setting(schedule, now, target));
    }

    private boolean compare(
        Api ada, String report, List<Order> orders, List<String> answers, Setting setting) {
      List<Done> done = new ArrayList<>();
      for (int i = 0; i < orders.size(); i++) {
        done.add(new Done(orders.get(i), answers.get(i)));
      }
      var seen = end(ada, report);
      var serial = new Serial(done, setting.target(), seen);
      assertThat(
              serial.exists(new ModelReport(setting.schedule()), setting.schedule(), setting.now()))
          .as(
              "%s from %s to %s: %s, then %s",
              setting.schedule(), setting.now(), setting.target(), done, seen)
          .isTrue();
      ada.delete("/ScheduledReport/" + report);
      var inTurn = new ModelReport(setting.schedule());
      return !done.stream()
          .allMatch(one -> one.order().ask(inTurn, setting.now()).equals(one.answer()));
    }

    private static End end(Api ada, String report) {
      Reply reply = ada.get("/ScheduledReport?reportId=" + report);
      if (reply.status() == 404) {
        return End.DELETED;
      }
      String status = reply.text("ReportStatus").toLowerCase(Locale.ROOT);
      Optional<Instant> pausedAt = Optional.empty();
      if (status.equals("paused")) {
        Reply plan = ada.put("/ScheduledReport/resume/" + report + "?dryRun=true");
        pausedAt = Optional.of(Instant.parse(plan.text("PausedAt")));
      }
      return new End(status, pausedAt, Checks.ledger(ada, report));
    }

    private Order order(ModelSchedule schedule) {
      Optional<String> choice =
          random.nextBoolean()
              ? Optional.empty()
              : Optional.of(CHOICES.get(random.nextInt(CHOICES.size())));
      return switch (random.nextInt(11)) {
        case 0, 1, 2, 3 -> new Order.Pause(random.nextBoolean(), choice);
        case 4, 5, 6, 7 -> new Order.Resume(choice);
        case 8 -> new Order.Delete();
        default ->
            new Order.Update(
                new ModelSchedule(
                    schedule.start(), 4, Optional.of(1 + random.nextInt(6)), Optional.empty()));
      };
    }
  }

  private record Setting(ModelSchedule schedule, Instant now, Instant target) {}
}
