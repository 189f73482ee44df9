import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// A PostgreSQL of its own that keeps what it has acknowledged.
final class Postgres implements AutoCloseable {
  private static final int CONNECTIONS = 10;

  private final EmbeddedPostgres server;
  private final HikariDataSource pool;

  /// @param data a folder that is not there yet
  Postgres(Path data) throws IOException, SQLException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setServerConfig("fsync", "on") // Off unless asked for, as this one is for tests.
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
    var config = new HikariConfig();
    config.setJdbcUrl(url());
    config.setUsername("postgres");
    config.setMaximumPoolSize(CONNECTIONS);
    pool = new HikariDataSource(config);
    for (String setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"}) {
      checkOn(setting);
    }
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  HikariDataSource pool() {
    return pool;
  }

  void run(String script) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(script);
    }
  }

  private void checkOn(String setting) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("show " + setting)) {
      result.next();
      if (!result.getString(1).equals("on")) {
        throw new SQLException(setting + " is " + result.getString(1));
      }
    }
  }

  @Override
  public void close() throws IOException {
    pool.close();
    server.close();
  }
}
