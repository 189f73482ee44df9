package dev.reprise.server.dataset;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import io.helidon.http.Method;

/// Where the calls of a program are found, and which program a call is made under.
public final class Programs {
  private static final String BASE = "/insights/{version}/{program}";

  /// An old name of `/insights/v1/cmp`.
  private static final String OLD_BASE = "/analytics/{program}";

  private static final String OLD_PROGRAM = "cmp";

  private final Catalog catalog;

  public Programs(Catalog catalog) {
    this.catalog = catalog;
  }

  /// Adds a call under every base path.
  public void on(Calls calls, Method method, String path, String doing, Calls.Handler handler) {
    calls.on(method, BASE + path, doing, handler);
    calls.on(method, OLD_BASE + path, doing, handler);
  }

  /// The program in the path of a call.
  public Program of(Call call) {
    call.version(); // Refuses a path with a version that there is not.
    String name = call.segment("program").orElse("");
    boolean known = call.segment("version").isPresent() || name.equals(OLD_PROGRAM);
    return catalog
        .program(name)
        .filter(program -> known)
        .orElseThrow(() -> ErrorCode.PATH_UNKNOWN.because("there is no program " + name));
  }
}
