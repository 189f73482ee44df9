package dev.reprise.server.engine;

/// How one run is told, from any thread, that its result is no longer wanted.
public final class Cancel {
  private volatile boolean requested;

  /// Ends the run soon, whether it has started or not. Asking again changes nothing.
  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }
}
