package dev.reprise.server.dataset;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.wire.ApiVersion;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

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

  /// Adds a page under every base path.
  public void page(Calls calls, String path, Calls.Page page) {
    calls.page(BASE + path, page);
    calls.page(OLD_BASE + path, page);
  }

  /// The program in the path of a call.
  public Program of(Call call) {
    call.version(); // Refuses a path with a version that there is not.
    return of(call.segment("version"), call.segment("program").orElse(""));
  }

  /// The base path that a page was asked for under.
  public Base base(ServerRequest request) {
    Parameters segments = request.path().pathParameters();
    Optional<String> version = segments.first("version").asOptional();
    String name = segments.first("program").orElse("");
    Program program = of(version, name);
    String path = version.map(v -> "/insights/" + v + "/").orElse("/analytics/") + program.name();
    return new Base(path, program, ApiVersion.in(version));
  }

  private Program of(Optional<String> version, String name) {
    boolean known = version.isPresent() || name.equals(OLD_PROGRAM);
    return catalog
        .program(name)
        .filter(program -> known)
        .orElseThrow(() -> ErrorCode.PATH_UNKNOWN.because("there is no program " + name));
  }

  /// Where calls of a program are found.
  ///
  /// @param path such as `/insights/v1/cmp`
  public record Base(String path, Program program, ApiVersion version) {}
}
