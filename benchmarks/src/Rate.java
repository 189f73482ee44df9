import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// How fast all executions of an instant were started, whichever nodes of a PostgreSQL store did so:
/// waits until they have ended.
final class Rate {
  private static final long PATIENCE_MILLIS = 300_000;

  private Rate() {}

  /// @param arguments the address of the store, the instant, and how many are due at it; prints
  ///   how many were started a second, and how many per cent of the machine's cores were busy meanwhile
  public static void main(String[] arguments) throws Exception {
    Instant slot = Instant.parse(arguments[1]);
    long wanted = Long.parseLong(arguments[2]);
    long end = slot.toEpochMilli() + PATIENCE_MILLIS;
    Thread.sleep(Math.max(0, slot.toEpochMilli() - System.currentTimeMillis()));
    Cores before = Cores.now();
    try (var store = DriverManager.getConnection(arguments[0])) {
      while (number(store, "count(*)", "status = 'COMPLETED'", slot) < wanted) {
        if (System.currentTimeMillis() > end) {
          throw new SQLException("not all had run five minutes after they were due");
        }
        Thread.sleep(200);
      }
      long last = number(store, "max(started_at)", "true", slot);
      double seconds = (last - slot.toEpochMilli()) / 1000.0;
      System.out.printf(Locale.ROOT, "%.0f %.0f%n", wanted / seconds, Cores.now().busySince(before));
    }
  }

  /// What all cores have done since the machine started, in ticks.
  private record Cores(long all, long idle) {
    static Cores now() throws IOException {
      try (var lines = Files.lines(Path.of("/proc/stat"))) {
        long[] ticks = Stream.of(lines.findFirst().orElseThrow().split(" +")).skip(1).mapToLong(Long::parseLong).toArray();
        return new Cores(LongStream.of(ticks).limit(8).sum(), ticks[3] + ticks[4]); // Idle, and idle until a disk is ready.
      }
    }

    double busySince(Cores before) {
      return 100 - 100.0 * (idle - before.idle) / (all - before.all);
    }
  }

  private static long number(java.sql.Connection store, String what, String which, Instant slot)
      throws SQLException {
    String sql = "select " + what + " from execution where slot = ? and " + which;
    try (PreparedStatement statement = store.prepareStatement(sql)) {
      statement.setLong(1, slot.toEpochMilli());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
