/// Numbers for those who watch the service, in the text format of Prometheus. Start reading at
/// [dev.reprise.server.metric.Metric].
@NullMarked
package dev.reprise.server.metric;

import org.jspecify.annotations.NullMarked;
