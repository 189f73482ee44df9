package dev.reprise.server.history;

import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Json;
import dev.reprise.server.wire.Times;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How entries hold on to each other: each carries the SHA-256 of the hash before it, in hex, and
/// of its own canonical form, which is one line of JSON in UTF-8.
///
/// - Source: the lifecycle, "What is kept"; `docs/history.md` shows how to check it by hand.
final class Chain {
  /// What stands before the first entry.
  static final String BEGIN = "0".repeat(64);

  private Chain() {}

  /// The entry that follows another.
  ///
  /// @param sequence of the entry itself
  static Entry link(Subject subject, int sequence, String previousHash, Event event) {
    return new Entry(sequence, event, previousHash, hash(subject, sequence, previousHash, event));
  }

  /// The hash that an entry should carry.
  static String hash(Subject subject, int sequence, String previousHash, Event event) {
    MessageDigest digest = sha256();
    digest.update(previousHash.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(digest.digest(canonical(subject, sequence, event)));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] canonical(Subject subject, int sequence, Event event) {
    return Json.object(
        List.of(
            new Field("reportId", subject.report().toString()),
            new Field("program", subject.program()),
            new Field("tenant", subject.tenant()),
            new Field("user", subject.user()),
            new Field("sequence", sequence),
            new Field("at", Times.format(event.at())),
            new Field("who", event.who()),
            new Field("what", event.what()),
            new Field("reason", event.reason().orElse(null)),
            new Field("client", event.client().orElse(null)),
            new Field("before", json(event.before())),
            new Field("after", json(event.after()))),
        name -> name);
  }

  static @Nullable Object json(Optional<String> text) {
    return text.map(Json.Text::new).orElse(null);
  }
}
