package dev.reprise.server.execution;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.schedule.Ledger.Fate;
import dev.reprise.schedule.Slots;
import dev.reprise.server.execution.LedgerStore.Page;
import dev.reprise.server.execution.LedgerStore.Row;
import dev.reprise.server.execution.LedgerStore.Span;
import dev.reprise.server.report.ReportId;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Times;
import io.helidon.http.Method;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// The call on the slot ledger of a report.
public final class SlotRoutes {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final LedgerStore store;
  private final InstantSource clock;

  public SlotRoutes(LedgerStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  public void addTo(Calls calls) {
    calls.own(
        Method.GET,
        "/reprise/v1/reports/{reportId}/slots",
        "getting the slots of the report",
        this::list);
  }

  private List<Field> list(Call call) {
    Span span = span(call);
    int limit = Limits.RECORDS_PER_ANSWER;
    String id = call.segment("reportId").orElse("");
    Page page =
        ReportId.parse(id)
            .flatMap(report -> store.read(report, span, clock.instant(), limit + 1))
            .filter(found -> found.report().owner().isSeenBy(call.caller()))
            .orElseThrow(() -> ErrorCode.ITEM_NOT_FOUND.because("reportId " + id));
    List<Row> rows =
        page.rows().stream()
            .flatMap(row -> within(row, span))
            .sorted(Comparator.comparing(row -> row.slots().first()))
            .toList();
    List<Field> answer = new ArrayList<>();
    answer.add(new Field("slots", rows.stream().limit(limit).map(SlotRoutes::view).toList()));
    rows.stream()
        .skip(limit)
        .findFirst()
        .map(next -> call.link("from", Times.format(next.slots().first())))
        .ifPresent(link -> answer.add(new Field("nextLink", link)));
    return answer;
  }

  private static Span span(Call call) {
    Optional<Instant> from = Times.parameter(call, "from");
    Instant to = Times.parameter(call, "to").orElse(LAST);
    if (from.filter(to::isBefore).isPresent()) {
      throw ErrorCode.VALUE_INVALID.because("from " + from.get() + " is later than to " + to);
    }
    return new Span(from.orElse(to.isBefore(Instant.EPOCH) ? to : Instant.EPOCH), to);
  }

  /// The part of a range that was asked for.
  private static Stream<Row> within(Row row, Span span) {
    return row
        .slots()
        .from(span.from())
        .flatMap(slots -> slots.through(span.to()))
        .map(slots -> new Row(slots, row.fate(), row.reason(), row.executionId()))
        .stream();
  }

  private static List<Field> view(Row row) {
    Slots slots = row.slots();
    return List.of(
        new Field("first", Times.format(slots.first())),
        new Field("last", Times.format(slots.last())),
        new Field("count", slots.count()),
        new Field("outcome", outcome(row.fate())),
        new Field("reason", row.reason().or(() -> reason(row.fate())).orElse(null)),
        new Field("executionId", row.executionId().map(UUID::toString).orElse(null)));
  }

  private static String outcome(Fate fate) {
    return switch (fate) {
      case COMPLETED, FAILED, RUNNING, PENDING, MERGED -> word(fate);
      case PAUSED, CANCELLED, OVERLAP, OUTAGE, LIMIT -> "skipped";
    };
  }

  private static Optional<String> reason(Fate fate) {
    return switch (fate) {
      case COMPLETED, FAILED, RUNNING, PENDING, MERGED -> Optional.empty();
      case PAUSED, CANCELLED, OVERLAP, OUTAGE, LIMIT -> Optional.of(word(fate));
    };
  }

  private static String word(Fate fate) {
    return fate.name().toLowerCase(Locale.ROOT);
  }
}
