package dev.reprise.server.callback;

import dev.reprise.server.callback.Callback.Attempt;
import dev.reprise.server.callback.Callback.State;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.Scope;
import dev.reprise.server.wire.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Port: what callbacks need of storage. Each method that writes is one transaction.
public interface CallbackStore {
  /// When a callback is next due.
  Optional<Instant> nextDue();

  /// Who is to be called by now.
  List<String> receivers(Instant now);

  /// The callbacks that are due to one receiver, longest due first.
  List<Due> due(String receiver, Instant now, int limit);

  /// Claims an attempt, so that no other node makes it too. One that is not recorded by then may be
  /// made again.
  ///
  /// @return false if another has claimed it, or there is nothing to be sent any more
  boolean claim(Due due, Instant now, Instant until);

  /// Keeps an attempt and what follows from it.
  void record(Due due, Attempt attempt, Next next);

  /// The callback of an execution.
  Optional<Callback> find(UUID execution);

  /// The callbacks of a report, newest first.
  Page<Callback> list(ReportId report, Page.Part part);

  /// Has a callback sent again, from now on.
  void replay(UUID execution, Instant now);

  /// Has callbacks sent again, from now on, if they have ended.
  ///
  /// @return how many
  int replay(List<UUID> executions, Instant now);

  /// The callbacks that have ended and are chosen, oldest first.
  List<UUID> ended(Choice choice, int limit);

  /// What the secrets of a report are made of; empty if there is no such report.
  Optional<Secrets.Marks> marks(ReportId report);

  /// How often the secret of a tenant was changed; empty for never.
  Optional<Secrets.Mark> mark(String tenant);

  /// Changes the secret of a tenant, or of a report.
  ///
  /// @param report empty for that of the tenant
  void rotate(String tenant, Optional<ReportId> report, Instant now, Instant oldUntil);

  /// Forgets callbacks that ended before an instant.
  ///
  /// @return how many; fewer than `limit` once there are no more
  int prune(Instant before, int limit);

  /// How many callbacks wait.
  int waiting();

  /// Since when the one that has waited longest does.
  Optional<Instant> oldestWaiting();

  /// What follows from an attempt.
  ///
  /// @param due when it is tried again; empty once it has ended
  record Next(State state, Optional<Instant> due, Instant now) {}

  /// Which callbacks are chosen: those in scope of executions that completed since an instant.
  ///
  /// @param report empty for all
  /// @param states in which they may have ended
  record Choice(Scope scope, Optional<ReportId> report, Instant since, List<State> states) {
    public Choice {
      states = List.copyOf(states);
    }
  }
}
