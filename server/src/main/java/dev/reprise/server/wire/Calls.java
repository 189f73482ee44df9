package dev.reprise.server.wire;

import dev.reprise.server.access.Caller;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// The calls that a feature offers: each a method, a path in any casing, and what it does in words.
///
/// A call is made only for a caller with a valid token and a role. A path that is known under other
/// methods answers 405.
public final class Calls {
  /// Carries out one call.
  @FunctionalInterface
  public interface Handler {
    Answer answer(Call call);
  }

  /// Lets a request in, or refuses it.
  @FunctionalInterface
  public interface Access {
    /// Who makes the request; headers that the answer should carry are set here.
    Caller admit(ServerRequest request, ServerResponse response);
  }

  private final HttpRules rules;
  private final Writer writer;
  private final Access access;
  private final Map<String, List<Method>> methods = new LinkedHashMap<>();

  public Calls(HttpRules rules, Writer writer, Access access) {
    this.rules = rules;
    this.writer = writer;
    this.access = access;
  }

  /// Adds a call.
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

  /// Refuses the other methods of all paths added; call it last.
  public void refuseOtherMethods() {
    methods.forEach((path, allowed) -> {
      PathMatcher matcher = new FoldedPath(path);
      String allow = String.join(", ", allowed.stream().map(Method::text).toList());
      rules.route(Method.predicate(), matcher, OtherMethods.than(allow));
    });
  }

  private Calls route(
      Method method, String path, String doing, BiConsumer<Call, ServerResponse> handler) {
    methods.computeIfAbsent(path, key -> new ArrayList<>()).add(method);
    rules.route(
        method,
        new FoldedPath(path),
        (request, response) -> {
          Doing.mark(request, doing);
          Caller caller = access.admit(request, response);
          caller.requireRole();
          handler.accept(new Call(request, caller, writer.profile()), response);
        });
    return this;
  }
}
