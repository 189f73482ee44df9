package dev.reprise.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a resume would do now.
///
/// - Shape: `outcome` is what the resume does; everything else is read from it.
/// - Limits: [#SHOWN] slots of `missed` and `next`; what runs is a range.
///
/// @param pausedAt empty if it is not paused
/// @param missedCount how many slots have passed without an outcome
/// @param missed the oldest of them
/// @param runs what runs at once, one at a time, oldest first
/// @param skippedCount how many of the missed ones will never run, those merged not counted
/// @param mergedCount how many of them are merged into the one that runs
/// @param next the slots after that
/// @param remaining how many reports may still be generated; empty without a count
/// @param token stands for this plan: it stays the same as long as the plan does
public record Plan(
    Optional<Instant> pausedAt,
    long missedCount,
    List<Instant> missed,
    Optional<Backlog> runs,
    long skippedCount,
    long mergedCount,
    List<Instant> next,
    Optional<Integer> remaining,
    String token,
    Outcome outcome) {
  /// How many slots a plan shows.
  public static final int SHOWN = 10;

  public Plan {
    missed = List.copyOf(missed);
    next = List.copyOf(next);
  }
}
