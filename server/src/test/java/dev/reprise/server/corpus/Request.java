package dev.reprise.server.corpus;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/// The request of a case, with all names filled in.
///
/// @param path from the root, with the query string
public record Request(String method, String path, List<String> headers, String body) {
  private static final DumpSettings AS_JSON =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.FLOW)
          .setDefaultScalarStyle(ScalarStyle.JSON_SCALAR_STYLE)
          .setWidth(Integer.MAX_VALUE)
          .build();

  /// The request that a case means.
  ///
  /// @param base where the calls are found, such as `/insights/v1/cmp`
  public static Request of(Case from, Given given, String base) {
    String[] call = given.fill(from.text("call")).split(" ", 2);
    String parameters =
        from.map("query").entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(given.fill("" + entry.getValue())))
            .collect(Collectors.joining("&"));
    String joint = parameters.isEmpty() ? "" : call[1].contains("?") ? "&" : "?";
    Object body = given.fillAll(from.values().get("body"));
    List<String> headers = new ArrayList<>();
    if (body != null) {
      headers.addAll(List.of("Content-Type", "Application/JSON"));
    }
    from.map("headers").forEach((name, value) -> headers.addAll(List.of("" + name, "" + value)));
    return new Request(call[0], base + "/" + call[1] + joint + parameters, headers, json(body));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String json(@Nullable Object body) {
    return switch (body) {
      case null -> "";
      case String text -> text;
      default -> new Dump(AS_JSON).dumpToString(body);
    };
  }

  /// Sends it.
  ///
  /// @param token how the caller shows its token: as the corpus says it
  public Reply send(Api caller, String token) {
    List<String> all = new ArrayList<>(headers);
    Api sender = token.equals("bearer") ? caller : caller.withToken(Optional.empty());
    switch (token) {
      case "bearer", "none" -> {}
      case "ticket" -> all.addAll(List.of("X-AadUserTicket", caller.token()));
      default -> all.addAll(List.of("Authorization", token));
    }
    return sender.send(method, path, body, all);
  }
}
