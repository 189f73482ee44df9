package dev.reprise.server.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.execution.ExecutionStore.Due;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.rights.User;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// In which order what is due starts.
class DueQueueTest {
  private final DueQueue queue = new DueQueue();

  @Test
  void usersTakeTurns() {
    queue.fill(due("ada", "ada", "ada", "ada", "bob", "bob", "carol"));
    assertThat(polled(7)).isEqualTo("ada bob carol ada bob ada ada");
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.poll(user -> true)).isEmpty();
  }

  @Test
  void turnsGoOnWhenWhatIsDueIsReadAgain() {
    queue.fill(due("ada", "ada", "ada", "ada", "bob", "carol"));
    assertThat(polled(2)).isEqualTo("ada bob");
    queue.fill(due("ada", "ada", "ada", "carol"));
    assertThat(polled(4)).isEqualTo("carol ada ada ada");
  }

  @Test
  void whoComesLaterBeginsWithTheTurnThatIsOn() {
    queue.fill(due("ada", "ada", "ada", "ada", "ada", "bob", "bob", "bob", "bob", "bob"));
    assertThat(polled(6)).isEqualTo("ada bob ada bob ada bob");
    queue.fill(due("ada", "ada", "bob", "bob", "carol", "carol", "carol", "carol"));
    assertThat(polled(8)).isEqualTo("carol ada bob carol ada bob carol carol");
  }

  @Test
  void whoHadNothingDueIsNotHeldToEarlierTurns() {
    queue.fill(due("ada", "ada", "ada"));
    assertThat(polled(3)).isEqualTo("ada ada ada");
    queue.fill(List.of());
    queue.fill(due("ada", "bob", "bob"));
    assertThat(polled(3)).isEqualTo("ada bob bob");
  }

  @Test
  void whoMayHaveNoMoreIsPassedOverAndKeepsTheTurn() {
    queue.fill(due("ada", "ada", "bob", "carol"));
    assertThat(polled(1)).isEqualTo("ada");
    assertThat(queue.poll(user -> user.name().equals("carol")).orElseThrow().owner().name())
        .isEqualTo("carol");
    assertThat(queue.poll(user -> false)).isEmpty();
    queue.fill(due("ada", "bob", "carol"));
    assertThat(polled(3)).isEqualTo("bob ada carol");
  }

  private static List<Due> due(String... users) {
    return Stream.of(users)
        .map(user -> new Due(ReportId.random(), new User("contoso", user)))
        .toList();
  }

  private String polled(int many) {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      users.add(queue.poll(user -> true).orElseThrow().owner().name());
    }
    return String.join(" ", users);
  }
}
