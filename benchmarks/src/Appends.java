import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

/// What the disk gives a single writer: appends of one page to a file, each forced to the disk.
final class Appends {
  private static final int PAGE_BYTES = 4096;
  private static final Duration MEASURED = Duration.ofSeconds(3);

  public static void main(String[] arguments) throws IOException {
    var page = ByteBuffer.allocateDirect(PAGE_BYTES);
    try (var file =
        FileChannel.open(
            Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      long begin = System.nanoTime();
      long appends = 0;
      long nanos = 0;
      while (nanos < MEASURED.toNanos()) {
        page.clear();
        file.write(page);
        file.force(true);
        appends++;
        nanos = System.nanoTime() - begin;
      }
      System.out.printf(
          Locale.ROOT,
          "  %-44s %,10.0f/s  %19s  one by one, on the same disk%n",
          "for comparison: forced appends of 4 KiB",
          appends * 1e9 / nanos,
          "");
    }
  }
}
