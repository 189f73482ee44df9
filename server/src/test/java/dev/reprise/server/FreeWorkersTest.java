package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.schedule.CatchUp;
import dev.reprise.server.execution.Dispatcher;
import dev.reprise.server.execution.ExecutionStore;
import dev.reprise.server.execution.OwnersQueries;
import dev.reprise.server.execution.Runner;
import dev.reprise.server.world.Api;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// When a worker is free for the next execution.
@Tag("store")
class FreeWorkersTest {
  @TempDir private Path data;

  @Test
  @Timeout(60)
  void theNextQueryRunsWhileAnOutcomeIsKept() throws Exception {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String start = "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(world.in(4));
      String query = ada.query("SELECT OrderId FROM ISVOrder LIMIT 1");
      List<String> reports =
          List.of(ada.report(query, start), ada.report(query, start), ada.report(query, start));
      Instant slot = world.now().plus(Duration.ofHours(4));
      var slow = new Slow(world.core.executions);
      try (var dispatcher = dispatcher(world.core, slow.store(), InstantSource.fixed(slot), 1)) {
        dispatcher.start();
        slow.two.await();
        assertThat(running(ada, reports)).isEqualTo(2); // The worker keeps the second.
        slow.go.countDown();
        dispatcher.awaitIdle();
        assertThat(dispatcher.ended()).isEqualTo(3);
        assertThat(slow.seen).hasSize(3);
      }
    }
  }

  private static long running(Api caller, List<String> reports) {
    return reports.stream()
        .map(report ->
            caller.get("/ScheduledReport/execution/" + report + "?executionStatus=Running"))
        .filter(reply -> reply.status() == 200)
        .count();
  }

  private static Dispatcher dispatcher(
      Core core, ExecutionStore store, InstantSource clock, int workers) {
    var queries = new OwnersQueries(core.catalog, core.rights);
    var runner = new Runner(queries, core.exports, core.results, store, clock);
    return new Dispatcher(store, runner, clock, CatchUp.LATEST, workers);
  }

  /// A store that takes its time to keep that executions have completed.
  private static final class Slow {
    private final ExecutionStore store;
    private final Set<Object> seen = ConcurrentHashMap.newKeySet();
    private final CountDownLatch two = new CountDownLatch(2);
    private final CountDownLatch go = new CountDownLatch(1);

    Slow(ExecutionStore store) {
      this.store = store;
    }

    ExecutionStore store() {
      return (ExecutionStore)
          Proxy.newProxyInstance(
              ExecutionStore.class.getClassLoader(),
              new Class<?>[] {ExecutionStore.class},
              (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object... arguments) throws Throwable {
      if (method.getName().equals("complete")) {
        seen.add(arguments[0]);
        two.countDown();
        go.await();
      }
      try {
        return method.invoke(store, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
