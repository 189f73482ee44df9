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
    second.end();
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
  void whoLeavesEarlyCountsNoMore() {
    var workers = new Workers(3);
    Workers.Place first = workers.take(ADA);
    workers.take(ADA);
    assertThat(first.leaveEarly()).isTrue();
    assertThat(workers.free()).isEqualTo(2);
    assertThat(workers.usersWithTheirShare()).isEmpty();
    workers.take(ADA);
    first.end();
    assertThat(workers.free()).isEqualTo(1);
    assertThat(workers.usersWithTheirShare()).containsExactly(ADA);
  }

  @Test
  void noMoreLeaveEarlyThanThereAreWorkers() {
    var workers = new Workers(2);
    Workers.Place first = workers.take(ADA);
    assertThat(first.leaveEarly()).isTrue();
    assertThat(workers.take(BOB).leaveEarly()).isTrue();
    Workers.Place third = workers.take(new User("contoso", "carol"));
    assertThat(third.leaveEarly()).isFalse();
    assertThat(workers.free()).isEqualTo(1);
    first.end();
    assertThat(third.leaveEarly()).isTrue();
    assertThat(workers.free()).isEqualTo(2);
  }

  @Test
  void noUserHasAllPlacesOfThoseWhoLeftEarly() {
    var workers = new Workers(3);
    assertThat(workers.take(ADA).leaveEarly()).isTrue();
    assertThat(workers.take(ADA).leaveEarly()).isTrue();
    Workers.Place third = workers.take(ADA);
    assertThat(third.leaveEarly()).isFalse();
    assertThat(workers.take(BOB).leaveEarly()).isTrue();
    third.end();
    assertThat(workers.free()).isEqualTo(3);
  }
}
