package dev.reprise.server.store;

import org.jspecify.annotations.Nullable;

/// The store could not keep or find something: a full disk, a closed store. Nothing was changed,
/// and another try may go well.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// What began it, in one line for the log: a full disk needs no stack.
  public String why() {
    Throwable first = this;
    for (Throwable cause = this; cause != null; cause = cause.getCause()) {
      first = cause;
    }
    return String.valueOf(first.getMessage());
  }
}
