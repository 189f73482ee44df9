package dev.reprise.server.wire;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.access.Caller;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The calls of all features: each a method, a path in any casing, and what it does in words.
///
/// A call is made only for a caller with a valid token and a role. A path that is known under other
/// methods answers 405.
public final class Calls {
  /// Carries out one call.
  @FunctionalInterface
  public interface Handler {
    Answer answer(Call call);
  }

  private final Writer writer;
  private final Function<ServerRequest, Caller> access;
  private final List<Route> routes = new ArrayList<>();

  public Calls(Writer writer, Function<ServerRequest, Caller> access) {
    this.writer = writer;
    this.access = access;
  }

  /// Adds a call; of several that fit a request, the one added first is made.
  ///
  /// @param path such as `/pause/{reportId}`
  /// @param doing completes "Internal error encountered while ..."
  public Calls on(Method method, String path, String doing, Handler handler) {
    return route(
        method, path, doing, (call, response) -> writer.send(response, handler.answer(call)));
  }

  /// Adds a call of our own, which answers the record as it is.
  public Calls own(Method method, String path, String doing, Function<Call, List<Field>> handler) {
    return route(
        method, path, doing, (call, response) -> writer.send(response, handler.apply(call)));
  }

  /// Takes requests, once all calls are added. What is none of them is left to others.
  public void addTo(HttpRules rules) {
    rules.any(this::answer);
  }

  private Calls route(
      Method method, String path, String doing, BiConsumer<Call, ServerResponse> handler) {
    routes.add(new Route(method, FoldedPath.of(path), doing, handler));
    return this;
  }

  private void answer(ServerRequest request, ServerResponse response) {
    // Cut once and compared with each: matchers of the server's own would each cut it again.
    List<String> path = FoldedPath.cut(request.path().rawPath());
    Method method = request.prologue().method();
    Set<String> others = new LinkedHashSet<>();
    for (Route route : routes) {
      if (route.path().fits(path)) {
        if (route.method().equals(method)) {
          make(route, path, request, response);
          return;
        }
        others.add(route.method().text());
      }
    }
    if (others.isEmpty()) {
      response.next();
      return;
    }
    String allow = String.join(", ", others);
    response.header("Allow", allow);
    throw ErrorCode.METHOD_NOT_ALLOWED.because("use " + allow);
  }

  private void make(
      Route route, List<String> path, ServerRequest request, ServerResponse response) {
    Doing.mark(request, route.doing());
    Caller caller = access.apply(request);
    caller.requireRole();
    Call call = new Call(request, caller, writer.profile(), route.path().parameters(path));
    route.handler().accept(call, response);
  }

  private record Route(
      Method method, FoldedPath path, String doing, BiConsumer<Call, ServerResponse> handler) {}
}
