package dev.reprise.server.callback;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.server.access.Caller;
import dev.reprise.server.callback.Inbox.Received;
import dev.reprise.server.callback.Inbox.Signature;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.Scope;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Parameters;
import dev.reprise.server.wire.Times;
import dev.reprise.server.wire.Writer;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The built-in receiver of callbacks; its calls exist only when the test clock runs. Callbacks
/// have no token, only a signature.
public final class InboxRoutes {
  /// Where callbacks are sent to.
  public static final String INBOX = "/reprise/v1/inbox";

  private static final HeaderName ID = HeaderNames.create("webhook-id");
  private static final HeaderName TIMESTAMP = HeaderNames.create("webhook-timestamp");
  private static final HeaderName SIGNATURE = HeaderNames.create("webhook-signature");
  private static final String ANSWER = "answer";

  /// Of a body: ours have half a kilobyte, and whoever finds the inbox may write to it.
  private static final int LARGEST = 16 * 1024;

  private final Inbox inbox;
  private final Writer writer;
  private final Calls.Access access;

  /// @param access lets those in who look at what came
  public InboxRoutes(Inbox inbox, Writer writer, Calls.Access access) {
    this.inbox = inbox;
    this.writer = writer;
    this.access = access;
  }

  public void addTo(Calls calls) {
    calls.open(Method.GET, INBOX, "getting what came into the inbox", this::get);
    calls.open(Method.POST, INBOX + "/{reportId}", "taking a callback", this::post);
  }

  /// A callback by GET, or somebody who looks.
  private void get(ServerRequest request, ServerResponse response, Map<String, String> segments) {
    Parameters parameters = Parameters.parse(request.query().rawValue());
    if (request.headers().contains(ID)) {
      receive(request, response, parameters.text("reportId").orElse(""));
      return;
    }
    Caller caller = access.admit(request, response);
    caller.requireRole();
    Optional<ReportId> report = parameters.text("reportId").map(InboxRoutes::reportId);
    List<List<Field>> received =
        inbox.list(report, Scope.ofAllPrograms(caller), Limits.RECORDS_PER_ANSWER).stream()
            .map(InboxRoutes::view)
            .toList();
    writer.send(response, List.of(new Field("received", received)));
  }

  private void post(ServerRequest request, ServerResponse response, Map<String, String> segments) {
    receive(request, response, segments.getOrDefault("reportid", ""));
  }

  private void receive(ServerRequest request, ServerResponse response, String report) {
    int answer = answer(Parameters.parse(request.query().rawValue()));
    var signature =
        new Signature(header(request, ID), header(request, TIMESTAMP), header(request, SIGNATURE));
    String method = request.prologue().method().text();
    if (!inbox.receive(reportId(report), method, signature, body(request), answer)) {
      throw unknown(report);
    }
    response.status(Status.create(answer)).send();
  }

  /// What the address asks to be answered, to see what becomes of a callback that fails.
  private static int answer(Parameters parameters) {
    String text = parameters.text(ANSWER).orElse("204");
    if (!text.matches("[2-5][0-9]{2}")) {
      throw ErrorCode.VALUE_INVALID.because(
          ANSWER + " should be a status from 200 to 599, it is " + text);
    }
    return Integer.parseInt(text);
  }

  private static ReportId reportId(String text) {
    return ReportId.parse(text).orElseThrow(() -> unknown(text));
  }

  private static RuntimeException unknown(String report) {
    return ErrorCode.ITEM_NOT_FOUND.because("reportId " + report);
  }

  private static String header(ServerRequest request, HeaderName name) {
    return request.headers().first(name).orElse("");
  }

  private static String body(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return "";
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw ErrorCode.REQUEST_TOO_LARGE.refuse(LARGEST);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a callback that broke off", e);
    }
  }

  private static List<Field> view(Received received) {
    return List.of(
        new Field("at", Times.format(received.at())),
        new Field("reportId", received.report().toString()),
        new Field("method", received.method()),
        new Field("id", received.signature().id()),
        new Field("timestamp", received.signature().timestamp()),
        new Field("signature", received.signature().signatures()),
        new Field("signed", received.signed()),
        new Field("body", received.body()),
        new Field("answered", received.answered()));
  }
}
