package dev.reprise.server.callback;

import dev.reprise.server.callback.Callback.Attempt;
import dev.reprise.server.callback.Callback.State;
import dev.reprise.server.callback.CallbackStore.Next;
import dev.reprise.server.callback.Secrets.Signing;
import dev.reprise.server.receiver.Answer;
import dev.reprise.server.receiver.Message;
import dev.reprise.server.receiver.Messenger;
import dev.reprise.server.receiver.Target;
import dev.reprise.server.report.Definition.Callback.Method;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt at a callback: the request, signed, and what its answer means.
///
/// - Source: Standard Webhooks, "Webhook headers (metadata)".
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final int GONE = 410;

  /// The store counts attempts.
  private static final int NOT_COUNTED = 0;

  private final Messenger messenger;
  private final Secrets secrets;
  private final InstantSource clock;
  private final InstantSource realClock;
  private final String agent;

  /// @param realClock by which receivers tell whether a request is fresh
  Attempts(
      Messenger messenger,
      Secrets secrets,
      InstantSource clock,
      InstantSource realClock,
      String agent) {
    this.messenger = messenger;
    this.secrets = secrets;
    this.clock = clock;
    this.realClock = realClock;
    this.agent = agent;
  }

  /// What was tried, and what follows.
  record Tried(Attempt attempt, Next next) {}

  /// Makes an attempt, and never throws: whatever goes wrong is what came of it.
  Tried make(Due due) {
    Instant at = clock.instant();
    long began = System.nanoTime();
    Answer answer = send(due, at);
    long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    return switch (answer) {
      case Answer.None none ->
          new Tried(
              new Attempt(NOT_COUNTED, at, millis, Optional.empty(), Optional.of(none.why())),
              again(due, Optional.empty()));
      case Answer.Status status ->
          new Tried(
              new Attempt(
                  NOT_COUNTED, at, millis, Optional.of(status.code()), error(status.code())),
              next(due, status));
    };
  }

  private Answer send(Due due, Instant at) {
    try {
      return target(due)
          .map(target -> messenger.send(message(due, target, at)))
          .orElseGet(() -> new Answer.None("CallbackUrl is no http or https address"));
    } catch (RuntimeException | Error e) {
      LOG.error("The callback of execution {}: our fault", due.id(), e);
      return new Answer.None("internal error");
    }
  }

  private static Optional<Target> target(Due due) {
    String report = due.marks().report().toString();
    return switch (due.method()) {
      case POST -> Target.within(due.url(), report);
      case GET -> Target.with(due.url(), "reportId", report);
    };
  }

  private Message message(Due due, Target target, Instant now) {
    String body = due.method() == Method.POST ? due.body() : "";
    long timestamp = realClock.instant().getEpochSecond();
    List<Secret> signing = secrets.of(due.marks(), now).stream().map(Signing::secret).toList();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", agent);
    headers.put("webhook-id", due.id());
    headers.put("webhook-timestamp", String.valueOf(timestamp));
    headers.put("webhook-signature", Secret.signatures(signing, due.id(), timestamp, body));
    if (!body.isEmpty()) {
      headers.put("Content-Type", "application/json");
    }
    return new Message(target, due.method().name(), headers, body);
  }

  private Next next(Due due, Answer.Status answer) {
    if (answer.code() / 100 == 2) {
      return new Next(State.DELIVERED, Optional.empty(), clock.instant());
    }
    if (answer.code() == GONE) {
      return new Next(State.GONE, Optional.empty(), clock.instant());
    }
    return again(due, answer.retryAfter());
  }

  private Next again(Due due, Optional<Duration> asked) {
    Instant now = clock.instant();
    return RetryPlan.after(due.tries() + 1, due.execution(), asked)
        .map(wait -> new Next(State.WAITING, Optional.of(now.plus(wait)), now))
        .orElseGet(() -> new Next(State.FAILED, Optional.empty(), now));
  }

  private static Optional<String> error(int status) {
    return switch (status / 100) {
      case 2 -> Optional.empty();
      case 3 -> Optional.of("status " + status + "; redirects are not followed");
      default -> Optional.of("status " + status);
    };
  }
}
