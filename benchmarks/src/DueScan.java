import com.sun.management.OperatingSystemMXBean;
import dev.reprise.schedule.CatchUp;
import dev.reprise.server.execution.ExecutionStore;
import dev.reprise.server.execution.JooqExecutionStore;
import dev.reprise.server.node.JooqNodeStore;
import dev.reprise.server.node.Node;
import dev.reprise.server.node.Nodes;
import dev.reprise.server.store.JooqStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/// What it costs to find what is due, by calling the store as the dispatcher does: when is time
/// next, and the claim of what is due then. The same over a store with few reports that are not
/// due, and over one with many.
final class DueScan {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int ASKED = 5_000;
  private static final int WORKERS = 2;

  /// Of a thousand reports that are due these are claimed before anything is timed.
  private static final int CLAIMED_BEFORE = 200;

  private static final int CLAIMED = 70;
  private static final int ROUNDS = 10;
  private static final double GOAL = 1.5;

  /// What something cost, on average.
  private record Cost(double cpuMicros, double micros, int times) {
    static final Cost NONE = new Cost(0, 0, 0);

    Cost plus(Cost other) {
      int both = times + other.times;
      return new Cost(
          (cpuMicros * times + other.cpuMicros * other.times) / both,
          (micros * times + other.micros * other.times) / both,
          both);
    }
  }

  private interface Work {
    void run();
  }

  /// @param arguments the file of the store with few, that of the store with many, and the instant
  ///   at which a thousand are due in both
  public static void main(String[] arguments) {
    Instant due = Instant.parse(arguments[2]);
    try (var few = JooqStore.open(Path.of(arguments[0]));
        var many = JooqStore.open(Path.of(arguments[1]))) {
      var fewExecutions = executions(few, due);
      var manyExecutions = executions(many, due);
      asks(fewExecutions);
      asks(manyExecutions);
      claims(fewExecutions, due, CLAIMED_BEFORE);
      claims(manyExecutions, due, CLAIMED_BEFORE);
      print("finding when time is next", () -> asks(fewExecutions), () -> asks(manyExecutions));
      print(
          "claiming what is due, each durable",
          () -> claims(fewExecutions, due, CLAIMED),
          () -> claims(manyExecutions, due, CLAIMED));
    }
  }

  private static JooqExecutionStore executions(JooqStore store, Instant now) {
    var self = new Node.Identity(UUID.randomUUID(), "benchmark", Duration.ofHours(1));
    var nodes = new Nodes(new JooqNodeStore(store, () -> now), self, true);
    nodes.enter();
    return new JooqExecutionStore(store, nodes, 50, () -> {});
  }

  private static Cost asks(JooqExecutionStore executions) {
    return cost(
        ASKED,
        () -> {
          for (int i = 0; i < ASKED; i++) {
            executions.nextWake().orElseThrow();
          }
        });
  }

  private static Cost claims(JooqExecutionStore executions, Instant due, int reports) {
    return cost(
        reports,
        () -> {
          for (int claimed = 0; claimed < reports; ) {
            int now = 0;
            for (ExecutionStore.Due one : executions.due(due, WORKERS)) {
              now += executions.claim(one.report(), due, CatchUp.LATEST).isPresent() ? 1 : 0;
            }
            if (now == 0) {
              throw new IllegalStateException("only " + claimed + " of " + reports + " are due");
            }
            claimed += now;
          }
        });
  }

  private static Cost cost(int times, Work work) {
    long cpu = SYSTEM.getProcessCpuTime();
    long begin = System.nanoTime();
    work.run();
    return new Cost(
        (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / times,
        (System.nanoTime() - begin) / 1e3 / times,
        times);
  }

  private static void print(String what, Supplier<Cost> withFew, Supplier<Cost> withMany) {
    var few = Cost.NONE;
    var many = Cost.NONE;
    for (int i = 0; i < ROUNDS; i++) { // In turns: the code still becomes faster.
      few = few.plus(withFew.get());
      many = many.plus(withMany.get());
    }
    double ratio = many.cpuMicros() / few.cpuMicros();
    Lines.goal(
        what,
        String.format(Locale.ROOT, "%.2f times", ratio),
        GOAL + " times",
        ratio <= GOAL,
        String.format(
            Locale.ROOT,
            "processor time %.1f µs with few, %.1f µs with many; time %.0f and %.0f µs",
            few.cpuMicros(),
            many.cpuMicros(),
            few.micros(),
            many.micros()));
  }
}
