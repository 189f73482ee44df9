package dev.reprise.server.delivery;

import dev.reprise.server.file.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that sign links: one for a month, then the next. Those before it are believed for as
/// long as a link may work.
///
/// - Shape: `links-{seconds since 1970}-{random}.key` in the folder of the keys, 32 random bytes
///   each; two services that make one at the same time make two. Who removes one makes the links
///   that it signed invalid, after a minute at the latest.
/// - Limits: they go by the real clock, whatever the service's is; all that are believed are tried,
///   five at most.
final class LinkKeys {
  private static final Logger LOG = LoggerFactory.getLogger(LinkKeys.class);
  private static final Pattern NAME = Pattern.compile("links-([0-9]{1,12})-[0-9a-f]{8}\\.key");
  private static final Duration SIGNS = Duration.ofDays(30);
  private static final Duration LONGEST_LINK = Duration.ofDays(90);

  /// How old what was read may be; a key that another service on the same folder has just made may
  /// be missing from it, so it is read again sooner for a link that none of them has signed.
  private static final Duration FRESH = Duration.ofMinutes(1);

  private static final Duration FRESH_ENOUGH = Duration.ofSeconds(1);

  private final Path folder;
  private final String algorithm;
  private final InstantSource realClock;
  private final LongSupplier nanoTime;
  private List<Key> keys = List.of(); // Newest first; guarded by this, as is the next.
  private long readNanos;

  private record Key(Path file, Instant since, SecretKeySpec secret) {}

  /// Reads the keys of a folder, and makes the first.
  ///
  /// @param nanoTime by which what was read grows old
  LinkKeys(Path folder, String algorithm, InstantSource realClock, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.folder = folder;
    this.algorithm = algorithm;
    this.realClock = realClock;
    read();
  }

  /// What signs now.
  synchronized SecretKeySpec signing() {
    readIfOlderThan(FRESH);
    return keys.getFirst().secret();
  }

  /// What may have signed a link that still works, newest first.
  synchronized List<SecretKeySpec> believed() {
    readIfOlderThan(FRESH);
    return keys.stream().map(Key::secret).toList();
  }

  /// The same, as it is now.
  ///
  /// @return none if it was looked at only just before
  synchronized List<SecretKeySpec> believedNow() {
    return readIfOlderThan(FRESH_ENOUGH) ? believed() : List.of();
  }

  private boolean readIfOlderThan(Duration age) {
    boolean old = nanoTime.getAsLong() - readNanos > age.toNanos();
    if (old) {
      try {
        read();
      } catch (UncheckedIOException e) {
        LOG.error("Links are signed and believed as before: {}", e.getMessage(), e);
        readNanos = nanoTime.getAsLong();
      }
    }
    return old;
  }

  private synchronized void read() {
    Instant now = realClock.instant();
    try {
      Files.createDirectories(folder);
      List<Key> found = found();
      if (found.isEmpty()) {
        found.add(made(now));
      } else if (!found.getFirst().since().plus(SIGNS).isAfter(now)) {
        found.addFirst(made(now));
        LOG.info("Links are signed with {} from now on", found.getFirst().file().getFileName());
      }
      while (found.get(found.size() - 1).since().plus(SIGNS).plus(LONGEST_LINK).isBefore(now)) {
        Files.deleteIfExists(found.removeLast().file());
      }
      keys = List.copyOf(found);
      readNanos = nanoTime.getAsLong();
    } catch (IOException e) {
      throw new UncheckedIOException("the keys of links in " + folder + " cannot be read", e);
    }
  }

  private List<Key> found() throws IOException {
    List<Key> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        Matcher shape = NAME.matcher(name);
        if (shape.matches()) {
          Instant since = Instant.ofEpochSecond(Long.parseLong(shape.group(1)));
          found.add(key(file, since, KeyFile.read(file)));
        }
      }
    }
    found.sort(Comparator.comparing(Key::since).reversed());
    return found;
  }

  private Key made(Instant now) {
    String name = "links-%d-%08x.key".formatted(now.getEpochSecond(), new SecureRandom().nextInt());
    return key(folder.resolve(name), now, KeyFile.in(folder, name));
  }

  private Key key(Path file, Instant since, byte[] secret) {
    return new Key(file, since, new SecretKeySpec(secret, algorithm));
  }
}
