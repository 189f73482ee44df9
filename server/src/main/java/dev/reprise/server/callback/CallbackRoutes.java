package dev.reprise.server.callback;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.server.callback.Callback.Attempt;
import dev.reprise.server.callback.Callback.State;
import dev.reprise.server.callback.Secrets.Signing;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Page;
import dev.reprise.server.wire.RequestBody;
import dev.reprise.server.wire.Times;
import io.helidon.http.Method;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The calls on callbacks and their secrets.
public final class CallbackRoutes {
  /// How many callbacks one call sends again at most.
  static final int REPLAYED = 100_000;

  private static final String CALLBACKS = "/reprise/v1/callbacks";
  private static final Duration KEEP_OLD = Duration.ofHours(24);
  private static final Duration KEEP_OLD_LONGEST = Duration.ofDays(30);

  private final Callbacks callbacks;

  public CallbackRoutes(Callbacks callbacks) {
    this.callbacks = callbacks;
  }

  public void addTo(Calls calls) {
    calls.own(Method.GET, CALLBACKS, "getting the callbacks", this::list);
    calls.own(Method.GET, CALLBACKS + "/secret", "getting a callback secret", this::secret);
    calls.own(
        Method.POST, CALLBACKS + "/secret:rotate", "changing a callback secret", this::rotate);
    calls.own(Method.POST, CALLBACKS + ":replay", "replaying callbacks", this::replayMany);
    calls.own(
        Method.POST, CALLBACKS + "/{callbackId}:replay", "replaying a callback", this::replay);
  }

  private List<Field> list(Call call) {
    ReportId report =
        reportId(call.parameters().text("reportId"))
            .orElseThrow(() -> ErrorCode.VALUE_MISSING.because("reportId is required"));
    int skip = call.parameters().skip();
    var part = new Page.Part(skip, Limits.CALLBACKS_PER_ANSWER);
    Page<Callback> page = callbacks.list(report, part, call.caller());
    List<Field> answer = new ArrayList<>();
    answer.add(new Field("callbacks", page.records().stream().map(CallbackRoutes::view).toList()));
    int end = skip + page.records().size();
    if (end < page.total() && !page.records().isEmpty()) {
      answer.add(new Field("nextLink", call.linkAfter(end)));
    }
    return answer;
  }

  private List<Field> replay(Call call) {
    String id = call.segment("callbackId").orElse("");
    return ReportId.parse(id) // The same form.
        .map(parsed -> view(callbacks.replay(parsed.value(), call.caller())))
        .orElseThrow(() -> ErrorCode.ITEM_NOT_FOUND.because("callback " + id));
  }

  private List<Field> replayMany(Call call) {
    RequestBody body = call.body();
    body.refuseUnclear("since", "reportId", "state");
    String since = body.required("since");
    Instant from =
        Times.parseTimeOrDay(since, call.profile())
            .orElseThrow(() -> Times.notATime("since", since));
    List<State> states =
        body.text("state")
            .map(CallbackRoutes::state)
            .map(List::of)
            .orElse(List.of(State.DELIVERED, State.FAILED, State.GONE));
    int replayed = callbacks.replay(from, reportId(body.text("reportId")), states, call.caller());
    return List.of(new Field("replayed", replayed));
  }

  private static State state(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "delivered" -> State.DELIVERED;
      case "failed" -> State.FAILED;
      case "gone" -> State.GONE;
      default ->
          throw ErrorCode.VALUE_INVALID.because(
              "state should be delivered, failed or gone, it is " + text);
    };
  }

  private List<Field> secret(Call call) {
    Optional<ReportId> report = reportId(call.parameters().text("reportId"));
    return secrets(callbacks.secrets(report, call.caller()));
  }

  private List<Field> rotate(Call call) {
    RequestBody body = call.body();
    body.refuseUnclear("reportId", "keepOld");
    Duration keepOld = body.text("keepOld").map(CallbackRoutes::keepOld).orElse(KEEP_OLD);
    return secrets(callbacks.rotate(reportId(body.text("reportId")), keepOld, call.caller()));
  }

  private static Duration keepOld(String text) {
    try {
      Duration keep = Duration.parse(text);
      if (!keep.isNegative() && keep.compareTo(KEEP_OLD_LONGEST) <= 0) {
        return keep;
      }
    } catch (DateTimeException notADuration) {
      throw wrongKeepOld(text);
    }
    throw wrongKeepOld(text);
  }

  private static RuntimeException wrongKeepOld(String text) {
    return ErrorCode.VALUE_INVALID.because(
        "keepOld should be a duration from PT0S to P30D, such as PT24H, it is " + text);
  }

  private static Optional<ReportId> reportId(Optional<String> text) {
    return text.map(id ->
        ReportId.parse(id).orElseThrow(() -> ErrorCode.ITEM_NOT_FOUND.because("reportId " + id)));
  }

  private static List<Field> secrets(List<Signing> signing) {
    List<List<Field>> views =
        signing.stream()
            .map(one ->
                List.of(
                    new Field("secret", one.secret().text()),
                    new Field("until", one.until().map(Times::format).orElse(null))))
            .toList();
    return List.of(new Field("secrets", views));
  }

  private static List<Field> view(Callback callback) {
    return List.of(
        new Field("id", callback.execution().toString()),
        new Field("reportId", callback.report().toString()),
        new Field("slot", Times.format(callback.slot())),
        new Field("method", callback.method().name()),
        new Field("url", callback.url()),
        new Field("state", callback.state().word()),
        new Field("createdAt", Times.format(callback.createdAt())),
        new Field("nextAttemptAt", callback.next().map(Times::format).orElse(null)),
        new Field("endedAt", callback.endedAt().map(Times::format).orElse(null)),
        new Field("attempts", callback.attempts().stream().map(CallbackRoutes::view).toList()));
  }

  private static List<Field> view(Attempt attempt) {
    return List.of(
        new Field("number", attempt.number()),
        new Field("at", Times.format(attempt.at())),
        new Field("millis", attempt.millis()),
        new Field("status", attempt.status().orElse(null)),
        new Field("error", attempt.error().orElse(null)));
  }
}
