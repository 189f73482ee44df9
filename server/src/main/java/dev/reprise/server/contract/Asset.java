package dev.reprise.server.contract;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Bytes that browsers ask for, and by which tag they ask whether these have changed.
final class Asset {
  private static final int TAG_BYTES = 16;

  final String type;
  final byte[] bytes;
  final String tag;

  Asset(String type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
    this.tag = "\"" + HexFormat.of().formatHex(sha256(bytes), 0, TAG_BYTES) + "\"";
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
