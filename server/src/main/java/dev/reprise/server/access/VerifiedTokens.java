package dev.reprise.server.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Tokens whose signature and claims were found good, so that the costly part is done once.
///
/// - Shape: two generations. A token enters the young one; when that is full it becomes the old one
///   and the old one is forgotten. What is still in use moves back to the young one when found.
/// - Limits: holds at most the number given. Whether a token is still within its time, and its key
///   still given out, is for the reader to check.
final class VerifiedTokens {
  /// A token found good, and what may still change about that.
  record Verified(TokenVerifier.Known known, Instant notBefore, Instant expires, Signer signer) {}

  /// The key that the signature was checked with, and where it came from.
  record Signer(KeySource keys, String keyId, PublicKey key) {
    boolean isCurrent() {
      return keys.key(keyId).filter(key::equals).isPresent();
    }
  }

  /// Stands for a token without being one: what is kept in memory cannot be sent as a token.
  record Fingerprint(ByteBuffer sha256) {
    static Fingerprint of(String token) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] bytes = digest.digest(token.getBytes(StandardCharsets.UTF_8));
        return new Fingerprint(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
      }
    }
  }

  private record Generations(Map<Fingerprint, Verified> young, Map<Fingerprint, Verified> old) {}

  private final int generationLimit;
  private volatile Generations generations =
      new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

  VerifiedTokens(int limit) {
    if (limit < 2) {
      throw new IllegalArgumentException("limit " + limit + " is below 2");
    }
    generationLimit = limit / 2;
  }

  Optional<Verified> find(Fingerprint fingerprint) {
    Generations now = generations;
    Verified young = now.young().get(fingerprint);
    if (young != null) {
      return Optional.of(young);
    }
    Optional<Verified> old = Optional.ofNullable(now.old().get(fingerprint));
    old.ifPresent(verified -> keep(fingerprint, verified));
    return old;
  }

  synchronized void keep(Fingerprint fingerprint, Verified verified) {
    if (generations.young().size() >= generationLimit) {
      generations = new Generations(new ConcurrentHashMap<>(), generations.young());
    }
    generations.young().put(fingerprint, verified);
  }

  synchronized void forget(Fingerprint fingerprint) {
    generations.young().remove(fingerprint);
    generations.old().remove(fingerprint);
  }

  int size() {
    Generations now = generations;
    return now.young().size() + now.old().size();
  }
}
