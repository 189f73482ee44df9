package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.query.Window;
import dev.reprise.schedule.CatchUp;
import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.execution.Attempt;
import dev.reprise.server.execution.JooqExecutionStore;
import dev.reprise.server.node.JooqNodeStore;
import dev.reprise.server.node.Node;
import dev.reprise.server.node.NodeStore;
import dev.reprise.server.node.Nodes;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.store.StoreException;
import dev.reprise.server.world.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose an attempt is, and when it no longer is.
@Tag("store")
class ClaimTest {
  @TempDir private Path data;

  @Test
  void whoWasTakenForDeadHasNoClaimThoughTheAttemptHasTheSameNumber() {
    try (var world = World.in(data)) {
      Api ada = world.as("ada");
      String start = "\"StartTime\":\"%s\",\"RecurrenceInterval\":4".formatted(world.in(4));
      String query = ada.query("SELECT OrderId FROM ISVOrder LIMIT 1");
      ReportId report = ReportId.parse(ada.report(query, start)).orElseThrow();
      Instant slot = world.now().plus(Duration.ofHours(4));
      NodeStore kept = new JooqNodeStore(world.core.store, world.core.clock);
      Nodes dead = entered(kept);
      Nodes living = entered(kept);
      var mine = new JooqExecutionStore(world.core.store, dead, 50, () -> {});
      var theirs = new JooqExecutionStore(world.core.store, living, 50, () -> {});

      Attempt first = mine.claim(report, slot, CatchUp.LATEST).orElseThrow();
      assertThat(theirs.claim(report, slot, CatchUp.LATEST)).isEmpty();
      assertThat(theirs.recover(slot, CatchUp.LATEST)).isZero(); // Who makes it lives.
      assertThat(theirs.giveBack(report, slot, CatchUp.LATEST)).isFalse();
      kept.remove(dead.id());
      assertThat(theirs.recover(slot, CatchUp.LATEST)).isEqualTo(1);
      assertThat(theirs.recover(slot, CatchUp.LATEST)).isZero();
      assertThatThrownBy(() -> mine.claim(report, slot, CatchUp.LATEST))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("taken for dead");
      assertThat(mine.isClaimed(first)).isFalse();
      assertThat(complete(mine, first, slot)).isFalse();

      Attempt second = theirs.claim(report, slot, CatchUp.LATEST).orElseThrow();
      assertThat(second.start()).isEqualTo(first.start());
      assertThat(second.executionId()).isEqualTo(first.executionId());
      assertThat(second.key()).isNotEqualTo(first.key());
      assertThat(complete(mine, first, slot)).isFalse();
      assertThat(mine.fail(first, "late", false, slot)).isFalse();
      assertThat(theirs.isClaimed(second)).isTrue();
      assertThat(complete(theirs, second, slot)).isTrue();
      assertThat(complete(theirs, second, slot)).isTrue(); // Who lost the answer asks again.
      assertThat(complete(mine, first, slot)).isFalse();
    }
  }

  private static Nodes entered(NodeStore kept) {
    var identity = new Node.Identity(UUID.randomUUID(), "node", Duration.ofHours(1));
    var nodes = new Nodes(kept, identity, false);
    nodes.enter();
    return nodes;
  }

  private static boolean complete(JooqExecutionStore store, Attempt attempt, Instant now) {
    var file = new ResultFile(attempt.key(), 1, 1, "0".repeat(64));
    return store.complete(attempt, new Window(Optional.empty(), Optional.empty()), file, now);
  }
}
