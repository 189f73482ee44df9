import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/// Kills a node while it has executions under way: it is frozen, the store is asked, and if it has none it goes on for a
/// moment. A small execution is over in less time than the log takes to be read.
final class KillBusy {
  private static final int TRIES = 200;
  private static final int REST_MILLIS = 100;

  private KillBusy() {}

  /// @param arguments the address of the store in PostgreSQL, the place of the node, and its process; prints how many
  ///   executions were under way
  public static void main(String[] arguments) throws Exception {
    try (var store = DriverManager.getConnection(arguments[0])) {
      for (int i = 0; i < TRIES; i++) {
        signal("STOP", arguments[2]);
        Thread.sleep(REST_MILLIS); // What it had asked the store to commit is committed then.
        long busy = busy(store, UUID.fromString(arguments[1]));
        if (busy > 0) {
          signal("KILL", arguments[2]);
          System.out.println(busy);
          return;
        }
        signal("CONT", arguments[2]);
        Thread.sleep(REST_MILLIS);
      }
    }
    throw new IllegalStateException("The node had nothing under way");
  }

  private static long busy(Connection store, UUID place) throws SQLException {
    try (var statement =
        store.prepareStatement(
            "select count(*) from execution join node on node.id = execution.node"
                + " where place = ? and status = 'RUNNING'")) {
      statement.setObject(1, place);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void signal(String name, String process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, process).inheritIO().start().waitFor();
  }
}
