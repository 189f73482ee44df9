import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the system knows of the process that is measured.
record Service(long pid) {
  private static final int TICKS_A_SECOND = 100;

  /// Resident memory in MB of 1,000,000 bytes.
  long residentMegabytes() throws IOException {
    return megabytes("VmRSS:");
  }

  /// The most that it was since the start.
  long peakMegabytes() throws IOException {
    return megabytes("VmHWM:");
  }

  private long megabytes(String name) throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / 1_000_000;
      }
    }
    throw new IOException("no " + name + " of " + pid);
  }

  /// Processor time that it has used so far.
  double cpuSeconds() throws IOException {
    String stat = Files.readString(proc("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_A_SECOND;
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }
}
