package dev.reprise.server.store;

import dev.reprise.server.file.Durable;
import dev.reprise.server.setting.StartRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The one folder that everything is kept in, ours alone while it is open.
///
/// A marker file says that the folder is ours and in which format. It is the first thing put there,
/// whole or not at all, and without it nothing in the folder is touched.
public final class DataDirectory implements AutoCloseable {
  private static final int FORMAT = 1;
  private static final String MARKER = "reprise-data";
  private static final String NEW_MARKER = "." + MARKER;
  private static final Pattern MARKER_TEXT = Pattern.compile("Reprise data, format ([0-9]{1,9})\n");

  // What a folder may hold before it is ours: settings, and what a fresh file system has.
  private static final Set<String> MAY_BE_THERE = Set.of("reprise.yaml", "lost+found");

  // The lock lies behind the text: where locks bind readers too, the text stays readable.
  private static final long LOCKED_BYTE = 1 << 20;

  private final Path root;
  private final Optional<Path> shared;
  private final FileChannel lock;

  private DataDirectory(Path root, Optional<Path> shared, FileChannel lock) {
    this.root = root;
    this.shared = shared;
    this.lock = lock;
  }

  /// Opens a data directory and makes it first if the folder is missing or empty. What an earlier
  /// process left in [#temp] is gone.
  ///
  /// @throws StartRefused if it is not ours, of a newer format, in use, or cannot be written
  public static DataDirectory open(Path folder) {
    return open(folder, Optional.empty());
  }

  /// As [#open(Path)], with results and keys in another folder.
  ///
  /// @param shared that other nodes use too; empty for the data directory itself
  public static DataDirectory open(Path folder, Optional<Path> shared) {
    Path root = whole(folder);
    FileChannel lock = null;
    try {
      if (!Files.exists(root.resolve(MARKER))) {
        create(root);
      }
      checkFormat(root);
      lock = lock(root);
      removeNewMarkers(root);
      DataDirectory opened = new DataDirectory(root, shared.map(DataDirectory::whole), lock);
      opened.prepareFolders();
      return opened;
    } catch (IOException e) {
      closeAfter(e, lock);
      throw new StartRefused("The data directory %s cannot be used: %s".formatted(root, why(e)), e);
    }
  }

  /// The folder itself, absolute.
  public Path root() {
    return root;
  }

  /// Where results and keys are, absolute.
  public Path files() {
    return shared.orElse(root);
  }

  /// Secrets, readable by the owner only.
  public Path keys() {
    return files().resolve("keys");
  }

  /// Finished result files.
  public Path results() {
    return files().resolve("results");
  }

  /// Files that become results, of this process: on the same file system as those.
  public Path staging() {
    return shared.isPresent() ? staging(place()) : temp().resolve("staging");
  }

  /// Where the process with another data directory has such files, if it has its results here.
  public Path staging(UUID place) {
    return files().resolve("staging").resolve(place.toString());
  }

  /// What this folder is called among the data directories of all nodes; made when first asked for.
  public UUID place() {
    Path file = root.resolve("place");
    try {
      if (Files.notExists(file)) {
        Durable.write(file, (UUID.randomUUID() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return UUID.fromString(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (IOException | IllegalArgumentException e) {
      throw new StartRefused("The file %s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Files that need not survive the process; empty when opened.
  public Path temp() {
    return root.resolve("temp");
  }

  /// Lets another process open it.
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new IllegalStateException("the lock of " + root + " cannot be released", e);
    }
  }

  private static Path whole(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  private static void create(Path root) throws IOException {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new StartRefused("The data directory " + root + " is a file, not a folder");
    }
    Files.createDirectories(root);
    try (Stream<Path> children = Files.list(root)) {
      List<String> foreign =
          children
              .map(child -> String.valueOf(child.getFileName()))
              .filter(name -> !MAY_BE_THERE.contains(name) && !name.startsWith(NEW_MARKER))
              .sorted()
              .toList();
      // Another process may have just made it ours; then its marker is there by now.
      if (!foreign.isEmpty() && !Files.exists(root.resolve(MARKER))) {
        throw new StartRefused(
            "The folder %s is not a Reprise data directory and not empty (it has %s);"
                    .formatted(root, foreign.get(0))
                + " choose another with --data");
      }
    }
    writeMarker(root);
  }

  private static void writeMarker(Path root) throws IOException {
    String text = "Reprise data, format " + FORMAT + "\n";
    Durable.write(root.resolve(MARKER), text.getBytes(StandardCharsets.UTF_8));
    if (root.getParent() != null) {
      Durable.forceFolder(root.getParent());
    }
  }

  private static void checkFormat(Path root) throws IOException {
    Path marker = root.resolve(MARKER);
    String text = new String(Files.readAllBytes(marker), StandardCharsets.UTF_8);
    Matcher matcher = MARKER_TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new StartRefused("The marker file " + marker + " is not one that Reprise wrote");
    }
    int format = Integer.parseInt(matcher.group(1));
    if (format > FORMAT) {
      throw new StartRefused(
          "The data directory %s was written by a newer Reprise (format %d; this one knows up to %d)"
              .formatted(root, format, FORMAT));
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    Path file = root.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) != null) {
        channel.truncate(0);
        writeAll(channel, ProcessHandle.current().pid() + "\n");
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new StartRefused("The data directory " + root + " is in use by this process", e);
    } catch (IOException e) {
      closeAfter(e, channel);
      throw e;
    }
    channel.close();
    throw new StartRefused(
        "The data directory %s is in use by another Reprise%s".formatted(root, holder(file)));
  }

  private static String holder(Path lockFile) throws IOException {
    String pid = new String(Files.readAllBytes(lockFile), StandardCharsets.UTF_8).strip();
    return pid.matches("[0-9]{1,19}") ? " (process " + pid + ")" : "";
  }

  private static void removeNewMarkers(Path root) throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      for (Path child :
          children
              .filter(child -> String.valueOf(child.getFileName()).startsWith(NEW_MARKER))
              .toList()) {
        Files.deleteIfExists(child);
      }
    }
  }

  private void prepareFolders() throws IOException {
    Files.createDirectories(results());
    Files.createDirectories(keys());
    PosixFileAttributeView owner = Files.getFileAttributeView(keys(), PosixFileAttributeView.class);
    if (owner != null) {
      owner.setPermissions(PosixFilePermissions.fromString("rwx------"));
    }
    Durable.deleteTree(temp());
    Files.createDirectory(temp());
    Durable.forceFolder(root);
  }

  private static void writeAll(FileChannel out, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static void closeAfter(IOException failure, @Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static String why(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case FileAlreadyExistsException file -> file.getFile() + " is a file, not a folder";
      default -> String.valueOf(e.getMessage());
    };
  }
}
