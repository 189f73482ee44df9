package dev.reprise.schedule;

import static dev.reprise.schedule.Life.START;
import static dev.reprise.schedule.Life.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.schedule.Watch.Difference;
import dev.reprise.schedule.Watch.Part;
import dev.reprise.schedule.Watch.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchTest {
  private final Life life = Life.every(4).runs(START).tick(at("4:00"));
  private final Stored sound =
      new Stored(
          life.state,
          Optional.of(at("4:00")),
          List.of(at("8:00")),
          List.of(),
          List.of(at("4:00")),
          Optional.empty());

  private List<Difference> of(
      List<Instant> pending, List<Instant> running, Optional<Instant> wake) {
    return Watch.differences(
        new Stored(life.state, sound.settled(), pending, List.of(), running, wake), life.schedule);
  }

  private static Difference difference(Part part, String stored, String expected) {
    return new Difference(part, instant(stored), instant(expected));
  }

  private static Optional<Instant> instant(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(at(text));
  }

  @Test
  void aSoundReportHasNoDifference() {
    assertThat(Watch.differences(sound, life.schedule)).isEmpty();
    Life fresh = Life.every(4);
    assertThat(
            Watch.differences(
                new Stored(
                    fresh.state,
                    Optional.empty(),
                    List.of(START),
                    List.of(),
                    List.of(),
                    Optional.of(START)),
                fresh.schedule))
        .isEmpty();
  }

  @Test
  void aMissingExecutionIsFound() {
    assertThat(of(List.of(), sound.running(), sound.wake()))
        .containsExactly(difference(Part.PENDING, "", "8:00"));
    assertThat(of(sound.pending(), List.of(), sound.wake()))
        .containsExactly(difference(Part.RUNNING, "", "4:00"));
  }

  @Test
  void aWrongExecutionIsFound() {
    assertThat(of(List.of(at("12:00")), sound.running(), sound.wake()))
        .containsExactly(difference(Part.PENDING, "12:00", "8:00"));
  }

  @Test
  void anOrphanedExecutionIsFound() {
    assertThat(of(List.of(at("8:00"), at("12:00")), sound.running(), sound.wake()))
        .containsExactly(difference(Part.PENDING, "12:00", ""));
    assertThat(of(sound.pending(), List.of(START, at("4:00")), sound.wake()))
        .containsExactly(difference(Part.RUNNING, "0:00", ""));
  }

  @Test
  void aStatusThatIsNotThatOfTheReportIsFound() {
    Stored paused =
        new Stored(
            life.state,
            sound.settled(),
            List.of(),
            sound.pending(),
            sound.running(),
            Optional.empty());
    assertThat(Watch.differences(paused, life.schedule))
        .containsExactly(difference(Part.STATUS, "8:00", "8:00"));
  }

  @Test
  void aWrongTimerIsFound() {
    assertThat(of(sound.pending(), sound.running(), instant("8:00")))
        .containsExactly(difference(Part.WAKE, "8:00", ""));
  }

  @Test
  void aNextSlotThatLeavesOneOutOrComesTwiceIsFound() {
    State leaves = new State.Active(Progress.from(Optional.of(at("12:00"))));
    State twice = new State.Active(Progress.from(Optional.of(at("4:00"))));
    State offGrid = new State.Active(Progress.from(Optional.of(at("5:00"))));
    assertThat(next(leaves, "4:00")).isEqualTo(difference(Part.NEXT, "12:00", "8:00"));
    assertThat(next(twice, "4:00")).isEqualTo(difference(Part.NEXT, "4:00", "8:00"));
    assertThat(next(offGrid, "")).isEqualTo(difference(Part.NEXT, "5:00", "8:00"));
  }

  private Difference next(State state, String settled) {
    Stored stored =
        new Stored(state, instant(settled), List.of(), List.of(), List.of(), Optional.empty());
    return Watch.differences(stored, life.schedule).getFirst();
  }
}
