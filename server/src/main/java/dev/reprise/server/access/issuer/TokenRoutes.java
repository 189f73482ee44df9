package dev.reprise.server.access.issuer;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.access.issuer.TokenAnswer.Denied;
import dev.reprise.server.access.issuer.TokenAnswer.Granted;
import dev.reprise.server.access.issuer.TokenJson.Trace;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;

/// The calls of the token service: tokens, the key they are signed with, and where to find both.
final class TokenRoutes implements HttpService {
  private final TokenService service;
  private final SigningKey key;
  private final Addresses addresses;

  TokenRoutes(TokenService service, SigningKey key, Addresses addresses) {
    this.service = service;
    this.key = key;
    this.addresses = addresses;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/{tenant}/oauth2/token", token(Version.V1))
        .post("/{tenant}/oauth2/v2.0/token", token(Version.V2))
        .get("/{tenant}/discovery/keys", this::keys)
        .get("/{tenant}/discovery/v2.0/keys", this::keys)
        .get("/{tenant}/.well-known/openid-configuration", discovery(Version.V1))
        .get("/{tenant}/v2.0/.well-known/openid-configuration", discovery(Version.V2))
        .any("/{tenant}/oauth2/token", only("POST"))
        .any("/{tenant}/oauth2/v2.0/token", only("POST"))
        .any("/{tenant}/discovery/keys", only("GET"))
        .any("/{tenant}/discovery/v2.0/keys", only("GET"))
        .any("/{tenant}/.well-known/openid-configuration", only("GET"))
        .any("/{tenant}/v2.0/.well-known/openid-configuration", only("GET"));
  }

  private Handler token(Version version) {
    return (request, response) -> {
      byte[] body = body(request);
      Optional<Form> form = Form.parse(body);
      if (form.isEmpty()) {
        Denied denied =
            body.length > Form.LIMIT
                ? TokenFault.FORM_TOO_LARGE.deny(Form.LIMIT)
                : TokenFault.FORM_MALFORMED.deny();
        send(request, response, denied);
        return;
      }
      Optional<String> authorization = request.headers().first(HeaderNames.AUTHORIZATION);
      send(
          request,
          response,
          service.answer(new TokenRequest(version, tenant(request), form.get(), authorization)));
    };
  }

  private Handler discovery(Version version) {
    return (request, response) ->
        TokenService.tenant(tenant(request))
            .ifPresentOrElse(
                tenant -> json(response).send(TokenJson.discovery(addresses, version, tenant)),
                () -> send(request, response, TokenFault.TENANT_INVALID.deny(tenant(request))));
  }

  private static Handler only(String method) {
    return (request, response) -> {
      response.header(HeaderNames.ALLOW, method);
      throw ErrorCode.METHOD_NOT_ALLOWED.because("use " + method);
    };
  }

  private void keys(ServerRequest request, ServerResponse response) {
    json(response).send(TokenJson.keys(key));
  }

  private void send(ServerRequest request, ServerResponse response, TokenAnswer answer) {
    json(response)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .header(HeaderNames.PRAGMA, "no-cache");
    switch (answer) {
      case Granted granted -> response.send(TokenJson.granted(granted));
      case Denied denied -> {
        if (denied.fault().status() == 401) {
          response.header(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"token\"");
        }
        response.status(denied.fault().status()).send(TokenJson.denied(denied, trace(request)));
      }
    }
  }

  /// The correlation id is the client's own when it sent one, as with the real service.
  private Trace trace(ServerRequest request) {
    String correlationId =
        request
            .headers()
            .first(HeaderNames.create("client-request-id"))
            .orElseGet(() -> UUID.randomUUID().toString());
    return new Trace(service.now(), UUID.randomUUID(), correlationId);
  }

  private static ServerResponse json(ServerResponse response) {
    return response.header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
  }

  private static String tenant(ServerRequest request) {
    return request.path().pathParameters().get("tenant");
  }

  /// The body, or its first bytes up to one more than a form may have.
  private static byte[] body(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream in = request.content().inputStream()) {
      return in.readNBytes(Form.LIMIT + 1);
    } catch (IOException | RuntimeException e) {
      throw ErrorCode.BODY_INVALID.because("it does not arrive as its headers say");
    }
  }
}
