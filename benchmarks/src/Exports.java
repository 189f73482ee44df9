import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures exports from the request over HTTP to the file that can be downloaded, hashed and on the
/// disk, beside the engine alone, in turns. Ends with an error if rows are missing.
final class Exports {
  private static final int ROUNDS = 3;
  private static final int SMALL_ROUNDS = 9;
  private static final int TINY = 200;
  private static final double GOAL = 0.9;
  private static final int GOAL_MEGABYTES = 700;
  private static final int GOAL_TINY_MILLIS = 50;
  private static final List<String> DATASETS = List.of("Parquet", "Table");

  private final Reports reports;
  private final Completions completions;
  private final Service service;
  private final List<BareEngine> bare;
  private final Path file;
  private final long rows;

  private Exports(
      Reports reports,
      Completions completions,
      Service service,
      List<BareEngine> bare,
      Path file,
      long rows) {
    this.reports = reports;
    this.completions = completions;
    this.service = service;
    this.bare = bare;
    this.file = file;
    this.rows = rows;
  }

  /// @param arguments the port of the service, its process id, its log, a token, the folder of
  ///   [Wide], how many rows it has, and the threads of one export; without the last, only the
  ///   memory of a service with the default limits is measured
  public static void main(String[] arguments) throws Exception {
    var reports = new Reports(Integer.parseInt(arguments[0]), arguments[3]);
    var service = new Service(Long.parseLong(arguments[1]));
    Path folder = Path.of(arguments[4]);
    long rows = Long.parseLong(arguments[5]);
    Path file = folder.resolve("bare.csv");
    try (var completions = new Completions(Path.of(arguments[2]))) {
      if (arguments.length == 6) {
        new Exports(reports, completions, service, List.of(), file, rows).measureMemory();
        return;
      }
      int threads = Integer.parseInt(arguments[6]);
      try (var plain = new BareEngine(folder, threads, Map.of());
          var tuned = new BareEngine(folder, threads, Map.of("async_threads", "0"))) {
        new Exports(reports, completions, service, List.of(plain, tuned), file, rows).measure();
      }
    }
  }

  private void measure() throws Exception {
    tiny();
    for (String dataset : DATASETS) {
      String all = all(dataset);
      compare(dataset + ", all 40 columns", all, ROUNDS, rows);
      twoAtOnce(dataset);
      compare(
          dataset + ", group by two columns",
          groups(dataset),
          SMALL_ROUNDS,
          -1);
      compare(
          dataset + ", filter that keeps a tenth",
          "SELECT Text0, Id0, Count0, Amount0, At0 FROM " + dataset + " WHERE Count0 < 10000",
          SMALL_ROUNDS,
          -1);
      compare(
          dataset + ", top 10",
          "SELECT Id0, Amount0 FROM " + dataset + " ORDER BY Amount0, Id0 LIMIT 10",
          SMALL_ROUNDS,
          10);
    }
    Lines.aside(
        "peak memory of the whole process",
        service.peakMegabytes() + " MB",
        "resident set, code and mapped files included");
  }

  private void twoAtOnce(String dataset) throws Exception {
    List<Double> alone = new ArrayList<>();
    List<Double> together = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      alone.add(rows / timed(all(dataset), 1, rows));
      together.add(2 * rows / timed(all(dataset), 2, rows));
    }
    double ratio = median(together) / median(alone);
    Lines.goal(
        dataset + ", two exports at once",
        String.format(Locale.ROOT, "%.2f", ratio),
        String.format(Locale.ROOT, "%.2f", GOAL),
        ratio >= GOAL,
        String.format(
            Locale.ROOT,
            "%,.0f rows/s, %,.0f/s one alone, in turns",
            median(together),
            median(alone)));
  }

  private void measureMemory() throws Exception {
    for (String dataset : DATASETS) {
      timed(all(dataset), 2, rows);
      timed(groups(dataset), 2, -1);
    }
    long peak = service.peakMegabytes();
    Lines.goal(
        "peak memory with the default limits", peak + " MB", GOAL_MEGABYTES + " MB",
        peak < GOAL_MEGABYTES, "of the whole process, two exports at once");
  }

  private static String all(String dataset) {
    return "SELECT " + Wide.columns() + " FROM " + dataset;
  }

  private static String groups(String dataset) {
    return "SELECT Text0, Text3, Total FROM " + dataset;
  }

  private void tiny() throws IOException, InterruptedException {
    String query = reports.saveQuery("SELECT OrderId, OfferName FROM ISVOrder LIMIT 10");
    Latencies latencies = new Latencies();
    for (int i = 0; i < TINY; i++) {
      long begin = System.nanoTime();
      String report = reports.execute(query);
      completions.await(report);
      reports.completed(report);
      latencies.add(System.nanoTime() - begin);
      reports.delete(report);
    }
    double median = latencies.percentileMillis(0.5);
    Lines.goal(
        "tiny: request to completed execution, median",
        String.format(Locale.ROOT, "%.1f ms", median),
        GOAL_TINY_MILLIS + " ms",
        median < GOAL_TINY_MILLIS,
        latencies.words());
  }

  /// @param expected how many rows there must be; -1 for as many as the bare engine has
  private void compare(String what, String query, int rounds, long expected) throws Exception {
    List<List<Double>> alone = List.of(new ArrayList<>(), new ArrayList<>());
    List<Double> whole = new ArrayList<>();
    long found = expected;
    long bytes = 0;
    for (int i = -1; i < rounds; i++) { // The first is not measured.
      for (int j = 0; j < bare.size(); j++) {
        long begin = System.nanoTime();
        long copied = bare.get(j).copy(query, file);
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (i >= 0) {
          alone.get(j).add(seconds);
        }
        bytes = Files.size(file);
        Files.delete(file);
        if (found >= 0 && copied != found) {
          throw new IOException(what + ": the bare engine has " + copied + " rows");
        }
        found = copied;
      }
      double seconds = timed(query, 1, found);
      if (i >= 0) {
        whole.add(seconds);
      }
    }
    double plain = median(alone.get(0));
    double tuned = median(alone.get(1));
    double ratio = Math.min(plain, tuned) / median(whole);
    Lines.goal(
        what,
        String.format(Locale.ROOT, "%.2f", ratio),
        String.format(Locale.ROOT, "%.2f", GOAL),
        ratio >= GOAL,
        String.format(
            Locale.ROOT,
            "end to end %.3f s, %,.0f rows/s; bare engine %.3f s as it is, %.3f s without threads of"
                + " its own for writing; %,d MB",
            median(whole),
            found / median(whole),
            plain,
            tuned,
            bytes / 1_000_000));
  }

  /// The seconds from the first request until the service has answered with the links of all files.
  /// @param expected how many rows each has; -1 for any number
  private double timed(String query, int atOnce, long expected)
      throws IOException, InterruptedException {
    String saved = reports.saveQuery(query);
    List<String> made = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < atOnce; i++) {
      made.add(reports.execute(saved));
    }
    List<String> executions = new ArrayList<>();
    for (String report : made) {
      completions.await(report);
      executions.add(reports.completed(report));
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (String execution : executions) {
      String proof = reports.proof(execution);
      boolean found = expected < 0 || proof.contains("\"rows\":" + expected + ",");
      if (!found || !proof.contains("\"complete\":true")) {
        throw new IOException("not " + expected + " rows: " + proof);
      }
    }
    for (String report : made) {
      reports.delete(report);
    }
    return seconds;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
