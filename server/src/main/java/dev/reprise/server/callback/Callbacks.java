package dev.reprise.server.callback;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.RefusedException;
import dev.reprise.server.access.Caller;
import dev.reprise.server.callback.Callback.State;
import dev.reprise.server.callback.CallbackStore.Choice;
import dev.reprise.server.callback.Secrets.Mark;
import dev.reprise.server.callback.Secrets.Marks;
import dev.reprise.server.callback.Secrets.Signing;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.ReportStore;
import dev.reprise.server.report.Scope;
import dev.reprise.server.wire.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What callers do with callbacks: look at them, have them sent again, and see and change the
/// secrets that sign them. Who sees a report sees its callbacks.
public final class Callbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);
  private static final int AT_ONCE = 500;

  private final ReportStore reports;
  private final CallbackStore store;
  private final Secrets secrets;
  private final InstantSource clock;
  private final Runnable wake;

  /// @param wake called when something is due
  public Callbacks(
      ReportStore reports,
      CallbackStore store,
      Secrets secrets,
      InstantSource clock,
      Runnable wake) {
    this.reports = reports;
    this.store = store;
    this.secrets = secrets;
    this.clock = clock;
    this.wake = wake;
  }

  /// The callbacks of a report, newest first.
  Page<Callback> list(ReportId report, Page.Part part, Caller caller) {
    requireSeen(report, caller);
    return store.list(report, part);
  }

  /// Sends a callback again, with its ten attempts, whatever became of it.
  Callback replay(UUID execution, Caller caller) {
    Callback before =
        store
            .find(execution)
            .filter(found -> isSeen(found.report(), caller))
            .orElseThrow(() -> ErrorCode.ITEM_NOT_FOUND.because("callback " + execution));
    store.replay(execution, clock.instant());
    wake.run();
    return store.find(execution).orElse(before);
  }

  /// Sends callbacks again that have ended, oldest first.
  ///
  /// @param since when their executions completed at the earliest
  /// @return how many
  int replay(Instant since, Optional<ReportId> report, List<State> states, Caller caller) {
    report.ifPresent(id -> requireSeen(id, caller));
    var choice = new Choice(Scope.ofAllPrograms(caller), report, since, states);
    List<UUID> chosen = store.ended(choice, CallbackRoutes.REPLAYED);
    Instant now = clock.instant();
    int replayed = 0;
    for (int from = 0; from < chosen.size(); from += AT_ONCE) {
      int to = Math.min(chosen.size(), from + AT_ONCE);
      replayed += store.replay(chosen.subList(from, to), now);
    }
    wake.run();
    return replayed;
  }

  /// The secrets that sign what is sent now, the newest first.
  ///
  /// @param report empty for those of the tenant
  List<Signing> secrets(Optional<ReportId> report, Caller caller) {
    Instant now = clock.instant();
    Optional<Marks> marks = report.map(id -> marks(id, caller));
    if (marks.flatMap(Marks::own).isEmpty()) {
      requireAdmin(caller);
    }
    return marks
        .map(of -> shown(secrets.of(of, now), caller))
        .orElseGet(() -> secrets.ofTenant(caller.tenant(), store.mark(caller.tenant()), now));
  }

  /// Makes another secret; the one before signs as well for a time.
  ///
  /// @param report empty for that of the tenant; a report has its own from then on
  List<Signing> rotate(Optional<ReportId> report, Duration keepOld, Caller caller) {
    report.ifPresentOrElse(id -> requireSeen(id, caller), () -> requireAdmin(caller));
    Instant now = clock.instant();
    store.rotate(caller.tenant(), report, now, now.plus(keepOld));
    LOG.info(
        "The callback secret of {} is another one: {} of {} has changed it",
        report.map(id -> "report " + id).orElse("tenant " + caller.tenant()),
        caller.user(),
        caller.tenant());
    Optional<Mark> ofTenant = store.mark(caller.tenant());
    return report
        .flatMap(store::marks)
        .map(marks -> shown(secrets.of(marks, now), caller))
        .orElseGet(() -> secrets.ofTenant(caller.tenant(), ofTenant, now));
  }

  /// With the tenant's anybody could sign for all of its users.
  private static List<Signing> shown(List<Signing> signing, Caller caller) {
    return signing.stream().filter(one -> !one.ofTenant() || caller.seesEveryUser()).toList();
  }

  private Marks marks(ReportId report, Caller caller) {
    requireSeen(report, caller);
    return store.marks(report).orElseThrow(() -> unknown(report));
  }

  private void requireSeen(ReportId report, Caller caller) {
    if (!isSeen(report, caller)) {
      throw unknown(report);
    }
  }

  private boolean isSeen(ReportId report, Caller caller) {
    return reports.find(Scope.ofAllPrograms(caller), report).isPresent();
  }

  private static RefusedException unknown(ReportId report) {
    return ErrorCode.ITEM_NOT_FOUND.because("reportId " + report);
  }

  /// Whoever has the secret of a tenant can sign for all of its users.
  private static void requireAdmin(Caller caller) {
    if (!caller.seesEveryUser()) {
      throw ErrorCode.FORBIDDEN.because(
          "the secret of a tenant is for the role ReportAdmin; POST"
              + " /reprise/v1/callbacks/secret:rotate gives a report of yours one of its own");
    }
  }
}
