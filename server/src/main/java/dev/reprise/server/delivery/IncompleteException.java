package dev.reprise.server.delivery;

/// A file does not hold what was to be written to it, so it is not published.
public final class IncompleteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String words;

  IncompleteException(String words) {
    super(words);
    this.words = words;
  }

  /// For the owner of the report.
  public String words() {
    return words;
  }
}
