import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Pauses and resumes reports as fast as the service answers: every connection has a report of its
/// own and sends the next call when it has the answer to the last. Ends with an error at the first
/// answer that is not 200 or does not show the state that was asked for.
///
/// It speaks HTTP over plain sockets, because it shares the cores with the service it measures.
final class Changes {
  private static final int CONNECTIONS = 64;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration MEASURED = Duration.ofSeconds(15);
  private static final String REPORTS = "/insights/v1/cmp/ScheduledReport";

  /// @param arguments the port of the service, a token, and the id of a query
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    String token = arguments[1];
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      callers.add(Caller.withReport(new Connection(port, token), arguments[2]));
    }
    long begin = System.nanoTime() + WARM_UP.toNanos();
    long end = begin + MEASURED.toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<long[]>> runs =
          callers.stream().<Callable<long[]>>map(caller -> () -> caller.run(begin, end)).toList();
      report(all(threads.invokeAll(runs)));
    }
    for (Caller caller : callers) {
      caller.leave();
    }
  }

  private static long[] all(List<Future<long[]>> runs) throws Exception {
    List<long[]> parts = new ArrayList<>();
    for (Future<long[]> run : runs) {
      try {
        parts.add(run.get());
      } catch (ExecutionException e) {
        System.err.println(e.getCause());
        System.exit(1);
      }
    }
    return parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
  }

  private static void report(long[] nanos) {
    System.out.printf(
        Locale.ROOT,
        "  %,7.0f changes/s   half within %.1f ms, 99 of 100 within %.1f ms, all within %.0f ms"
            + "   (%,d answers of 200, %d connections, %d s after %d s)%n",
        nanos.length / (double) MEASURED.toSeconds(),
        at(nanos, 0.5),
        at(nanos, 0.99),
        at(nanos, 1),
        nanos.length,
        CONNECTIONS,
        MEASURED.toSeconds(),
        WARM_UP.toSeconds());
  }

  private static double at(long[] nanos, double share) {
    return nanos[(int) Math.min(nanos.length - 1L, Math.round(nanos.length * share))] / 1e6;
  }

  /// A connection and the report that only it changes.
  private record Caller(Connection connection, String report) {
    static Caller withReport(Connection connection, String query) throws IOException {
      Instant first = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
      String body =
          "{\"ReportName\":\"Changes\",\"QueryId\":\"%s\",\"StartTime\":\"%s\",\"RecurrenceInterval\":24}"
              .formatted(query, first);
      String answer = connection.call("POST", REPORTS, body);
      String key = "\"ReportId\":\"";
      int id = answer.indexOf(key) + key.length();
      return new Caller(connection, answer.substring(id, answer.indexOf('"', id)));
    }

    /// The times of the calls that were answered between begin and end.
    long[] run(long begin, long end) throws IOException {
      long[] nanos = new long[1024];
      int count = 0;
      long sent = System.nanoTime();
      for (int i = 0; sent < end; i++) {
        change(i % 2 == 0 ? "pause" : "resume", i % 2 == 0 ? "Paused" : "Active");
        long answered = System.nanoTime();
        if (answered >= begin && answered < end) {
          nanos = count < nanos.length ? nanos : Arrays.copyOf(nanos, 2 * count);
          nanos[count++] = answered - sent;
        }
        sent = answered;
      }
      return Arrays.copyOf(nanos, count);
    }

    /// Paused reports do not count against the quota, so that the next run can create its own.
    void leave() throws IOException {
      change("pause", "Paused");
      connection.close();
    }

    private void change(String verb, String status) throws IOException {
      String answer = connection.call("PUT", REPORTS + "/" + verb + "/" + report, "");
      if (!answer.contains("\"ReportStatus\":\"" + status + "\"")) {
        throw new IOException(verb + " answered " + answer);
      }
    }
  }

  /// One connection that stays open.
  private static final class Connection {
    private final Socket socket;
    private final InputStream in;
    private final String headers;

    Connection(int port, String token) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
      headers =
          " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
              .formatted(port, token);
    }

    /// The body of the answer, which has to be a 200.
    String call(String method, String path, String body) throws IOException {
      String request =
          method + " " + path + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String status = line();
      int length = -1;
      for (String header = line(); !header.isEmpty(); header = line()) {
        String name = "content-length:";
        if (header.toLowerCase(Locale.ROOT).startsWith(name)) {
          length = Integer.parseInt(header.substring(name.length()).strip());
        }
      }
      if (length < 0) {
        throw new IOException("an answer without Content-Length: " + status);
      }
      String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      if (!status.startsWith("HTTP/1.1 200 ")) {
        throw new IOException(method + " " + path + " answered " + status + " " + answer);
      }
      return answer;
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException("the service closed the connection");
        }
        if (next != '\r') {
          line.append((char) next);
        }
      }
      return line.toString();
    }

    void close() throws IOException {
      socket.close();
    }
  }
}
