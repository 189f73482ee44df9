package dev.reprise.server.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.rights.User;
import org.junit.jupiter.api.Test;

/// Who has which of the workers.
class WorkersTest {
  private static final User ADA = new User("contoso", "ada");
  private static final User BOB = new User("contoso", "bob");

  @Test
  void nobodyHasAllOfThem() {
    var workers = new Workers(3);
    workers.take(ADA);
    assertThat(workers.usersWithTheirShare()).isEmpty();
    Workers.Place second = workers.take(ADA);
    assertThat(workers.usersWithTheirShare()).containsExactly(ADA);
    workers.take(BOB);
    assertThat(workers.free()).isZero();
    second.leave();
    assertThat(workers.usersWithTheirShare()).isEmpty();
    assertThat(workers.free()).isEqualTo(1);
  }

  @Test
  void whoIsAloneHasTheOnlyOne() {
    var workers = new Workers(1);
    assertThat(workers.usersWithTheirShare()).isEmpty();
    workers.take(ADA);
    assertThat(workers.usersWithTheirShare()).containsExactly(ADA);
  }

  @Test
  void aPlaceIsLeftOnce() {
    var workers = new Workers(3);
    Workers.Place first = workers.take(ADA);
    workers.take(ADA);
    first.leave();
    first.leave();
    assertThat(workers.busy()).isEqualTo(1);
    workers.take(ADA);
    assertThat(workers.usersWithTheirShare()).containsExactly(ADA);
  }
}
