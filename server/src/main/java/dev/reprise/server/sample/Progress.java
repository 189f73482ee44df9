package dev.reprise.server.sample;

/// Told of each dataset that is made, one call at a time.
@FunctionalInterface
public interface Progress {
  void made(String dataset, int done, int total);
}
