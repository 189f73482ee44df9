package dev.reprise.server.wire;

import dev.reprise.server.access.Caller;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The calls of all features: each a method, a path in any casing, and what it does in words.
///
/// A call is made only for a caller with a valid token and a role, unless it is open to everybody.
/// A path that is known under other methods answers 405.
public final class Calls {
  /// Carries out one call.
  @FunctionalInterface
  public interface Handler {
    Answer answer(Call call);
  }

  /// Answers a call that is open to everybody.
  @FunctionalInterface
  public interface OpenHandler {
    /// Sends the answer.
    ///
    /// @param segments those that the path leaves open, by name, all in lower case
    void answer(ServerRequest request, ServerResponse response, Map<String, String> segments);
  }

  /// Lets a request in, or refuses it.
  @FunctionalInterface
  public interface Access {
    /// Who makes the request; headers that the answer should carry are set here.
    Caller admit(ServerRequest request, ServerResponse response);
  }

  private final Writer writer;
  private final Access access;
  private final BaseUrl baseUrl;
  private final List<Route> routes = new ArrayList<>();

  public Calls(Writer writer, Access access, BaseUrl baseUrl) {
    this.baseUrl = baseUrl;
    this.writer = writer;
    this.access = access;
  }

  /// Adds a call; of several that fit a request, the one added first is made.
  ///
  /// @param path such as `/pause/{reportId}`
  /// @param doing completes "Internal error encountered while ..."
  public Calls on(Method method, String path, String doing, Handler handler) {
    return closed(
        method, path, doing, (call, response) -> writer.send(response, handler.answer(call)));
  }

  /// Adds a call of our own, which answers the record as it is.
  public Calls own(Method method, String path, String doing, Function<Call, List<Field>> handler) {
    return closed(
        method, path, doing, (call, response) -> writer.send(response, handler.apply(call)));
  }

  /// Adds a call that everybody may make, with a token or without.
  public Calls open(Method method, String path, String doing, OpenHandler handler) {
    var marked = new Doing(doing, method.text() + " " + path);
    routes.add(new Route(method, FoldedPath.of(path), path, marked, handler));
    return this;
  }

  /// The methods of each path added, such as `/pause/{reportId}`.
  public Map<String, Set<Method>> offered() {
    Map<String, Set<Method>> offered = new LinkedHashMap<>();
    for (Route route : routes) {
      offered.computeIfAbsent(route.pattern(), path -> new LinkedHashSet<>()).add(route.method());
    }
    return offered;
  }

  /// Takes requests, once all calls are added. What is none of them is left to others.
  public void addTo(HttpRules rules) {
    rules.any(this::answer);
  }

  private Calls closed(
      Method method, String path, String doing, BiConsumer<Call, ServerResponse> handler) {
    return open(
        method,
        path,
        doing,
        (request, response, segments) -> {
          Caller caller = access.admit(request, response);
          caller.requireRole();
          handler.accept(new Call(request, caller, writer.profile(), baseUrl, segments), response);
        });
  }

  private void answer(ServerRequest request, ServerResponse response) {
    // Cut once and compared with each: matchers of the server's own would each cut it again.
    List<String> path = FoldedPath.cut(request.path().rawPath());
    Method method = request.prologue().method();
    Set<String> others = new LinkedHashSet<>();
    for (Route route : routes) {
      if (route.path().fits(path)) {
        if (route.method().equals(method)) {
          Doing.mark(request, route.doing());
          route.handler().answer(request, response, route.path().parameters(path));
          return;
        }
        others.add(route.method().text());
      }
    }
    if (others.isEmpty()) {
      response.next();
      return;
    }
    throw OtherMethods.refused(String.join(", ", others), response);
  }

  private record Route(
      Method method, FoldedPath path, String pattern, Doing doing, OpenHandler handler) {}
}
