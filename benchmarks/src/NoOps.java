import dev.reprise.api.Format;
import dev.reprise.query.Sql;
import dev.reprise.schedule.CatchUp;
import dev.reprise.server.dataset.Catalog;
import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.delivery.ResultStore;
import dev.reprise.server.delivery.Written;
import dev.reprise.server.engine.Cancel;
import dev.reprise.server.engine.Engine;
import dev.reprise.server.engine.Export;
import dev.reprise.server.engine.Rows;
import dev.reprise.server.execution.Dispatcher;
import dev.reprise.server.execution.Exports;
import dev.reprise.server.execution.JooqExecutionStore;
import dev.reprise.server.execution.OwnersQueries;
import dev.reprise.server.execution.Runner;
import dev.reprise.server.node.JooqNodeStore;
import dev.reprise.server.node.Node;
import dev.reprise.server.node.Nodes;
import dev.reprise.server.rights.JooqRightsStore;
import dev.reprise.server.rights.Rights;
import dev.reprise.server.store.JooqStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Predicate;

/// Our own dispatcher, runner and store with an engine that does nothing and files that are none:
/// what is comparable with schedulers whose jobs do nothing.
final class NoOps {
  /// It has two threads: the second keeps an outcome while the first makes the next attempt.
  private static final int WORKERS = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static volatile Instant now;

  /// @param arguments the file of a store, the instant at which its reports are due, and how many
  public static void main(String[] arguments) throws InterruptedException {
    Instant due = Instant.parse(arguments[1]);
    int reports = Integer.parseInt(arguments[2]);
    now = due.minusSeconds(1);
    InstantSource clock = () -> now;
    try (var store = JooqStore.open(Path.of(arguments[0]))) {
      var self = new Node.Identity(UUID.randomUUID(), "benchmark", PATIENCE);
      var nodes = new Nodes(new JooqNodeStore(store, clock), self, true);
      nodes.enter();
      var executions = new JooqExecutionStore(store, nodes, 50, () -> {});
      var queries = new OwnersQueries(Catalog.load(), new Rights(new JooqRightsStore(store)));
      var exports = new Exports(new NoEngine(), Optional.empty(), PATIENCE);
      var runner = new Runner(queries, exports, new NoFiles(), executions, clock);
      try (var dispatcher = new Dispatcher(executions, runner, clock, CatchUp.LATEST, WORKERS)) {
        dispatcher.start();
        Thread.sleep(1000);
        long begin = System.nanoTime();
        now = due;
        dispatcher.wake();
        while (dispatcher.ended() < reports) {
          if (System.nanoTime() - begin > PATIENCE.toNanos()) {
            throw new IllegalStateException("only " + dispatcher.ended() + " ran");
          }
          Thread.sleep(5);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Lines.aside(
            "Reprise without query and file, SQLite",
            String.format(Locale.ROOT, "%.1f s", seconds),
            String.format(
                Locale.ROOT, "%,.0f/s, each with the report's next slot", reports / seconds));
      }
    }
  }

  /// Queries without rows.
  private static final class NoEngine implements Engine {
    @Override
    public Export export(Sql sql, Path to, Format format, Duration timeout, Cancel cancel) {
      return new Export.Done(0);
    }

    @Override
    public OptionalInt percent(Path destination) {
      return OptionalInt.empty();
    }

    @Override
    public Rows rows(Sql sql, int limit, Duration timeout, Cancel cancel) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private record NoFile(Path path) implements ResultStore.Staged {
    @Override
    public Written written() {
      return new Written(0, 0);
    }

    @Override
    public void close() {}
  }

  /// Files that nobody writes.
  private static final class NoFiles implements ResultStore {
    @Override
    public Staged stage(String key) {
      return new NoFile(Path.of(key));
    }

    @Override
    public ResultFile publish(Staged staged, String key, long rows) {
      return new ResultFile(key, 0, rows, "");
    }

    @Override
    public Optional<Stored> open(String key) {
      return Optional.empty();
    }

    @Override
    public Optional<Packed> packed(String key) {
      return Optional.empty();
    }

    @Override
    public boolean delete(String key) {
      return false;
    }

    @Override
    public void each(Predicate<Listed> told) {}
  }
}
