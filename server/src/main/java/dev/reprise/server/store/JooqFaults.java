package dev.reprise.server.store;

import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Which failures are those of the disk, and not of what should be written.
final class JooqFaults {
  private static final int PRIMARY = 0xff; // Extended codes keep the primary one in this byte.

  private JooqFaults() {}

  /// Why nothing can be written at all, in words that may leave the house; empty if a failure says
  /// nothing about that.
  static Optional<String> unwritable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return words(SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> words(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_FULL -> Optional.of("the disk is full");
      case SQLITE_IOERR -> Optional.of("the disk fails, or is full");
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> Optional.of("writing is not permitted");
      case SQLITE_BUSY, SQLITE_LOCKED -> Optional.of("another process holds it");
      case SQLITE_CORRUPT, SQLITE_NOTADB -> Optional.of("its file is damaged");
      default -> Optional.empty();
    };
  }
}
