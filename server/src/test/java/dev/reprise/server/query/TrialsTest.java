package dev.reprise.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Format;
import dev.reprise.api.RefusedException;
import dev.reprise.query.Sql;
import dev.reprise.server.access.Caller;
import dev.reprise.server.access.Role;
import dev.reprise.server.dataset.Catalog;
import dev.reprise.server.engine.Cancel;
import dev.reprise.server.engine.Engine;
import dev.reprise.server.engine.Export;
import dev.reprise.server.engine.Problem;
import dev.reprise.server.engine.Rows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a caller hears when an engine cannot answer in time or memory.
class TrialsTest {
  private static final Caller ADA =
      new Caller("contoso", "ada", Set.of(Role.EXECUTIVE_REPORT_VIEWER));

  /// An engine that always ends in the same way.
  private record Failing(Problem problem) implements Engine {
    @Override
    public Export export(
        Sql sql, Path destination, Format format, Duration timeout, Cancel cancel) {
      throw new UnsupportedOperationException("a trial exports nothing");
    }

    @Override
    public Rows rows(Sql sql, int limit, Duration timeout, Cancel cancel) {
      return new Rows.Failed(problem);
    }

    @Override
    public OptionalInt percent(Path destination) {
      return OptionalInt.empty();
    }

    @Override
    public void close() {}
  }

  /// An engine that is busy until it is told otherwise.
  private record Busy(CountDownLatch begun, CountDownLatch told) implements Engine {
    @Override
    public Export export(
        Sql sql, Path destination, Format format, Duration timeout, Cancel cancel) {
      throw new UnsupportedOperationException("a trial exports nothing");
    }

    @Override
    public Rows rows(Sql sql, int limit, Duration timeout, Cancel cancel) {
      begun.countDown();
      try {
        told.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new Rows.Found(List.of());
    }

    @Override
    public OptionalInt percent(Path destination) {
      return OptionalInt.empty();
    }

    @Override
    public void close() {}
  }

  @Test
  void aTrialThatWaitsTooLongForOthersIsRefused() throws Exception {
    InstantSource monday = InstantSource.fixed(Instant.parse("2026-01-05T06:00:00Z"));
    var cmp = Catalog.load().program("cmp").orElseThrow();
    var busy = new Busy(new CountDownLatch(1), new CountDownLatch(1));
    try (var trials = new Trials(busy, monday, Duration.ofMillis(50), 1, () -> false)) {
      CompletableFuture<Optional<Trials.Trial>> first =
          CompletableFuture.supplyAsync(
              () -> trials.run("SELECT OfferName FROM ISVOrder", Optional.empty(), cmp, ADA, 10));
      busy.begun().await();
      assertThatThrownBy(
              () -> trials.run("SELECT OfferName FROM ISVOrder", Optional.empty(), cmp, ADA, 10))
          .hasMessageContaining("it waited for others to be tried");
      busy.told().countDown();
      assertThat(first.join().orElseThrow().rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TIMED_OUT, QUERY_TOO_SLOW, The query took longer than 7 seconds",
    "OUT_OF_MEMORY, QUERY_TOO_LARGE, The query is too large",
    "SPILL_FULL, QUERY_TOO_LARGE, The query is too large"
  })
  void aTrialThatIsTooMuchForTheEngineIsRefused(Problem problem, ErrorCode code, String text) {
    InstantSource monday = InstantSource.fixed(Instant.parse("2026-01-05T06:00:00Z"));
    var cmp = Catalog.load().program("cmp").orElseThrow();
    try (var trials =
        new Trials(new Failing(problem), monday, Duration.ofSeconds(7), 1, () -> false)) {
      assertThatThrownBy(
              () -> trials.run("SELECT OfferName FROM ISVOrder", Optional.empty(), cmp, ADA, 10))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith(text)
          .satisfies(refused -> assertThat(((RefusedException) refused).code()).isEqualTo(code));
    }
  }
}
