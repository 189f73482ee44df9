package dev.reprise.server.execution;

import dev.reprise.api.ErrorCode;
import dev.reprise.server.delivery.ResultFile;
import dev.reprise.server.delivery.ResultStore;
import dev.reprise.server.delivery.ResultStore.Stored;
import dev.reprise.server.execution.Exports.Progress;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.report.ReportStore;
import dev.reprise.server.report.Scope;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Times;
import io.helidon.http.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The call that shows what is recorded of one execution: what its file must be, or why there is
/// none.
public final class ProofRoutes {
  private final ReportStore reports;
  private final ProofStore proofs;
  private final ResultStore results;
  private final Exports exports;

  public ProofRoutes(ReportStore reports, ProofStore proofs, ResultStore results, Exports exports) {
    this.exports = exports;
    this.reports = reports;
    this.proofs = proofs;
    this.results = results;
  }

  public void addTo(Calls calls) {
    calls.own(
        Method.GET,
        "/reprise/v1/executions/{executionId}",
        "getting the proof of an execution",
        this::proof);
  }

  private List<Field> proof(Call call) {
    Scope scope = Scope.ofAllPrograms(call.caller());
    return call.segment("executionId")
        .flatMap(ReportId::parse) // The same form.
        .flatMap(id -> proofs.find(id.value()))
        .filter(proof -> reports.find(scope, proof.report()).isPresent())
        .map(this::fields)
        .orElseThrow(ErrorCode.EXECUTION_NOT_FOUND::refuse);
  }

  private List<Field> fields(Proof proof) {
    Execution execution = proof.execution();
    Optional<ResultFile> file = execution.result();
    return List.of(
        new Field("executionId", execution.id().toString()),
        new Field("reportId", proof.report().toString()),
        new Field("slot", Times.format(execution.slot())),
        new Field("status", execution.status().word()),
        new Field("attempts", proof.attempts()),
        new Field("startedAt", time(proof.startedAt())),
        new Field("endedAt", time(execution.endedAt())),
        new Field("mergedFrom", time(proof.mergedFrom())),
        new Field("windowFrom", time(proof.window().from())),
        new Field("windowTo", time(proof.window().to())),
        new Field("rows", file.map(ResultFile::rows).orElse(null)),
        new Field("bytes", file.map(ResultFile::bytes).orElse(null)),
        new Field("sha256", file.map(ResultFile::sha256).orElse(null)),
        new Field("complete", file.filter(this::isWhole).isPresent()),
        new Field("removedAt", time(file.flatMap(ResultFile::removedAt))),
        new Field("error", execution.error().orElse(null)),
        new Field("progress", exports.find(execution.id()).map(ProofRoutes::view).orElse(null)));
  }

  private static List<Field> view(Progress progress) {
    OptionalInt percent = progress.percent();
    return List.of(
        new Field("rows", progress.written().rows()),
        new Field("bytes", progress.written().bytes()),
        new Field("percent", percent.isPresent() ? percent.getAsInt() : null));
  }

  /// Whether the file is there, as long as it was when all its rows had been written.
  private boolean isWhole(ResultFile file) {
    Optional<Stored> stored = results.open(file.key());
    if (stored.isEmpty()) {
      return false;
    }
    try (Stored found = stored.get()) {
      return found.bytes() == file.bytes();
    } catch (IOException e) {
      throw new UncheckedIOException("result " + file.key() + " cannot be closed", e);
    }
  }

  private static @Nullable String time(Optional<Instant> instant) {
    return instant.map(Times::format).orElse(null);
  }
}
