package dev.reprise.server.delivery;

import dev.reprise.server.file.Durable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Results as files of one folder, with a staging folder on the same file system.
public final class LocalResultStore implements ResultStore {
  private static final Pattern KEY = Pattern.compile("[0-9a-f-]{36}(\\.[0-9]{1,9})?\\.(csv|tsv)");
  private static final int ID_LENGTH = 36;

  private final Path results;
  private final Path staging;
  private final PackedFiles packed;
  private final ScheduledThreadPoolExecutor ticks =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("follower-ticks").factory());

  /// Removes what an earlier process left in the staging folder; no other process may use it now.
  public LocalResultStore(Path results, Path staging) {
    this.results = results.toAbsolutePath().normalize();
    this.staging = staging.toAbsolutePath().normalize();
    this.packed = new PackedFiles(this.staging);
    ticks.setRemoveOnCancelPolicy(true);
    try {
      Files.createDirectories(this.results);
      Files.createDirectories(this.staging);
      try (Stream<Path> left = Files.list(this.staging)) {
        for (Path file : left.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("results cannot be kept in " + results, e);
    }
  }

  static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  @Override
  public Staged stage(String key) {
    return new FollowedFile(
        staging.resolve(checked(key) + "." + UUID.randomUUID() + ".part"), ticks);
  }

  @Override
  public ResultFile publish(Staged staged, String key, long rows) {
    Path file = place(key);
    if (!(staged instanceof FollowedFile followed)
        || !staging.equals(followed.path().getParent())) {
      throw new IllegalArgumentException(staged.path() + " is not in " + staging);
    }
    try {
      // Hashed before it is visible: whoever finds the file can be told what it must be.
      String sha256 = followed.finish();
      Written written = followed.written();
      long bytes = Files.size(followed.path());
      if (written.rows() != rows || written.bytes() != bytes) {
        throw new IncompleteException(
            "The file has %d rows in %d of %d bytes, and should have %d rows"
                .formatted(written.rows(), written.bytes(), bytes, rows));
      }
      packed.drop(file); // Twice: a start after a crash must not find that of an earlier file,
      Durable.move(followed.path(), file);
      packed.drop(file); // and somebody may just have packed that one.
      return new ResultFile(key, bytes, rows, sha256);
    } catch (IOException e) {
      throw new UncheckedIOException("result " + key + " cannot be published", e);
    }
  }

  @Override
  public Optional<Stored> open(String key) {
    try {
      FileChannel channel = FileChannel.open(place(key), StandardOpenOption.READ);
      return Optional.of(new LocalFile(channel, channel.size()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("result " + key + " cannot be opened", e);
    }
  }

  @Override
  public Optional<Packed> packed(String key) {
    try {
      return packed.open(place(key));
    } catch (IOException e) {
      throw new UncheckedIOException("result " + key + " cannot be packed", e);
    }
  }

  @Override
  public boolean delete(String key) {
    try {
      packed.drop(place(key)); // Twice, as above.
      boolean deleted = Durable.delete(place(key));
      packed.drop(place(key));
      return deleted;
    } catch (IOException e) {
      throw new UncheckedIOException("result " + key + " cannot be deleted", e);
    }
  }

  @Override
  public void each(Predicate<Listed> told) {
    try {
      Files.walkFileTree(results, new Listing(told));
    } catch (IOException e) {
      throw new UncheckedIOException("results cannot be listed", e);
    }
  }

  private static final class Listing extends SimpleFileVisitor<Path> {
    private final Predicate<Listed> told;

    private Listing(Predicate<Listed> told) {
      this.told = told;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String key = String.valueOf(file.getFileName()).replaceFirst("\\.gz$", "");
      boolean on =
          !isKey(key) || told.test(new Listed(key, attributes.lastModifiedTime().toInstant()));
      return on ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE; // Deleted meanwhile.
      }
      throw e;
    }
  }

  private record LocalFile(FileChannel channel, long bytes) implements Stored {
    @Override
    public InputStream from(long offset) throws IOException {
      return Channels.newInputStream(channel.position(offset));
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private Path place(String key) {
    return file(results, key);
  }

  /// Where the file of a result lies. Spread over 256 folders by the end of the id: the start of
  /// one made from the time hardly differs from the next one's.
  ///
  /// @param results the folder of all
  public static Path file(Path results, String key) {
    return results.resolve(checked(key).substring(ID_LENGTH - 2, ID_LENGTH)).resolve(key);
  }

  private static String checked(String key) {
    if (!isKey(key)) {
      throw new IllegalArgumentException("not the key of a result: " + key);
    }
    return key;
  }
}
