package dev.reprise.server.clock;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.clock.TimeMachine.Move;
import dev.reprise.server.clock.TimeMachine.Target;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.RequestBody;
import dev.reprise.server.wire.Times;
import io.helidon.http.Method;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The calls that read and move the test clock; they exist only when it runs.
public final class ClockRoutes {
  private static final String CLOCK = "/reprise/v1/clock";

  /// The furthest that one call moves the clock.
  private static final Period FURTHEST = Period.ofYears(20);

  private final TimeMachine machine;

  public ClockRoutes(TimeMachine machine) {
    this.machine = machine;
  }

  public void addTo(Calls calls) {
    calls.own(Method.GET, CLOCK, "reading the clock", this::read);
    calls.own(Method.POST, CLOCK, "moving the clock", this::move);
  }

  private List<Field> read(Call call) {
    return List.of(new Field("now", Times.format(machine.now())));
  }

  private List<Field> move(Call call) {
    Move moved = machine.move(target(call.body()));
    return List.of(
        new Field("from", Times.format(moved.from())),
        new Field("to", Times.format(moved.to())),
        new Field("executions", moved.executions()));
  }

  private static Target target(RequestBody body) {
    Optional<String> advance = body.text("advance");
    Optional<String> to = body.text("to");
    if (advance.isPresent() == to.isPresent()) {
      throw ErrorCode.VALUE_INVALID.because(
          "give either advance, such as P7D or PT4H, or to, such as 2026-01-05T06:00:00Z");
    }
    return now -> {
      Instant target =
          advance.map(text -> advanced(now, text)).orElseGet(() -> time(to.orElseThrow()));
      if (target.isAfter(now.atZone(ZoneOffset.UTC).plus(FURTHEST).toInstant())) {
        throw ErrorCode.VALUE_INVALID.because(
            "one call moves the clock 20 years at most, from " + now + " not to " + target);
      }
      return target;
    };
  }

  private static Instant time(String text) {
    return Times.parseExactly(text)
        .orElseThrow(() ->
            ErrorCode.VALUE_INVALID.because(
                "to should follow format: yyyy-MM-ddTHH:mm:ssZ, it is " + text));
  }

  /// A duration as ISO 8601 has it: years, months and days of the calendar, then hours to seconds.
  private static Instant advanced(Instant now, String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    int time = upper.indexOf('T');
    try {
      Period days =
          time == 1 ? Period.ZERO : Period.parse(time < 0 ? upper : upper.substring(0, time));
      Duration rest = time < 0 ? Duration.ZERO : Duration.parse("P" + upper.substring(time));
      return now.atZone(ZoneOffset.UTC).plus(days).plus(rest).toInstant();
    } catch (DateTimeException | ArithmeticException e) {
      throw ErrorCode.VALUE_INVALID.because(
          "advance should be an ISO 8601 duration such as P7D or PT4H, it is " + text);
    }
  }
}
