package dev.reprise.server.backup;

import dev.reprise.server.delivery.LocalResultStore;
import dev.reprise.server.file.Durable;
import dev.reprise.server.node.SharedFiles;
import dev.reprise.server.store.JooqReferences;
import dev.reprise.server.store.JooqReferences.Reference;
import dev.reprise.server.store.JooqSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Copies the files of one data directory into another, each forced to the disk, the result files
/// held against what the store says of them.
final class FileCopies {
  private static final int MOST_NAMED = 1_000;

  private final Path from;
  private final Path shared;
  private final Path to;
  private final Consumer<String> faults;
  private final List<String> named = new ArrayList<>();
  private long files;
  private long bytes;
  private long missing;
  private long wrong;

  /// Copies nothing yet.
  ///
  /// @param shared where results and keys are, if not in the data directory
  /// @param faults told in words what is wrong
  FileCopies(Path from, Optional<Path> shared, Path to, Consumer<String> faults) {
    this.from = from;
    this.shared = shared.orElse(from);
    this.to = to;
    this.faults = faults;
  }

  /// How many result files are there now.
  long files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  /// How many were not there at the last look.
  long missing() {
    return missing;
  }

  /// How many are not what the store says.
  long wrong() {
    return wrong;
  }

  /// Copies the results of which a store speaks and that are not there yet.
  void results(JooqSnapshot store) {
    missing = 0;
    named.clear();
    JooqReferences.each(store, this::result);
  }

  private void result(Reference reference) {
    Path source = LocalResultStore.file(shared.resolve("results"), reference.key());
    Path target = LocalResultStore.file(to.resolve("results"), reference.key());
    if (Files.exists(target)) {
      return;
    }
    try {
      Files.createDirectories(Durable.folderOf(target));
      String sha256 = copy(source, target);
      long size = Files.size(target);
      files++;
      bytes += size;
      if (size != reference.bytes() || !sha256.equals(reference.sha256())) {
        wrong++;
        faults.accept("result " + reference.key() + " is not as it was made");
      }
    } catch (NoSuchFileException e) {
      missing++;
      if (named.size() < MOST_NAMED) {
        named.add(reference.key());
      }
    } catch (IOException e) {
      throw Folders.refused(to, e);
    }
  }

  /// Says which were not there at the last look.
  void tellMissing() {
    named.forEach(key -> faults.accept("result " + key + " is missing"));
  }

  /// A file with the permissions that it has.
  void plain(String name, String copy) {
    plain(from.resolve(name), copy);
  }

  private void plain(Path source, String copy) {
    if (Files.exists(source)) {
      try {
        Files.copy(
            source,
            to.resolve(copy),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
        Durable.force(to.resolve(copy));
      } catch (IOException e) {
        throw Folders.refused(to, e);
      }
    }
  }

  /// The keys, each in a file.
  void keys() {
    Path source = shared.resolve("keys");
    if (Files.exists(source)) {
      try {
        Files.walkFileTree(source, new EachFile(this::inPlace));
      } catch (IOException e) {
        throw Folders.refused(to, e);
      }
    }
  }

  private void inPlace(Path file) {
    if (!file.endsWith(SharedFiles.MARK)) { // With which store they belong together.
      plain(file, shared.relativize(file).toString());
    }
  }

  private static String copy(Path source, Path target) throws IOException {
    try (InputStream in = Files.newInputStream(source);
        FileChannel channel =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
      in.transferTo(out);
      channel.force(true);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static final class EachFile extends SimpleFileVisitor<Path> {
    private final Consumer<Path> told;

    EachFile(Consumer<Path> told) {
      this.told = told;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      told.accept(file);
      return FileVisitResult.CONTINUE;
    }
  }
}
