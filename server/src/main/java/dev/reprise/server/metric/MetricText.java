package dev.reprise.server.metric;

import dev.reprise.server.metric.Metric.Sample;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Metrics in the text format of Prometheus.
///
/// - Source: Prometheus, "Exposition formats", version 0.0.4.
final class MetricText {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private MetricText() {}

  static String of(List<Metric> metrics) {
    StringBuilder text = new StringBuilder();
    for (Metric metric : metrics) {
      String kind = metric.kind().name().toLowerCase(Locale.ROOT);
      text.append("# HELP ").append(metric.name()).append(' ').append(metric.help()).append('\n');
      text.append("# TYPE ").append(metric.name()).append(' ').append(kind).append('\n');
      for (Sample sample : metric.samples().get()) {
        text.append(metric.name()).append(labels(sample.labels())).append(' ');
        text.append(sample.value()).append('\n');
      }
    }
    return text.toString();
  }

  private static String labels(Map<String, String> labels) {
    return labels.isEmpty()
        ? ""
        : labels.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
