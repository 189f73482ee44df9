package dev.reprise.server.store;

import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.setting.StoreAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jooq.DSLContext;

/// The store: one SQLite file, or a database of PostgreSQL. Reads run side by side; writes that
/// wait at the same time share a commit, and none is acknowledged before the disk has it.
public final class JooqStore implements AutoCloseable {
  private final JooqReaders readers;
  private final JooqWriter writer;
  private final Optional<JooqPostgres> server;

  private JooqStore(JooqDatabase database, Optional<JooqPostgres> server) {
    this.server = server;
    this.readers = new JooqReaders(database);
    this.writer = new JooqWriter(database);
  }

  /// Opens the file, making or migrating its tables.
  ///
  /// @throws StartRefused if a newer version of the service made it
  public static JooqStore open(Path file) {
    var database = new JooqSqlite(file);
    migrate(flyway(database.source(), "sqlite"), file.toString(), "--data");
    return new JooqStore(database, Optional.empty());
  }

  /// Opens the database for nobody else, making or migrating its tables.
  ///
  /// @throws StartRefused if it cannot be reached, another service uses it, or a newer version of
  ///   the service made it
  public static JooqStore open(StoreAddress address) {
    return open(address, StoreUse.ALONE);
  }

  /// Opens the database, making or migrating its tables.
  ///
  /// @throws StartRefused if it cannot be reached, others do not allow that use or use it while its
  ///   tables are to be migrated, or a newer version of the service made it
  public static JooqStore open(StoreAddress address, StoreUse use) {
    var database = new JooqPostgres(address, use);
    try {
      database.reader().close(); // Says better than a migration why it cannot be reached.
      Flyway flyway = flyway(database.source(), "postgresql");
      database.alone( // Nobody migrates what another service uses.
          () -> flyway.info().pending().length > 0,
          () -> migrate(flyway, address.toString(), "--store"));
      migrate(flyway, address.toString(), "--store"); // Only looks by now.
      database.awaitLock();
      var store = new JooqStore(database, Optional.of(database));
      store.write(dsl -> true); // From here on it is ours.
      return store;
    } catch (SQLException | FlywayException | StoreException e) {
      throw JooqPostgres.refused(address, e);
    }
  }

  /// Runs on a connection that cannot write; each statement sees all that was acknowledged before
  /// it.
  public <T> T read(Function<DSLContext, T> work) {
    return readers.read(work);
  }

  /// Runs in a transaction of its own, which is durable when this returns. If `work` throws,
  /// nothing of it is kept.
  public <T> T write(Function<DSLContext, T> work) {
    return writer.write(work);
  }

  /// The clock of the server on which it is, if it is on one.
  public Optional<InstantSource> clock() {
    return server.map(JooqPostgres::clock);
  }

  /// Waits until no other service starts, and keeps others from it until it is closed.
  ///
  /// @throws StartRefused if another takes too long
  public AutoCloseable starting() {
    try {
      return server.isPresent() ? server.get().starting() : () -> {};
    } catch (SQLException e) {
      throw new StartRefused("Another node is still starting: " + e.getMessage(), e);
    }
  }

  /// Why nothing can be written at the moment, in words that may leave the house; empty when all is
  /// well. Cheap, and never waits.
  public Optional<String> trouble() {
    return writer.trouble();
  }

  /// How many changes wait for their turn.
  public int waiting() {
    return writer.waiting();
  }

  @Override
  public void close() {
    readers.close(); // The last to leave folds the log into the file, which a reader may not.
    writer.close();
  }

  private static Flyway flyway(DataSource source, String folder) {
    return Flyway.configure().dataSource(source).locations("classpath:db/" + folder).load();
  }

  private static void migrate(Flyway flyway, String store, String flag) {
    for (MigrationInfo migration : flyway.info().all()) {
      if (migration.getState().isApplied() && !migration.getState().isResolved()) {
        throw new StartRefused(
            store
                + " was made by a newer version of Reprise (store version "
                + migration.getVersion()
                + "); start that version, or give another "
                + flag);
      }
    }
    try {
      flyway.migrate();
    } catch (FlywayValidateException e) {
      throw new StartRefused(
          store + " was made by a state of Reprise before its first release; give another " + flag,
          e);
    }
  }
}
