package dev.reprise.server.metric;

import dev.reprise.server.wire.OtherMethods;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/// The call that Prometheus makes. It is open, as that on health is: it tells numbers only.
public final class MetricRoutes implements HttpService {
  private final List<Metric> metrics;

  public MetricRoutes(List<Metric> metrics) {
    this.metrics = List.copyOf(metrics);
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/metrics", this::answer).any("/metrics", OtherMethods.than("GET"));
  }

  private void answer(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, MetricText.TYPE);
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    response.send(MetricText.of(metrics));
  }
}
