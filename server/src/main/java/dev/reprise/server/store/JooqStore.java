package dev.reprise.server.store;

import dev.reprise.server.setting.StartRefused;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The embedded store: one SQLite file. Reads run side by side; writes that wait at the same time
/// share a commit, and none is acknowledged before the disk has it.
public final class JooqStore implements AutoCloseable {
  private static final Settings SETTINGS =
      new Settings()
          .withRenderQuotedNames(RenderQuotedNames.NEVER)
          .withExecuteLogging(false)
          .withFetchWarnings(false);

  private final JooqReaders readers;
  private final JooqWriter writer;

  private JooqStore(JooqReaders readers, JooqWriter writer) {
    this.readers = readers;
    this.writer = writer;
  }

  /// Opens the file, making or migrating its tables.
  ///
  /// @throws StartRefused if a newer version of the service made it
  public static JooqStore open(Path file) {
    SQLiteDataSource writable = source(file, false);
    migrate(writable, file);
    return new JooqStore(new JooqReaders(source(file, true)), new JooqWriter(writable));
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

  /// For one connection, and to be kept as long as that: what is prepared there hangs on it.
  static DSLContext context(Connection connection) {
    return DSL.using(connection, SQLDialect.SQLITE, SETTINGS);
  }

  static SQLiteDataSource source(Path file, boolean readOnly) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(10_000);
    config.setReadOnly(readOnly);
    config.setGetGeneratedKeys(false); // A further statement after each insert, for nobody.
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static void migrate(SQLiteDataSource source, Path file) {
    Flyway flyway = Flyway.configure().dataSource(source).locations("classpath:db/sqlite").load();
    for (MigrationInfo migration : flyway.info().all()) {
      if (migration.getState().isApplied() && !migration.getState().isResolved()) {
        throw new StartRefused(
            file
                + " was made by a newer version of Reprise (store version "
                + migration.getVersion()
                + "); start that version, or give another --data");
      }
    }
    try {
      flyway.migrate();
    } catch (FlywayValidateException e) {
      throw new StartRefused(
          file + " was made by a state of Reprise before its first release; give another --data",
          e);
    }
  }
}
