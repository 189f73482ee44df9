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
  public record End(String status, Map<Instant, String> ledger) {}

  /// @param target where the clock stands in the end
  public Serial(List<Done> done, Instant target, End seen) {
    this.done = List.copyOf(done);
    this.target = target;
    this.seen = seen;
  }

  /// Whether there is such an order.
  public boolean exists(ModelReport report, ModelSchedule schedule, Instant now) {
    return search(report, schedule, now, 0);
  }

  private boolean search(ModelReport report, ModelSchedule schedule, Instant now, int taken) {
    if (!tried.add(List.of(report.view(), report.hidden(), report.slots(), schedule, now, taken))) {
      return false;
    }
    for (int i = 0; i < done.size(); i++) {
      if ((taken & (1 << i)) == 0 && take(report, schedule, now, taken, i)) {
        return true;
      }
    }
    var stepped = new ModelReport(report);
    boolean attempt = isUnderWay(report);
    if (attempt) {
      stepped.completes(now);
    } else {
      stepped.tick(now, "latest");
    }
    boolean quiet = !attempt && same(stepped, report);
    if (!quiet && search(stepped, schedule, now, taken)) {
      return true;
    }
    if (now.isBefore(target)) {
      return search(new ModelReport(report), schedule, next(report, schedule, now), taken);
    }
    return quiet && taken == (1 << done.size()) - 1 && end(report).equals(seen);
  }

  private boolean take(
      ModelReport report, ModelSchedule schedule, Instant now, int taken, int which) {
    Done one = done.get(which);
    var asked = new ModelReport(report);
    if (!one.order().ask(asked, now).equals(one.answer())) {
      return false;
    }
    boolean updated = one.order() instanceof Order.Update && one.answer().equals("200");
    ModelSchedule to = updated ? ((Order.Update) one.order()).to() : schedule;
    return search(asked, to, now, taken | (1 << which));
  }

  private static boolean isUnderWay(ModelReport report) {
    return report.view().running().isPresent() && report.view().retryAt().isEmpty();
  }

  private static boolean same(ModelReport one, ModelReport other) {
    return one.view().equals(other.view()) && one.hidden().equals(other.hidden());
  }

  private Instant next(ModelReport report, ModelSchedule schedule, Instant now) {
    var wakes = new TreeSet<Instant>();
    schedule.after(now).ifPresent(wakes::add);
    report.view().retryAt().ifPresent(wakes::add);
    schedule.end().map(end -> end.plusSeconds(1)).ifPresent(wakes::add);
    return Optional.ofNullable(wakes.higher(now)).filter(at -> at.isBefore(target)).orElse(target);
  }

  /// What the model looks like in the same words.
  public static End end(ModelReport report) {
    var ledger = new TreeMap<Instant, String>();
    for (ModelSlot slot : report.slots()) {
      ledger.put(slot.at(), slot.waits() ? "pending" : slot.outcome());
    }
    return new End(report.view().status().replace(" while paused", ""), ledger);
  }
}
