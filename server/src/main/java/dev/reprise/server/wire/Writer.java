package dev.reprise.server.wire;

import dev.reprise.api.RefusedException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/// Writes answers and refusals in the style of the path and the profile of the service.
public final class Writer {
  private static final String OWN_CALLS = "/reprise/";

  /// The content type of answers.
  public static final String JSON = "application/json; charset=utf-8";

  private static final Header JSON_TYPE = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, JSON);
  private static final Header PROBLEM_TYPE =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");

  private final WireProfile profile;

  public Writer(WireProfile profile) {
    this.profile = profile;
  }

  public WireProfile profile() {
    return profile;
  }

  void send(ServerResponse response, Answer answer) {
    json(response, 200, JSON_TYPE, Envelope.of(answer, profile));
  }

  /// Sends a record as it is, for our own calls.
  public void send(ServerResponse response, List<Field> fields) {
    json(response, 200, JSON_TYPE, Json.object(fields, name -> name));
  }

  /// Sends a refusal as the family of calls that the path belongs to promises.
  public void refuse(ServerRequest request, ServerResponse response, RefusedException refused) {
    String path = request.prologue().uriPath().path(); // Of a nested route, path() is a part only.
    byte[] body = refusal(path, refused);
    boolean head = request.prologue().method().equals(Method.HEAD);
    if (head) {
      response.contentLength(body.length);
    }
    Header type = isOwnCall(path) ? PROBLEM_TYPE : JSON_TYPE;
    json(response, refused.code().status(), type, head ? new byte[0] : body);
  }

  /// The content type of refusals in the family of calls that a path belongs to.
  public String refusalType(String path) {
    return isOwnCall(path) ? PROBLEM_TYPE.get() : JSON;
  }

  /// What a refusal looks like in the family of calls that a path belongs to.
  public byte[] refusal(String path, RefusedException refused) {
    if (!isOwnCall(path)) {
      return Envelope.of(refused, profile);
    }
    int status = refused.code().status();
    List<Field> problem =
        List.of(
            new Field("type", "about:blank"),
            new Field("title", Status.create(status).reasonPhrase()),
            new Field("status", status),
            new Field("detail", refused.text()),
            new Field("code", refused.code().name()));
    return Json.object(problem, name -> name);
  }

  /// What the request was doing, in words that complete "Internal error encountered while ...".
  public static String doing(ServerRequest request) {
    return Doing.of(request).orElse("answering the request");
  }

  /// The same, if it reached one of the calls.
  public static Optional<String> call(ServerRequest request) {
    return Doing.of(request);
  }

  private static boolean isOwnCall(String path) {
    return path.regionMatches(true, 0, OWN_CALLS, 0, OWN_CALLS.length());
  }

  private static void json(ServerResponse response, int status, Header type, byte[] body) {
    response.status(Status.create(status));
    response.header(type);
    response.send(body);
  }
}
