package dev.reprise.server;

import dev.reprise.server.backup.Backup;
import dev.reprise.server.callback.CallbackParts;
import dev.reprise.server.callback.Sender.SenderLimits;
import dev.reprise.server.clock.JooqClockStore;
import dev.reprise.server.clock.TestClock;
import dev.reprise.server.dataset.Catalog;
import dev.reprise.server.dataset.CatalogFiles;
import dev.reprise.server.dataset.OwnDataset;
import dev.reprise.server.dataset.OwnDatasets;
import dev.reprise.server.delivery.LocalResultStore;
import dev.reprise.server.delivery.ResultStore;
import dev.reprise.server.engine.DuckDbEngine;
import dev.reprise.server.engine.DuckDbOwnTables;
import dev.reprise.server.engine.Engine;
import dev.reprise.server.engine.EngineSettings;
import dev.reprise.server.engine.OwnTable;
import dev.reprise.server.execution.Dispatcher;
import dev.reprise.server.execution.Exports;
import dev.reprise.server.execution.JooqExecutionStore;
import dev.reprise.server.execution.OwnersQueries;
import dev.reprise.server.execution.Runner;
import dev.reprise.server.node.JooqNodeStore;
import dev.reprise.server.node.Node;
import dev.reprise.server.node.Nodes;
import dev.reprise.server.node.SharedFiles;
import dev.reprise.server.retention.JooqRetentionStore;
import dev.reprise.server.retention.Retention;
import dev.reprise.server.rights.JooqRightsStore;
import dev.reprise.server.rights.Rights;
import dev.reprise.server.sample.Progress;
import dev.reprise.server.sample.SampleData;
import dev.reprise.server.setting.Settings;
import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.setting.StoreAddress;
import dev.reprise.server.store.DataDirectory;
import dev.reprise.server.store.JooqStore;
import dev.reprise.server.store.StoreUse;
import dev.reprise.server.watchdog.JooqWatchStore;
import dev.reprise.server.watchdog.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The service without its calls: what is kept, what runs, and by which clock. Parts are opened in
/// order and closed in reverse.
final class Core implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Core.class);
  private static final Duration ENGINE_IDLE = Duration.ofSeconds(10);

  private static final Optional<String> NOT_STARTED = Optional.of("what is due is not started");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  final DataDirectory data;
  final CatalogFiles catalogFiles;
  final Catalog catalog;
  final JooqStore store;
  private final AutoCloseable starting;
  final Nodes nodes;
  final Optional<TestClock> testClock;
  final InstantSource clock;
  final InstantSource filesClock; // By which files and keys grow old: the same for all nodes.
  final Rights rights;
  final CallbackParts callbacks;
  final JooqExecutionStore executions;
  final ResultStore results;
  final Engine engine;
  final Exports exports;
  final Dispatcher dispatcher;
  final Watchdog watchdog;
  final Retention retention;

  /// Opens the data directory, making what it lacks. Nothing runs before [#start].
  ///
  /// @param catalogFiles what programs and datasets there are
  /// @param progress told while sample data is made
  Core(Settings settings, InstantSource realClock, CatalogFiles catalogFiles, Progress progress) {
    try {
      Optional<Path> shared = settings.store().flatMap(StoreAddress::files);
      data = opened(DataDirectory.open(settings.data(), shared));
      this.catalogFiles = catalogFiles;
      OwnDatasets own = settings.datasets().map(OwnDatasets::in).orElse(OwnDatasets.NONE);
      catalog = Catalog.load(catalogFiles, own);
      store = opened(store(settings, data));
      Path datasets = datasets(settings, realClock, progress);
      testClock =
          settings.clock() == Settings.ServiceClock.TEST
              ? Optional.of(new TestClock(new JooqClockStore(store), realClock.instant()))
              : Optional.empty();
      clock = testClock.<InstantSource>map(test -> test).or(store::clock).orElse(realClock);
      filesClock = store.clock().orElse(realClock);
      starting = opened(store.starting());
      nodes = opened(nodes(settings));
      rights = new Rights(new JooqRightsStore(store));
      callbacks = opened(callbacks(settings.callbacks(), realClock));
      executions =
          new JooqExecutionStore(
              store, nodes, settings.limits().activeReports(), callbacks.sender()::wake);
      results = new LocalResultStore(data.results(), data.staging());
      EngineSettings engineSettings = engine(settings.engine(), datasets, own);
      own.all().forEach(one -> check(one, engineSettings));
      engine = opened(new DuckDbEngine(engineSettings));
      var queries = new OwnersQueries(catalog, rights);
      Optional<Engine> large = large(settings.engine(), engineSettings).map(this::opened);
      exports = opened(new Exports(engine, large, settings.limits().executionTime()));
      var runner = new Runner(queries, exports, results, executions, clock);
      dispatcher =
          opened(new Dispatcher(executions, runner, clock, settings.misfire(), settings.workers()));
      var watched = new JooqWatchStore(store);
      watchdog = opened(new Watchdog(watched, dispatcher, clock, settings.watchdogInterval()));
      var rule = new Retention.Rule(settings.results().keep(), settings.results().bytes());
      var recorded = new JooqRetentionStore(store);
      retention = opened(new Retention(recorded, results, rule, clock, filesClock));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /// Starts what is due from now on.
  void start() {
    dispatcher.start();
    nodes.afterBeats(dispatcher::takeOver);
    callbacks.sender().start();
    retention.start();
    if (testClock.isEmpty()) { // Between two moves of a test clock nothing can go wrong by itself.
      watchdog.start();
    }
    close(starting); // The next node may.
  }

  /// What keeps the service from its work at the moment, in words for everybody.
  Optional<String> trouble() {
    if (!dispatcher.isAlive()) {
      return NOT_STARTED;
    }
    if (!nodes.isAlive()) {
      return Optional.of("other nodes take this one for dead");
    }
    if (!callbacks.sender().isAlive()) {
      return Optional.of("callbacks are not sent");
    }
    Optional<String> unwritable = store.trouble().map(why -> "the store cannot be written: " + why);
    return dispatcher.isFailing() ? unwritable.or(() -> NOT_STARTED) : unwritable;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      close(open.pop());
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.error("Closing the service", e);
    }
  }

  private static JooqStore store(Settings settings, DataDirectory data) {
    settings.store().ifPresent(address -> Backup.refuseTwo(data.root(), address));
    return settings
        .store()
        .map(address ->
            JooqStore.open(address, isAlone(settings) ? StoreUse.ALONE : StoreUse.SHARED))
        .orElseGet(() -> {
          Backup.refuseMigrated(data.root());
          return JooqStore.open(data.root().resolve("reprise.db"));
        });
  }

  /// Whether no other node can serve the store: a clock that is moved by hand is of one process.
  private static boolean isAlone(Settings settings) {
    return settings.store().isEmpty() || settings.clock() == Settings.ServiceClock.TEST;
  }

  /// Enters this process among those that serve the store.
  private Nodes nodes(Settings settings) {
    var kept = new JooqNodeStore(store, clock);
    if (settings.store().isPresent()) {
      SharedFiles.check(kept, data, clock.instant());
    }
    UUID place = data.place();
    String name =
        settings.node().name().orElseGet(() -> "node-" + place.toString().substring(0, 8));
    var identity = new Node.Identity(place, name, settings.node().lease());
    var entered = new Nodes(kept, identity, isAlone(settings));
    entered.enter();
    return entered;
  }

  private Path datasets(Settings settings, InstantSource realClock, Progress progress) {
    Path file = data.root().resolve("datasets.duckdb");
    if (Files.exists(file)) {
      return file;
    }
    try {
      SampleData.create(
          file, catalog.datasets(), settings.sampleRows(), realClock.instant(), progress);
      return file;
    } catch (IOException | IllegalStateException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      String line = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
      throw new StartRefused("Sample data cannot be made in %s: %s".formatted(file, line), e);
    }
  }

  private CallbackParts callbacks(Settings.Callbacks settings, InstantSource realClock) {
    var identity =
        new CallbackParts.Identity(nodes, clock, realClock, "Reprise/" + Version.current());
    var limits = new SenderLimits(settings.atOnce(), settings.keep());
    return new CallbackParts(store, data.keys(), settings.allow(), limits, identity);
  }

  private EngineSettings engine(Settings.Engine settings, Path datasets, OwnDatasets own) {
    return new EngineSettings(
        datasets,
        own.all().stream().map(Core::table).toList(),
        data.staging(),
        data.temp().resolve("spill"),
        settings.memoryBytes() * settings.threads(),
        settings.spillBytes(),
        settings.threads(),
        settings.guard() == Settings.FormulaGuard.ON,
        ENGINE_IDLE);
  }

  private static Optional<Engine> large(Settings.Engine settings, EngineSettings ordinary) {
    return settings.largeMemoryBytes() <= settings.memoryBytes()
        ? Optional.empty()
        : Optional.of(
            new DuckDbEngine(
                ordinary.withMemory(settings.largeMemoryBytes() * settings.threads())));
  }

  private static OwnTable table(OwnDataset own) {
    List<String> fields = new ArrayList<>();
    own.dataset().columns().forEach(column -> fields.add(column.name()));
    own.dataset().measures().forEach(measure -> fields.add(measure.name()));
    return new OwnTable(own.dataset().name(), fields, own.source(), own.table());
  }

  private static void check(OwnDataset own, EngineSettings settings) {
    DuckDbOwnTables.fault(settings, own.dataset())
        .ifPresent(fault -> {
          throw new StartRefused("Dataset %s: %s".formatted(own.dataset().name(), fault));
        });
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }
}
