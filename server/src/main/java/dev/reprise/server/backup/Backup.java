package dev.reprise.server.backup;

import dev.reprise.server.file.Durable;
import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.setting.StoreAddress;
import dev.reprise.server.store.DataDirectory;
import dev.reprise.server.store.JooqCopy;
import dev.reprise.server.store.JooqSnapshot;
import dev.reprise.server.store.JooqStore;
import dev.reprise.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Copies of all that is kept. A backup is a data directory: what serves one serves the other.
public final class Backup {
  private static final String STORE = "reprise.db";
  private static final String MIGRATED = ".migrated";
  private static final int TRIES = 3;

  private Backup() {}

  /// Makes a backup, also while a service runs on the data: as it was at one moment.
  ///
  /// @param data the data directory
  /// @param store where reports are kept, if not there
  /// @param to a folder that is not there yet, or empty
  /// @param faults told in words what is wrong
  public static Result make(
      Path data, Optional<StoreAddress> store, Path to, Consumer<String> faults) {
    return orRefused(() -> made(data, store, to, faults));
  }

  private static Result made(
      Path data, Optional<StoreAddress> store, Path to, Consumer<String> faults) {
    Path from = ours(data);
    store.ifPresent(address -> refuseTwo(from, address));
    Path partial = Folders.begin(to);
    var copies = new FileCopies(from, store.flatMap(StoreAddress::files), partial, faults);
    Map<String, Long> rows;
    try (var made = DataDirectory.open(partial)) {
      copyFiles(copies);
      // Under its own name it would be obeyed, and the backup be that of another store.
      copies.plain("reprise.yaml", "reprise.yaml.original");
      try (JooqSnapshot source = snapshot(from, store)) {
        copies.results(source); // Before the store, so that hardly any are left for after it.
        rows = whole(source, made.root(), copies);
        copies.tellMissing();
      }
    }
    remove(partial.resolve("lock"));
    Folders.end(partial, to);
    return result(rows, copies);
  }

  /// The tables, and the results of which they speak. A report that is deleted between the two
  /// takes its results with it: then the tables are copied once more.
  private static Map<String, Long> whole(JooqSnapshot source, Path to, FileCopies copies) {
    Map<String, Long> rows = Map.of();
    for (int i = 0; i < TRIES && (i == 0 || copies.missing() > 0); i++) {
      remove(to.resolve(STORE));
      try (var target = JooqStore.open(to.resolve(STORE))) {
        rows = JooqCopy.copy(source, target);
      }
      try (var copied = JooqSnapshot.open(to)) {
        copies.results(copied);
      }
    }
    return rows;
  }

  /// Makes a data directory from a backup.
  ///
  /// @param from the backup; no service may be using it
  /// @param data a folder that is not there yet, or empty
  /// @param store where reports are to be kept, if not there; it keeps nothing yet
  public static Result restore(
      Path from, Path data, Optional<StoreAddress> store, Consumer<String> faults) {
    return orRefused(() -> restored(from, data, store, faults));
  }

  private static Result restored(
      Path from, Path data, Optional<StoreAddress> store, Consumer<String> faults) {
    Path backup = ours(from);
    if (store.flatMap(StoreAddress::files).isPresent()) {
      throw new StartRefused(
          "store.files is for serve: restore makes a data directory, whose results and keys are then"
              + " to be moved there");
    }
    if (Files.notExists(backup.resolve(STORE))) {
      throw new StartRefused("There is no store in " + backup);
    }
    Path partial = Folders.begin(data);
    var copies = new FileCopies(backup, Optional.empty(), partial, faults);
    Result result;
    try (var made = DataDirectory.open(partial)) {
      copyFiles(copies);
      copies.plain("reprise.yaml.original", "reprise.yaml.original");
      copies.plain(STORE, STORE);
      copies.plain(STORE + "-wal", STORE + "-wal"); // That of a service that was killed.
      JooqStore.open(made.root().resolve(STORE)).close(); // With the tables as they are by now.
      try (JooqSnapshot copied = JooqSnapshot.open(made.root())) {
        copies.results(copied);
        copies.tellMissing();
        result = result(JooqCopy.rows(copied), copies);
      }
    }
    remove(partial.resolve("lock"));
    Folders.end(partial, data);
    store.ifPresent(address -> migrate(data, address));
    return result;
  }

  private static void copyFiles(FileCopies copies) {
    copies.keys();
    copies.plain("datasets.duckdb", "datasets.duckdb");
  }

  private static Result result(Map<String, Long> rows, FileCopies copies) {
    return new Result(rows, copies.files(), copies.bytes(), copies.missing() + copies.wrong());
  }

  /// Moves what a data directory keeps in its file into a database that keeps nothing yet. The file
  /// stays, under another name.
  public static Map<String, Long> migrate(Path data, StoreAddress to) {
    return orRefused(() -> migrated(data, to));
  }

  private static Map<String, Long> migrated(Path data, StoreAddress to) {
    try (var folder = DataDirectory.open(ours(data))) {
      Path file = folder.root().resolve(STORE);
      if (Files.notExists(file)) {
        throw new StartRefused("There is no Reprise data in " + folder.root());
      }
      JooqStore.open(file).close(); // With the tables as they are by now.
      Map<String, Long> rows;
      try (var source = JooqSnapshot.open(folder.root());
          var target = JooqStore.open(to)) {
        rows = JooqCopy.copy(source, target);
      }
      Files.move(file, folder.root().resolve(STORE + MIGRATED));
      Durable.forceFolder(folder.root());
      return rows;
    } catch (IOException e) {
      throw Folders.refused(data, e);
    }
  }

  private static <T> T orRefused(Supplier<T> work) {
    try {
      return work.get();
    } catch (StartRefused e) {
      throw e;
    } catch (RuntimeException e) { // A full disk, a server that is gone.
      String why = e instanceof StoreException store ? store.why() : String.valueOf(e.getMessage());
      throw new StartRefused("Not copied: " + why.lines().findFirst().orElse(""), e);
    }
  }

  /// Refuses to begin anew where all was moved away.
  public static void refuseMigrated(Path data) {
    if (Files.exists(data.resolve(STORE + MIGRATED)) && Files.notExists(data.resolve(STORE))) {
      throw new StartRefused(
          "What %s kept was moved into a database: name it with --store".formatted(data));
    }
  }

  /// Refuses a database beside a file: one of them would be passed over without a word.
  public static void refuseTwo(Path data, StoreAddress store) {
    if (Files.exists(data.resolve(STORE))) {
      throw new StartRefused(
          ("%s keeps reports in its file, so %s is not used: move them there with ./reprise migrate,"
                  + " or leave --store out")
              .formatted(data, store));
    }
  }

  private static JooqSnapshot snapshot(Path data, Optional<StoreAddress> store) {
    return store.map(JooqSnapshot::open).orElseGet(() -> JooqSnapshot.open(data));
  }

  private static Path ours(Path data) {
    Path root = data.toAbsolutePath().normalize();
    if (Files.notExists(root.resolve("reprise-data"))) {
      throw new StartRefused("There is no Reprise data in " + root);
    }
    return root;
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Folders.refused(file, e);
    }
  }

  /// What was copied.
  ///
  /// @param rows of each table
  /// @param files results
  /// @param broken results that are missing or not as they were made
  public record Result(Map<String, Long> rows, long files, long bytes, long broken) {}
}
