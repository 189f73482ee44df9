import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Learns from the log of a service which executions have ended. Asking for that over HTTP again and
/// again takes processor time from the very thing that is waited for, and more of it the shorter it is.
final class Completions implements AutoCloseable {
  private static final Duration LOOK = Duration.ofNanos(500_000);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Pattern COMPLETED =
      Pattern.compile("Execution \\S+ of report (\\S+) for \\S+ completed: ");
  private static final Pattern FAILED =
      Pattern.compile("Execution \\S+ of report (\\S+) for \\S+ attempt \\d+ failed: .*");

  private final RandomAccessFile log;
  private final byte[] piece = new byte[1 << 16];
  private final Set<String> completed = new HashSet<>();
  private String begun = ""; // The last line, as far as it is there.

  /// @param log to which the service writes; what it says from now on counts
  Completions(Path log) throws IOException {
    this.log = new RandomAccessFile(log.toFile(), "r");
    this.log.seek(this.log.length());
  }

  /// Waits until the log says that the execution of a report has completed.
  void await(String report) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!completed.remove(report)) {
      if (System.nanoTime() > end) {
        throw new IOException("report " + report + " has no file after " + PATIENCE);
      }
      if (!readOn()) {
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private boolean readOn() throws IOException {
    int length = log.read(piece);
    if (length <= 0) {
      return false;
    }
    String text = begun + new String(piece, 0, length, StandardCharsets.UTF_8);
    int whole = text.lastIndexOf('\n') + 1;
    begun = text.substring(whole);
    Matcher ended = COMPLETED.matcher(text).region(0, whole);
    while (ended.find()) {
      completed.add(ended.group(1));
    }
    Matcher failed = FAILED.matcher(text).region(0, whole);
    if (failed.find()) {
      throw new IOException(failed.group());
    }
    return true;
  }
}
