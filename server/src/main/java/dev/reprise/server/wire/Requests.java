package dev.reprise.server.wire;

import io.helidon.webserver.http.HttpRouting;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// Counts the requests that were answered, by call and status.
public final class Requests {
  private final Map<Answered, LongAdder> counts = new ConcurrentHashMap<>();

  /// A call, such as `GET /health`, and the status of an answer; what is no call is `other`.
  public record Answered(String call, int status) {}

  /// Adds the filter that counts to a routing.
  public void install(HttpRouting.Builder routing) {
    routing.addFilter((chain, request, response) -> {
      response.whenSent(() -> count(Doing.call(request), response.status().code()));
      chain.proceed();
    });
  }

  private void count(String call, int status) {
    counts.computeIfAbsent(new Answered(call, status), answered -> new LongAdder()).increment();
  }

  /// How many there were since the service started.
  public Map<Answered, Long> counts() {
    return counts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }
}
