package dev.reprise.server;

import dev.reprise.server.access.discovery.Issuers;
import dev.reprise.server.node.Node;
import dev.reprise.server.watchdog.Findings;
import dev.reprise.server.watchdog.Findings.Healed;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Json;
import dev.reprise.server.wire.OtherMethods;
import dev.reprise.server.wire.Times;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether the service lives, and whether it can take requests; for those who watch it.
///
/// A token issuer that cannot be reached is told of and does not make the service unready: another
/// process of it could not do better.
final class HealthRoutes implements HttpService {
  private final Supplier<Optional<String>> trouble;
  private final Issuers issuers;
  private final Supplier<Findings> watchdog;
  private final Supplier<List<Node>> nodes;

  /// @param trouble what keeps the service from its work at the moment, in words for everybody
  /// @param nodes all that serve the store, if there can be others than this one
  HealthRoutes(
      Supplier<Optional<String>> trouble,
      Issuers issuers,
      Supplier<List<Node>> nodes,
      Supplier<Findings> watchdog) {
    this.trouble = trouble;
    this.issuers = issuers;
    this.nodes = nodes;
    this.watchdog = watchdog;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/health", this::alive)
        .head("/health", this::alive)
        .get("/health/ready", this::ready)
        .head("/health/ready", this::ready)
        .any("/health", OtherMethods.than("GET, HEAD"))
        .any("/health/ready", OtherMethods.than("GET, HEAD"));
  }

  private void alive(ServerRequest request, ServerResponse response) {
    answer(request, response, true, List.of(status(true)));
  }

  private void ready(ServerRequest request, ServerResponse response) {
    Optional<String> reason = trouble.get();
    List<Field> fields = new ArrayList<>();
    fields.add(status(reason.isEmpty()));
    reason.ifPresent(text -> fields.add(new Field("reason", text)));
    List<Issuers.State> states = issuers.states();
    if (!states.isEmpty()) {
      fields.add(new Field("issuers", states.stream().map(HealthRoutes::issuer).toList()));
    }
    List<Node> living = nodes.get();
    if (!living.isEmpty()) {
      fields.add(new Field("nodes", living.stream().map(HealthRoutes::view).toList()));
    }
    Findings findings = watchdog.get();
    if (findings.healed() + findings.unhealed() > 0) {
      fields.add(new Field("watchdog", view(findings)));
    }
    answer(request, response, reason.isEmpty(), fields);
  }

  private static List<Field> issuer(Issuers.State state) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("issuer", state.issuer()));
    fields.add(status(state.usable()));
    if (!state.current()) { // Why is for the log: it may name what only we can reach.
      fields.add(new Field("fault", "its keys could not be fetched; the log says why"));
    }
    return fields;
  }

  private static List<Field> view(Node node) {
    return List.of(
        new Field("name", node.name()),
        new Field("started", Times.format(node.started())),
        new Field("seen", Times.format(node.seen())),
        new Field("leaseUntil", Times.format(node.until())));
  }

  private static List<Field> view(Findings findings) {
    return List.of(
        new Field("rounds", findings.rounds()),
        new Field("checked", findings.checked()),
        new Field("healed", findings.healed()),
        new Field("unhealed", findings.unhealed()),
        new Field("lastHealed", findings.last().stream().map(HealthRoutes::view).toList()));
  }

  private static List<Field> view(Healed healed) {
    return List.of(
        new Field("reportId", healed.report().toString()),
        new Field("at", Times.format(healed.at())),
        new Field("what", healed.what()));
  }

  private static Field status(boolean up) {
    return new Field("status", up ? "UP" : "DOWN");
  }

  private static void answer(
      ServerRequest request, ServerResponse response, boolean up, List<Field> fields) {
    response.status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    byte[] body = Json.object(fields, name -> name);
    if (request.prologue().method().equals(Method.HEAD)) {
      response.contentLength(body.length);
      response.send();
    } else {
      response.send(body);
    }
  }
}
