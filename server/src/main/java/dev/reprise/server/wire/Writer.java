package dev.reprise.server.wire;

import dev.reprise.api.RefusedException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

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
    int status = refused.code().status();
    // A download's handler sees only the end of its path.
    if (!isOwnCall(request.path().absolute().path())) {
      json(response, status, JSON_TYPE, Envelope.of(refused, profile));
      return;
    }
    List<Field> problem =
        List.of(
            new Field("type", "about:blank"),
            new Field("title", Status.create(status).reasonPhrase()),
            new Field("status", status),
            new Field("detail", refused.text()),
            new Field("code", refused.code().name()));
    json(response, status, PROBLEM_TYPE, Json.object(problem, name -> name));
  }

  /// A refusal in the envelope.
  public byte[] envelope(RefusedException refused) {
    return Envelope.of(refused, profile);
  }

  /// What the request was doing, in words that complete "Internal error encountered while ...".
  public static String doing(ServerRequest request) {
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
