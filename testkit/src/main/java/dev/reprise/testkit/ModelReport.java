package dev.reprise.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The life of a report, written a second time from `docs/pause-and-resume.md`: slow and plain, a
/// list of all slots that have come. What the service does is held against it.
///
/// - Shape: choices are words, `skip`, `latest`, `all`, `merged`. An order that is refused changes
///   nothing and answers false.
public final class ModelReport {
  private static final List<Duration> RETRIES =
      List.of(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(300));

  final ModelSlots slots;
  ModelSchedule schedule;
  Instant listedUntil;
  String status = "active";
  private boolean endedWhilePaused;
  private Instant pausedAt = Instant.MAX;
  private Optional<Instant> until = Optional.empty();
  private Optional<String> pauseCatchUp = Optional.empty();
  private int attempt;
  private Optional<Instant> retryAt = Optional.empty();
  int completed;
  private int failures;

  /// A report that has just been made.
  public ModelReport(ModelSchedule schedule) {
    this.slots = new ModelSlots(List.of());
    this.schedule = schedule;
    this.listedUntil = schedule.start().minusNanos(1);
    if (isOver()) {
      status = "inactive";
    }
  }

  /// The same report once more, to go another way.
  public ModelReport(ModelReport other) {
    slots = new ModelSlots(other.slots());
    schedule = other.schedule;
    listedUntil = other.listedUntil;
    status = other.status;
    endedWhilePaused = other.endedWhilePaused;
    pausedAt = other.pausedAt;
    until = other.until;
    pauseCatchUp = other.pauseCatchUp;
    attempt = other.attempt;
    retryAt = other.retryAt;
    completed = other.completed;
    failures = other.failures;
  }

  /// Time has come to `now`: at most one thing happens.
  ///
  /// @return the slot of which an attempt starts
  public Optional<Instant> tick(Instant now, String misfire) {
    come(now);
    if (status.equals("paused")) {
      return tickPaused(now);
    }
    if (status.equals("inactive")) {
      return Optional.empty();
    }
    if (running().isPresent()) {
      return retry(now);
    }
    if (all(ModelSlot::waitsChosen).isEmpty()) {
      misfire(now, misfire);
    }
    Optional<ModelSlot> first = all(ModelSlot::waitsChosen).stream().findFirst();
    if (first.isEmpty()) {
      endIfOver(false);
      return Optional.empty();
    }
    attempt = 1;
    retryAt = Optional.empty();
    slots.become(first.get(), ModelSlot.RUNNING);
    return Optional.of(first.get().at());
  }

  private Optional<Instant> tickPaused(Instant now) {
    Optional<Instant> over =
        schedule.end().map(end -> end.plusSeconds(1)).filter(at -> !at.isAfter(now));
    boolean ends = over.isPresent() && !all(ModelSlot::waits).isEmpty();
    if (until.isPresent() && !until.get().isAfter(now)) {
      if (!ends || !until.get().isAfter(over.get())) {
        resume(until.get(), Optional.empty());
        return Optional.empty();
      }
    }
    if (ends) {
      all(ModelSlot::waits).forEach(this::skipInPause);
      endIfOver(true);
      return Optional.empty();
    }
    return retry(now);
  }

  private Optional<Instant> retry(Instant now) {
    if (retryAt.isEmpty() || retryAt.get().isAfter(now)) {
      return Optional.empty();
    }
    retryAt = Optional.empty();
    attempt++;
    return running().map(ModelSlot::at);
  }

  private void misfire(Instant now, String misfire) {
    List<ModelSlot> due = all(ModelSlot::waitsUnchosen);
    if (due.isEmpty()) {
      return;
    }
    boolean late = Duration.between(due.getLast().at(), now).compareTo(Duration.ofSeconds(60)) > 0;
    String choice = misfire.equals("skip") && !late ? "latest" : misfire;
    slots.choose(due, choice, places(), slot -> become(slot, "outage"));
  }

  /// Somebody pauses it.
  public boolean pause(
      Instant now, boolean cancel, Optional<Instant> resumeAt, Optional<String> catchUp) {
    come(now);
    if (!status.equals("active")) {
      return status.equals("paused");
    }
    boolean never =
        resumeAt.isPresent()
            && (!resumeAt.get().isAfter(now)
                || (schedule.end().isPresent() && resumeAt.get().isAfter(schedule.end().get())));
    if (never) {
      return false;
    }
    if (running().isPresent() || !all(ModelSlot::waitsChosen).isEmpty()) {
      overlapped(slot -> slot.at().isBefore(now));
    }
    if (cancel) {
      running().ifPresent(slot -> become(slot, "cancelled"));
    }
    status = "paused";
    pausedAt = now;
    until = resumeAt;
    pauseCatchUp = catchUp;
    endIfOver(true);
    return true;
  }

  /// Somebody resumes it, or its pause ends by itself.
  public boolean resume(Instant now, Optional<String> catchUp) {
    come(now);
    if (status.equals("inactive")) {
      boolean first = endedWhilePaused;
      endedWhilePaused = false;
      return first;
    }
    if (status.equals("paused")) {
      List<ModelSlot> missed =
          all(slot -> slot.waitsChosen() || (slot.waits() && slot.at().isBefore(now)));
      Optional<String> choice = catchUp.or(() -> pauseCatchUp);
      if (choice.isPresent()) {
        slots.choose(missed, choice.get(), places(), this::skipInPause);
      } else {
        missed.stream().filter(slot -> !slot.chosen()).forEach(this::skipInPause);
      }
      failures = 0;
      status = "active";
      endIfOver(false);
    }
    return true;
  }

  /// A resume that was to come by itself may not be.
  public void hold(Instant now) {
    come(now);
    until = until.filter(at -> at.isAfter(now));
  }

