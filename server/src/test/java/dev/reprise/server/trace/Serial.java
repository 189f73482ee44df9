package dev.reprise.server.trace;

import dev.reprise.testkit.ModelReport;
import dev.reprise.testkit.ModelSchedule;
import dev.reprise.testkit.ModelSlot;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Looks for an order, one after the other, of what was done at once: one in which every answer is
/// the one that was given and the end the one that was seen.
///
/// - Shape: a search through all orders. Between any two orders the service may go one step on:
///   start what is due, complete what runs, or move the clock to the next instant.
public final class Serial {
  private final List<Done> done;
  private final Instant target;
  private final End seen;
  private final Set<List<Object>> tried = new HashSet<>();

  /// An order and the answer that it got.
  public record Done(Order order, String answer) {}

  /// What was seen in the end.
  public record End(String status, Optional<Instant> pausedAt, Map<Instant, String> ledger) {
    /// There is no report any more.
    public static final End DELETED = new End("deleted", Optional.empty(), Map.of());
  }

  /// @param target where the clock stands in the end
  public Serial(List<Done> done, Instant target, End seen) {
    this.done = List.copyOf(done);
    this.target = target;
    this.seen = seen;
  }

  /// Whether there is such an order.
  public boolean exists(ModelReport report, ModelSchedule schedule, Instant now) {
    return search(new Node(report, schedule, now, false), 0);
  }

  /// Where things stand.
  private record Node(ModelReport report, ModelSchedule schedule, Instant now, boolean deleted) {
    List<Object> key(int taken) {
      return List.of(report.view(), report.hidden(), report.slots(), schedule, now, deleted, taken);
    }

    Node at(ModelReport other, Instant then) {
      return new Node(other, schedule, then, deleted);
    }
  }

  /// @param taken the orders that have been taken, a bit for each
  private boolean search(Node node, int taken) {
    if (!tried.add(node.key(taken))) {
      return false;
    }
    for (int i = 0; i < done.size(); i++) {
      if ((taken & (1 << i)) == 0 && take(node, taken, i)) {
        return true;
      }
    }
    Optional<ModelReport> stepped = node.deleted() ? Optional.empty() : step(node);
    if (stepped.isPresent() && search(node.at(stepped.get(), node.now()), taken)) {
      return true;
    }
    if (node.now().isBefore(target)) {
      return search(node.at(new ModelReport(node.report()), next(node)), taken);
    }
    return stepped.isEmpty() && taken == (1 << done.size()) - 1 && end(node).equals(seen);
  }

  /// The service goes one step on; empty if there is nothing to do.
  private static Optional<ModelReport> step(Node node) {
    var stepped = new ModelReport(node.report());
    if (isUnderWay(node.report())) {
      stepped.completes(node.now());
      return Optional.of(stepped);
    }
    stepped.tick(node.now(), "latest");
    return same(stepped, node.report()) ? Optional.empty() : Optional.of(stepped);
  }

  private boolean take(Node node, int taken, int which) {
    Done one = done.get(which);
    int now = taken | (1 << which);
    if (node.deleted()) {
      return one.answer().equals("404") && search(node, now);
    }
    if (one.order() instanceof Order.Delete) {
      Node deleted = new Node(node.report(), node.schedule(), node.now(), true);
      return one.answer().equals("200") && search(deleted, now);
    }
    var asked = new ModelReport(node.report());
    if (!one.order().ask(asked, node.now()).equals(one.answer())) {
      return false;
    }
    boolean updated = one.order() instanceof Order.Update && one.answer().equals("200");
    ModelSchedule to = updated ? ((Order.Update) one.order()).to() : node.schedule();
    return search(new Node(asked, to, node.now(), false), now);
  }

  private static boolean isUnderWay(ModelReport report) {
    return report.view().running().isPresent() && report.view().retryAt().isEmpty();
  }

  private static boolean same(ModelReport one, ModelReport other) {
    return one.view().equals(other.view()) && one.hidden().equals(other.hidden());
  }

  private Instant next(Node node) {
    var wakes = new TreeSet<Instant>();
    node.schedule().after(node.now()).ifPresent(wakes::add);
    node.report().view().retryAt().ifPresent(wakes::add);
    node.schedule().end().map(end -> end.plusSeconds(1)).ifPresent(wakes::add);
    return Optional.ofNullable(wakes.higher(node.now()))
        .filter(at -> at.isBefore(target))
        .orElse(target);
  }

  /// What the model looks like in the same words.
  private static End end(Node node) {
    if (node.deleted()) {
      return End.DELETED;
    }
    ModelReport report = node.report();
    var ledger = new TreeMap<Instant, String>();
    for (ModelSlot slot : report.slots()) {
      ledger.put(slot.at(), slot.waits() ? "pending" : slot.outcome());
    }
    return new End(
        report.view().status().replace(" while paused", ""), report.view().pausedAt(), ledger);
  }
}
