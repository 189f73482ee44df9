package dev.reprise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every sequence of six events (four under misfire policies other than the default), on a grid of
/// a few slots, each event at every instant one second before, at and one second after a slot:
/// lifecycle and model agree after each.
///
/// - Shape: an order that finds nothing to do is tried, but not once for each of its options: only
///   a paused report reads them. Sequences that lead to the same place are followed once from
///   there. The place is all that both sides go on from: the state, the schedule, the time, and
///   what the model keeps to itself. What has its final outcome is compared in the step that brings
///   it and never read again, so leaving it out loses nothing.
class ExplorationTest {
  private static final Duration INTERVAL = Duration.ofHours(4);

  private record Place(State state, Schedule schedule, Instant now, List<Object> hidden) {}

  private record Visit(Twin twin, Instant now, List<Event> events) {}

  @ParameterizedTest
  @CsvSource({"LATEST, 6", "SKIP, 4", "ALL, 4", "MERGED, 4"})
  void lifecycleAndModelAgreeOnEverySequenceOfEvents(CatchUp misfire, int length) {
    Map<Place, Boolean> seen = new ConcurrentHashMap<>();
    List<Visit> layer = new ArrayList<>();
    for (Schedule schedule : schedules()) {
      layer.add(new Visit(Twin.of(schedule), instants().getFirst(), List.of()));
    }
    for (int depth = 0; depth < length; depth++) {
      boolean last = depth == length - 1;
      layer =
          layer.parallelStream()
              .flatMap(visit -> next(visit, misfire))
              .filter(visit -> !last && seen.putIfAbsent(place(visit), true) == null)
              .toList();
    }
    assertThat(seen).hasSizeGreaterThan(1_000);
  }

  private static Place place(Visit visit) {
    Twin twin = visit.twin();
    return new Place(twin.state(), twin.schedule(), visit.now(), twin.model().hidden());
  }

  private static Stream<Visit> next(Visit visit, CatchUp misfire) {
    return instants().stream()
        .filter(now -> !now.isBefore(visit.now()))
        .flatMap(now -> events(now, misfire, visit.twin().schedule()))
        .filter(visit.twin()::takes)
        .filter(event -> matters(event, visit.twin().state()))
        .map(event -> step(visit, event));
  }

  private static boolean matters(Event event, State state) {
    return state instanceof State.Paused
        || !(event instanceof Event.Resume resume && resume.catchUp().isPresent());
  }

  private static Visit step(Visit visit, Event event) {
    List<Event> events = new ArrayList<>(visit.events());
    events.add(event);
    try {
      return new Visit(visit.twin().step(event), event.now(), events);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(e.getMessage() + " after " + events, e);
    }
  }

  private static List<Schedule> schedules() {
    return List.of(
        schedule(Optional.empty(), Optional.empty()),
        schedule(Optional.of(2), Optional.empty()),
        schedule(Optional.empty(), Optional.of(slot(2))));
  }

  private static Schedule schedule(Optional<Integer> count, Optional<Instant> end) {
    return new Schedule(Life.START, INTERVAL, count, end);
  }

  private static Instant slot(int k) {
    return Life.START.plus(INTERVAL.multipliedBy(k));
  }

  private static List<Instant> instants() {
    return Stream.of(0, 1, 2)
        .map(ExplorationTest::slot)
        .flatMap(slot -> Stream.of(slot.minusSeconds(1), slot, slot.plusSeconds(1)))
        .toList();
  }

  private static Stream<Event> events(Instant now, CatchUp misfire, Schedule schedule) {
    Optional<Instant> until = Optional.of(slot(1).plusSeconds(1));
    return Stream.of(
        new Event.Tick(now, misfire),
        new Event.Completed(now),
        new Event.Failed(now, true),
        new Event.Failed(now, false),
        new Event.Lost(now, misfire),
        new Event.Pause(now),
        new Event.Pause(now, Event.Mode.CANCEL, until, Optional.of(CatchUp.ALL)),
        new Event.Resume(now),
        resume(now, CatchUp.SKIP),
        resume(now, CatchUp.LATEST),
        resume(now, CatchUp.ALL),
        resume(now, CatchUp.MERGED),
        new Event.Hold(now),
        new Event.Update(now, schedule(Optional.of(1), schedule.end())),
        new Event.Update(now, schedule(schedule.count(), Optional.of(slot(1)))),
        new Event.Update(
            now,
            new Schedule(
                slot(1).minusSeconds(3600),
                Duration.ofHours(5),
                schedule.count(),
                schedule.end())));
  }

  private static Event resume(Instant now, CatchUp catchUp) {
    return new Event.Resume(now, Optional.of(catchUp), Optional.empty());
  }
}
