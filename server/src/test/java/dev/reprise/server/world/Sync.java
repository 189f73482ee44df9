package dev.reprise.server.world;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Has the disk refuse to force files of a program, as a broken one does: each `fsync` fails while
/// it is told so. A library before the C library does that, which the machine's C compiler makes.
public final class Sync {
  private final Path library;
  private final Path failing;

  private Sync(Path library, Path failing) {
    this.library = library;
    this.failing = failing;
  }

  /// Compiles the library in a folder. Without a C compiler there is none, which is said; where
  /// `CI` is set, there has to be one.
  public static Optional<Sync> in(Path folder) throws IOException, InterruptedException {
    Path library = folder.resolve("sync.so");
    Path source = folder.resolve("sync.c");
    try (InputStream code = Sync.class.getResourceAsStream("/fault/sync.c")) {
      Files.write(source, code.readAllBytes());
    }
    if (compiled(source, library)) {
      return Optional.of(new Sync(library, folder.resolve("sync.fails")));
    }
    if (System.getenv("CI") != null) {
      throw new AssertionError("CI has no C compiler");
    }
    System.out.println("No C compiler (cc): files that cannot be forced to the disk are not tried");
    return Optional.empty();
  }

  private static boolean compiled(Path source, Path library) throws InterruptedException {
    try {
      var compile =
          new ProcessBuilder("cc", "-shared", "-fPIC", "-o", "" + library, "" + source, "-ldl");
      if (compile.inheritIO().start().waitFor() != 0) {
        throw new AssertionError("cc does not compile " + source);
      }
      return true;
    } catch (IOException e) {
      return false; // There is none.
    }
  }

  /// What the program's environment has to say.
  public Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "SYNC_FAILS", failing.toString());
  }

  /// Nothing can be forced from now on.
  public void fail() throws IOException {
    Files.createFile(failing);
  }

  public void mend() throws IOException {
    Files.delete(failing);
  }
}
