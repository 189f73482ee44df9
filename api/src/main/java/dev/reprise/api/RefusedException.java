package dev.reprise.api;

/// A request that the service will not carry out, for a reason the caller can act on.
///
/// - Shape: the message is complete and meant for the caller: the text of the code, then the
///   detail.
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  RefusedException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /// Why it was refused.
  public ErrorCode code() {
    return code;
  }

  /// The complete text for the caller.
  public String text() {
    String text = getMessage();
    return text == null ? code.text() : text;
  }
}
