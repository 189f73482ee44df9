package dev.reprise.server.report;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.server.report.ManyReports.Row;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Times;
import io.helidon.http.Method;
import java.util.List;
import java.util.Optional;

/// The calls on reports for which the public contract has no word.
public final class OwnReportRoutes {
  private static final String REPORTS = "/reprise/v1/reports";
  private static final int NEXT = 10;

  private final Reports reports;
  private final ManyReports many;

  public OwnReportRoutes(Reports reports, ManyReports many) {
    this.reports = reports;
    this.many = many;
  }

  public void addTo(Calls calls) {
    calls.own(Method.GET, REPORTS + "/{reportId}/next", "getting the next slots", this::next);
    calls.own(Method.POST, REPORTS + ":pause", "pausing reports", this::pause);
    calls.own(Method.POST, REPORTS + ":resume", "resuming reports", this::resume);
  }

  private List<Field> next(Call call) {
    String text = call.segment("reportId").orElse("");
    ReportId id =
        ReportId.parse(text)
            .orElseThrow(() -> ErrorCode.ITEM_NOT_FOUND.because("reportId " + text));
    Scope scope = Scope.ofAllPrograms(call.caller());
    List<String> next = reports.next(id, count(call), scope).stream().map(Times::format).toList();
    return List.of(new Field("next", next));
  }

  private static int count(Call call) {
    Optional<String> asked = call.parameters().text("count");
    int count =
        asked
            .filter(text -> text.matches("[0-9]{1,9}"))
            .map(Integer::parseInt)
            .orElse(asked.isPresent() ? 0 : NEXT);
    if (count < 1 || count > Limits.NEXT_SLOTS) {
      throw ErrorCode.VALUE_INVALID.because(
          "count should be from 1 to " + Limits.NEXT_SLOTS + ", it is " + asked.orElse(""));
    }
    return count;
  }

  private List<Field> pause(Call call) {
    Options options = Options.of(call);
    ReportFilter filter = ReportFilter.read(options.body());
    return rows(many.pause(filter, PauseOptions.read(options), call.caller()));
  }

  private List<Field> resume(Call call) {
    Options options = Options.of(call);
    ReportFilter filter = ReportFilter.read(options.body());
    ResumeOptions resume = ResumeOptions.read(options);
    // Not ignored: somebody who asks for a plan does not want the resume.
    if (resume.dryRun() || resume.plan().isPresent()) {
      throw ErrorCode.VALUE_INVALID.because("dryRun and plan are for one report at a time");
    }
    return rows(many.resume(filter, resume, call.caller()));
  }

  private static List<Field> rows(List<Row> rows) {
    List<List<Field>> fields =
        rows.stream()
            .map(row ->
                List.of(
                    new Field("reportId", row.reportId()),
                    new Field("status", row.status()),
                    new Field("message", row.message()),
                    new Field("code", row.code().map(ErrorCode::name).orElse(null))))
            .toList();
    return List.of(new Field("reports", fields));
  }
}
