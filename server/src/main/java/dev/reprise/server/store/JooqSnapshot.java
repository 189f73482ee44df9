package dev.reprise.server.store;

import dev.reprise.server.setting.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jooq.DSLContext;

/// A store that is only looked at, also while a service runs on it.
public final class JooqSnapshot implements AutoCloseable {
  private final Connection connection;
  private final DSLContext context;

  private JooqSnapshot(Connection connection) {
    this.connection = connection;
    this.context = JooqStore.context(connection);
  }

  /// Opens the store of a data directory.
  ///
  /// @throws StartRefused if there is none
  public static JooqSnapshot open(Path folder) {
    Path file = folder.toAbsolutePath().normalize().resolve("reprise.db");
    if (!Files.isRegularFile(file)) {
      throw new StartRefused("There is no Reprise data in " + file.getParent());
    }
    try {
      Connection connection = JooqStore.source(file, true).getConnection();
      connection.setAutoCommit(false);
      return new JooqSnapshot(connection);
    } catch (SQLException e) {
      throw new StoreException("opening the store", e);
    }
  }

  /// Runs statements that all see the store as it was at the first of them. While they run the
  /// store's log cannot be folded into its file, so this is for a moment only.
  public <T> T read(Function<DSLContext, T> work) {
    try {
      T result = work.apply(context);
      connection.rollback(); // Nothing was written: this only lets go of the snapshot.
      return result;
    } catch (SQLException e) {
      throw new StoreException("reading the store", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("closing the store", e);
    }
  }
}
