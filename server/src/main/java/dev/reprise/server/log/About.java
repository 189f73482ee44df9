package dev.reprise.server.log;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the current thread works on, so that every line it logs says so, also those of libraries:
/// the correlation id of a request, or the execution that is made.
public final class About {
  private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

  private About() {}

  /// Does the work; what is logged meanwhile is about `what`.
  public static <T extends @Nullable Object> T during(String what, Supplier<T> work) {
    return during(Optional.of(what), work);
  }

  /// Does work on behalf of what another thread had as its [#current].
  public static <T extends @Nullable Object> T during(Optional<String> what, Supplier<T> work) {
    String before = CURRENT.get();
    CURRENT.set(what.orElse(null));
    try {
      return work.get();
    } finally {
      CURRENT.set(before);
    }
  }

  public static Optional<String> current() {
    return Optional.ofNullable(CURRENT.get());
  }
}
