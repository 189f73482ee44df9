package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.api.Format;
import dev.reprise.schedule.Lifecycle;
import dev.reprise.server.access.Caller;
import dev.reprise.server.access.Role;
import dev.reprise.server.dataset.CatalogFiles;
import dev.reprise.server.query.JooqQueryStore;
import dev.reprise.server.query.Queries;
import dev.reprise.server.query.SystemQueries;
import dev.reprise.server.report.CreateReport;
import dev.reprise.server.report.Definition;
import dev.reprise.server.report.Executing;
import dev.reprise.server.report.JooqReportStore;
import dev.reprise.server.report.Report;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.ReportLimits;
import dev.reprise.server.report.ReportStore.Deleted;
import dev.reprise.server.report.Reports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What waits for its turn in the store is decided at the time at which its turn comes.
@Tag("store")
class OrderTest {
  private static final Caller ADA =
      new Caller("contoso", "ada", Set.of(Role.EXECUTIVE_REPORT_VIEWER));

  @TempDir private Path data;

  @Test
  void aReportThatWaitedToBeMadeDoesNotBeginInThePast() throws Exception {
    try (var world = World.in(data)) {
      var now = new AtomicReference<>(World.MONDAY);
      var queries =
          new Queries(
              new JooqQueryStore(world.core.store),
              SystemQueries.load(CatalogFiles.SHIPPED),
              world.core.rights,
              now::get,
              100);
      var reports =
          new Reports(
              new JooqReportStore(world.core.store),
              queries,
              now::get,
              new ReportLimits(50, 5, Duration.ofHours(4), 4),
              new Asleep());
      var program = world.core.catalog.program("cmp").orElseThrow();
      var order =
          new CreateReport(
              "Now",
              Optional.empty(),
              SystemQueries.load(CatalogFiles.SHIPPED).of("cmp").getFirst().id(),
              Optional.empty(),
              Optional.empty(),
              Format.CSV,
              new Definition.Callback(Optional.empty(), Definition.Callback.Method.POST));

      var busy = new CountDownLatch(1);
      var turn = new CountDownLatch(1);
      var before = new FutureTask<>(() -> world.core.store.write(dsl -> awaited(busy, turn)));
      Thread.ofPlatform().start(before);
      busy.await();
      var created = new FutureTask<>(() -> reports.create(order, program, ADA));
      Thread caller = Thread.ofPlatform().start(created);
      while (caller.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      Instant later = World.MONDAY.plus(Duration.ofDays(1));
      now.set(later);
      turn.countDown();

      Report report = created.get();
      assertThat(before.get()).isTrue();
      assertThat(report.createdAt()).isEqualTo(later);
      assertThat(Lifecycle.pending(report.state(), report.schedule())).contains(later);
    }
  }

  private static boolean awaited(CountDownLatch busy, CountDownLatch turn) {
    busy.countDown();
    try {
      turn.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Executes nothing.
  private static final class Asleep implements Executing {
    @Override
    public void wake() {}

    @Override
    public void stop(ReportId report, Instant slot) {}

    @Override
    public void remove(Deleted deleted) {}
  }
}