  /// The execution under way makes its file.
  public void completes(Instant now) {
    come(now);
    become(running().orElseThrow(), "completed");
    completed++;
    failures = 0;
    if (schedule.count().filter(count -> completed >= count).isPresent()) {
      all(ModelSlot::waitsChosen).forEach(slot -> become(slot, "limit"));
      all(ModelSlot::waits).forEach(slot -> leave(slot, true));
      end(status.equals("paused"));
      return;
    }
    goOn();
  }

  /// The attempt under way fails.
  public void fails(Instant now, boolean retry) {
    come(now);
    if (retry && attempt <= RETRIES.size()) {
      retryAt = Optional.of(now.plus(RETRIES.get(attempt - 1)));
      return;
    }
    become(running().orElseThrow(), "failed");
    failures++;
    if (failures >= 5 && status.equals("active") && !isOver()) {
      overlapped(slot -> slot.at().isBefore(now));
      status = "paused";
      pausedAt = now;
      until = Optional.empty();
      pauseCatchUp = Optional.empty();
      return;
    }
    goOn();
  }

  /// The process dies under the attempt.
  public void lost(Instant now, String misfire) {
    come(now);
    if (retryAt.isPresent()) {
      return;
    }
    attempt--;
    retryAt = Optional.of(now);
    if (status.equals("active") && all(ModelSlot::waitsChosen).isEmpty()) {
      misfire(now, misfire);
    }
  }

  /// Somebody changes its schedule.
  public boolean update(Instant now, ModelSchedule to) {
    if (!status.equals("inactive")) {
      return new ModelUpdate(this, now, to).apply();
    }
    boolean usedUp = to.count().filter(count -> count <= completed).isPresent();
    if (usedUp || to.after(now).isEmpty()) {
      return false;
    }
    schedule = to;
    listedUntil = now;
    failures = 0;
    status = "active";
    endedWhilePaused = false;
    return true;
  }

  void come(Instant now) {
    if (status.equals("inactive")) {
      return;
    }
    Optional<Instant> next = schedule.after(listedUntil);
    while (next.isPresent() && !next.get().isAfter(now)) {
      slots.add(new ModelSlot(next.get(), schedule.hours()));
      next = schedule.after(next.get());
    }
    listedUntil = listedUntil.isAfter(now) ? listedUntil : now;
  }

  private void skipInPause(ModelSlot slot) {
    boolean before = !slot.chosen() && slot.at().isBefore(pausedAt);
    become(slot, before ? "outage" : "paused");
  }

  void leave(ModelSlot slot, boolean busy) {
    if (status.equals("paused")) {
      skipInPause(slot);
    } else {
      become(slot, busy ? "overlap" : "outage");
    }
  }

  /// An execution has ended, and the report has not.
  private void goOn() {
    if (isOver()) {
      end(status.equals("paused"));
      return;
    }
    if (status.equals("active") && all(ModelSlot::waitsChosen).isEmpty()) {
      overlapped(slot -> true);
      all(ModelSlot::waits).forEach(slot -> slots.letRun(slot, Optional.empty()));
    }
  }

  /// Of the slots behind an execution only the newest goes on waiting.
  private void overlapped(Predicate<ModelSlot> which) {
    List<ModelSlot> behind = all(slot -> slot.waitsUnchosen() && which.test(slot));
    if (!behind.isEmpty()) {
      behind.subList(0, behind.size() - 1).forEach(slot -> become(slot, "overlap"));
    }
  }

  boolean keepsBusy() {
    return running().isPresent() || !all(ModelSlot::waitsChosen).isEmpty();
  }

  private boolean isOver() {
    return !keepsBusy() && next().isEmpty();
  }

  private void endIfOver(boolean whilePaused) {
    if (isOver()) {
      end(whilePaused);
    }
  }

  void end(boolean whilePaused) {
    status = "inactive";
    endedWhilePaused = whilePaused;
  }

  private int places() {
    int held = running().isPresent() ? 1 : 0;
    return schedule.count().map(count -> count - completed - held).orElse(Integer.MAX_VALUE);
  }

  void become(ModelSlot slot, String outcome) {
    slots.become(slot, outcome);
  }

  List<ModelSlot> all(Predicate<ModelSlot> which) {
    return slots.all(which);
  }

  Optional<ModelSlot> running() {
    return slots.running();
  }

  /// The first slot that has not been chosen and has no outcome, come or not.
  Optional<Instant> next() {
    return all(ModelSlot::waitsUnchosen).stream()
        .findFirst()
        .map(ModelSlot::at)
        .or(() -> schedule.after(listedUntil));
  }

  /// What it looks like from outside.
  public ModelView view() {
    boolean inactive = status.equals("inactive");
    List<ModelSlot> chosen = inactive ? List.of() : all(ModelSlot::waitsChosen);
    return new ModelView(
        inactive && endedWhilePaused ? "inactive while paused" : status,
        status.equals("paused") ? Optional.of(pausedAt) : Optional.empty(),
        status.equals("paused") ? until : Optional.empty(),
        inactive ? Optional.empty() : next(),
        chosen.stream().map(ModelSlot::at).toList(),
        chosen.stream().findFirst().flatMap(ModelSlot::mergedFrom),
        running().map(ModelSlot::at),
        running().flatMap(ModelSlot::mergedFrom),
        running().map(slot -> attempt),
        running().flatMap(slot -> retryAt),
        completed,
        inactive ? 0 : failures);
  }

  /// All slots that have come, oldest first.
  public List<ModelSlot> slots() {
    return all(slot -> true);
  }

  /// What its further life depends on, apart from what [#view] shows.
  public List<Object> hidden() {
    return List.of(listedUntil, pauseCatchUp, all(ModelSlot::waits));
  }
}
