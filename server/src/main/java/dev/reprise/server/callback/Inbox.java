package dev.reprise.server.callback;

import dev.reprise.server.callback.Secrets.Signing;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.ReportStore;
import dev.reprise.server.report.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A receiver of callbacks in the service itself, to try them without a second server.
///
/// - Limits: the newest 1,000 are kept, in memory.
public final class Inbox {
  private static final int KEPT = 1_000;

  private final CallbackStore store;
  private final ReportStore reports;
  private final Secrets secrets;
  private final InstantSource clock;
  private final Deque<Received> newestFirst = new ArrayDeque<>();

  public Inbox(CallbackStore store, ReportStore reports, Secrets secrets, InstantSource clock) {
    this.store = store;
    this.reports = reports;
    this.secrets = secrets;
    this.clock = clock;
  }

  /// A callback as it came.
  ///
  /// @param signed whether one of its signatures is of a secret that signs for the report now
  /// @param answered the status that it was answered
  record Received(
      Instant at,
      ReportId report,
      String method,
      Signature signature,
      boolean signed,
      String body,
      int answered) {}

  /// The headers of the standard.
  record Signature(String id, String timestamp, String signatures) {}

  /// Keeps a callback.
  ///
  /// @return false if there is no such report
  boolean receive(ReportId report, String method, Signature signature, String body, int answered) {
    Instant now = clock.instant();
    Optional<Boolean> signed =
        store.marks(report).map(marks -> isSigned(secrets.of(marks, now), signature, body));
    signed.ifPresent(
        yes -> keep(new Received(now, report, method, signature, yes, body, answered)));
    return signed.isPresent();
  }

  private static boolean isSigned(List<Signing> signing, Signature given, String body) {
    return given.timestamp().matches("[0-9]{1,12}")
        && Secret.isSigned(
            signing.stream().map(Signing::secret).toList(),
            given.signatures(),
            given.id(),
            Long.parseLong(given.timestamp()),
            body);
  }

  private synchronized void keep(Received received) {
    newestFirst.addFirst(received);
    if (newestFirst.size() > KEPT) {
      newestFirst.removeLast();
    }
  }

  /// What came for reports that are seen, newest first.
  ///
  /// @param report empty for all
  List<Received> list(Optional<ReportId> report, Scope scope, int limit) {
    return copy().stream()
        .filter(one -> report.filter(id -> !id.equals(one.report())).isEmpty())
        .filter(one -> reports.find(scope, one.report()).isPresent())
        .limit(limit)
        .toList();
  }

  private synchronized List<Received> copy() {
    return List.copyOf(newestFirst);
  }
}
