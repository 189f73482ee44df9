package dev.reprise.server.problem;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.RefusedException;
import dev.reprise.server.access.Caller;
import dev.reprise.server.traffic.RateLimit;
import dev.reprise.server.wire.Calls;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Lets requests in: those with a good token, as many as the rate limit allows their caller.
///
/// - Shape: who a request is counted for is known only when its token is found good. One without a
///   good token is counted for the address that it comes from, so nobody can use up the allowance
///   of another by naming them; and who shares an address with such a one is let in all the same.
public final class Admission implements Calls.Access {
  private static final HeaderName LIMIT = HeaderNames.create("X-RateLimit-Limit");
  private static final HeaderName REMAINING = HeaderNames.create("X-RateLimit-Remaining");

  /// More callers than this within one window begin to be forgotten; likewise addresses.
  private static final int REMEMBERED = 20_000;

  private record Identity(String tenant, String user) {}

  private record Limits(
      RateLimit.Rule rule, RateLimit<Identity> callers, RateLimit<String> networks) {}

  private final Function<ServerRequest, Caller> tokens;
  private final Optional<Limits> limits;

  /// Lets in whoever `tokens` knows.
  ///
  /// @param tokens gives the caller of a request, or refuses it
  /// @param nanoTime how real time passes
  public Admission(
      Function<ServerRequest, Caller> tokens, RateLimit.Rule rule, LongSupplier nanoTime) {
    this.tokens = tokens;
    this.limits =
        rule.isOn()
            ? Optional.of(
                new Limits(
                    rule,
                    new RateLimit<>(rule, REMEMBERED, nanoTime),
                    new RateLimit<>(rule, REMEMBERED, nanoTime)))
            : Optional.empty();
  }

  @Override
  public Caller admit(ServerRequest request, ServerResponse response) {
    Caller caller = identify(request, response);
    request.context().register(caller);
    limits.ifPresent(set ->
        count(
            set.rule(),
            set.callers().take(new Identity(caller.tenant(), caller.user())),
            response));
    return caller;
  }

  private Caller identify(ServerRequest request, ServerResponse response) {
    try {
      return tokens.apply(request);
    } catch (RefusedException notKnown) {
      limits.ifPresent(set ->
          count(
              set.rule(),
              set.networks().take(Networks.of(request.remotePeer().address())),
              response));
      throw notKnown;
    }
  }

  private static void count(
      RateLimit.Rule rule, RateLimit.Verdict verdict, ServerResponse response) {
    response.header(LIMIT, Integer.toString(rule.requests()));
    response.header(REMAINING, Integer.toString(verdict.remaining()));
    if (!verdict.allowed()) {
      long seconds = Math.max(1, verdict.retryAfter().plusNanos(999_999_999).toSeconds());
      response.header(HeaderNames.RETRY_AFTER, Long.toString(seconds));
      throw ErrorCode.RATE_LIMIT_EXCEEDED.because(
          "try again in " + seconds + " seconds", rule.requests(), rule.window().toSeconds());
    }
  }
}
