package dev.reprise.server.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The program as a process of its own, as `./reprise` starts it.
public final class Program implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("is ready at (http://\\S+)");

  private final Process process;
  private final Path temp;
  private final String baseUrl;
  private final Future<List<String>> said;

  private Program(Process process, Path temp, String baseUrl, BufferedReader out) {
    this.process = process;
    this.temp = temp;
    this.baseUrl = baseUrl;
    var reading = new FutureTask<>(() -> out.lines().toList()); // A full pipe would stop it.
    Thread.ofVirtual().start(reading);
    this.said = reading;
  }

  /// Serves on a free port and waits until it is ready.
  public static Program serve(Path data, String... flags) throws IOException {
    List<String> all = new ArrayList<>(Stores.flags(data));
    all.addAll(List.of(flags));
    return serveFile(data, all.toArray(String[]::new));
  }

  /// As [#serve], with the store in the data folder unless the flags name another.
  public static Program serveFile(Path data, String... flags) throws IOException {
    return serve(Map.of(), data, List.of(flags));
  }

  /// The same with more in its environment.
  public static Program serve(Map<String, String> environment, Path data, List<String> flags)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--data", "" + data));
    arguments.addAll(flags);
    Path temp = Files.createTempDirectory("reprise-program");
    Process process = start(arguments, temp, environment);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return new Program(process, temp, ready.group(1), out);
      }
    }
    throw new AssertionError("not ready: " + said);
  }

  /// As [#run], a command that has to know where the store of a data folder is.
  public static String ofStore(String command, Path data, String... flags)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(command, "--data", "" + data));
    arguments.addAll(Stores.flags(data));
    arguments.addAll(List.of(flags));
    return run(arguments.toArray(String[]::new));
  }

  /// Runs to its end and answers exit code and output, such as `2: Port ...`.
  public static String run(String... arguments) throws IOException, InterruptedException {
    Path temp = Files.createTempDirectory("reprise-program");
    Process process = start(List.of(arguments), temp, Map.of());
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    remove(temp);
    return exit + ": " + said;
  }

  /// @param temp where native libraries unpack themselves: a killed process leaves them behind
  private static Process start(List<String> arguments, Path temp, Map<String, String> environment)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temp,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.reprise.server.Server"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  public String baseUrl() {
    return baseUrl;
  }

  /// The lines it printed after it was ready, once it has ended.
  public List<String> said() throws InterruptedException, ExecutionException {
    return said.get();
  }

  private static void remove(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Has it stand still, as a machine does whose memory is full or that is moved.
  public void stop() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// Has it go on after [#stop].
  public void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    execute("kill", "-" + name, Long.toString(process.pid()));
  }

  /// As a power failure would end it.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Lets none of its files grow beyond a size from now on: to the service the disk is full, with a
  /// size of 0 nothing can be written to any.
  public void limitFiles(long bytes) throws IOException, InterruptedException {
    limit(Long.toString(bytes));
  }

  /// Lets its files grow again after [#limitFiles].
  public void freeFiles() throws IOException, InterruptedException {
    limit("unlimited");
  }

  /// The soft limit, which may be raised again.
  private void limit(String bytes) throws IOException, InterruptedException {
    execute("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":");
  }

  private static void execute(String... command) throws IOException, InterruptedException {
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  /// As Ctrl-C ends it.
  ///
  /// @return the exit code
  public int end() throws InterruptedException {
    process.toHandle().destroy(); // Process.destroy would close what it still says.
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the service did not end within 30 s");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      remove(temp);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
