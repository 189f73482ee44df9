package dev.reprise.schedule;

import dev.reprise.schedule.Skipped.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What becomes of missed slots: some run, the rest are skipped.
///
/// - Source: the lifecycle, the table under "Resume".
record Choice(Optional<Backlog> runs, List<Skipped> skipped) {
  static final Choice NOTHING = new Choice(Optional.empty(), List.of());

  Choice {
    skipped = List.copyOf(skipped);
  }

  /// @param places how many of them the count leaves room for
  static Choice of(CatchUp catchUp, Missed missed, int places) {
    if (missed.count() == 0) {
      return NOTHING;
    }
    if (catchUp != CatchUp.SKIP && places == 0) {
      return new Choice(Optional.empty(), missed.skipAll(Reason.LIMIT));
    }
    return switch (catchUp) {
      case SKIP -> new Choice(Optional.empty(), missed.skipAll());
      case LATEST -> latest(missed);
      case ALL -> all(missed, Math.min(places, Lifecycle.MOST_CAUGHT_UP));
      case MERGED -> merged(missed);
    };
  }

  /// Nobody chose: what an earlier choice left goes on, and what passed since is skipped.
  static Choice none(Missed missed) {
    return new Choice(missed.left(), missed.skip(missed.passed()));
  }

  /// What passed outside a pause. A slot that is hardly late is no misfire: it runs.
  static Choice misfire(Instant now, CatchUp misfire, Slots passed, int places) {
    boolean onTime = Duration.between(passed.last(), now).compareTo(Lifecycle.GRACE) <= 0;
    CatchUp catchUp = misfire == CatchUp.SKIP && onTime ? CatchUp.LATEST : misfire;
    return of(catchUp, Missed.inOutage(passed), places);
  }

  private static Choice latest(Missed missed) {
    if (missed.passed().isEmpty()) {
      Backlog left = missed.left().orElseThrow();
      Optional<Slots> older = left.slots().butLast();
      Backlog newest = older.isEmpty() ? left : newestOf(left.slots());
      return new Choice(Optional.of(newest), Missed.skipLeft(older));
    }
    Slots passed = missed.passed().get();
    List<Skipped> skipped = Missed.skipLeft(missed.left().map(Backlog::slots));
    skipped.addAll(missed.skip(passed.butLast()));
    return new Choice(Optional.of(newestOf(passed)), skipped);
  }

  /// A backlog is one unbroken range. Slots were skipped between what is left and what passed since
  /// only if the first choice met its limit, or if the grid is another: then the rest is beyond it.
  private static Choice all(Missed missed, int most) {
    if (missed.left().isEmpty()) {
      Slots passed = missed.passed().orElseThrow();
      return cut(Backlog.of(passed), most);
    }
    Backlog left = missed.left().get();
    if (missed.passed().isEmpty()) {
      return cut(left, most);
    }
    Slots passed = missed.passed().get();
    Optional<Slots> joined = left.slots().join(passed);
    return joined.isPresent()
        ? cut(new Backlog(joined.get(), left.mergedFrom()), most)
        : new Choice(missed.left(), List.of(Skipped.of(passed, Reason.LIMIT)));
  }

  /// The oldest of a backlog; the rest is beyond the limit.
  static Choice cut(Backlog backlog, long most) {
    List<Skipped> skipped = new ArrayList<>();
    backlog.slots().butFirst(most).ifPresent(rest -> skipped.add(Skipped.of(rest, Reason.LIMIT)));
    return new Choice(backlog.first(most), skipped);
  }

  private static Choice merged(Missed missed) {
    Instant newest =
        missed.passed().or(() -> missed.left().map(Backlog::slots)).orElseThrow().last();
    Instant oldest =
        missed
            .left()
            .map(left -> left.mergedFrom().orElse(left.first()))
            .orElseGet(() -> missed.passed().orElseThrow().first());
    List<Skipped> skipped = new ArrayList<>();
    Optional<Slots> left = missed.left().map(Backlog::slots);
    (missed.passed().isEmpty() ? left.flatMap(Slots::butLast) : left)
        .ifPresent(range -> skipped.add(Skipped.merged(range, newest)));
    missed
        .passed()
        .flatMap(Slots::butLast)
        .ifPresent(range -> skipped.add(Skipped.merged(range, newest)));
    Backlog one = newestOf(missed.passed().or(() -> left).orElseThrow());
    return new Choice(
        Optional.of(
            new Backlog(one.slots(), Optional.of(oldest).filter(slot -> slot.isBefore(newest)))),
        skipped);
  }

  private static Backlog newestOf(Slots slots) {
    return Backlog.of(new Slots(slots.last(), slots.last(), slots.step()));
  }
}
