package dev.reprise.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DateRangeTest {
  @ParameterizedTest
  @CsvSource({
    "TODAY,         2026-01-05T06:00:00Z, 2026-01-05, 2026-01-06",
    "TODAY,         2026-01-05T00:00:00Z, 2026-01-05, 2026-01-06",
    "TODAY,         2025-12-31T23:59:59Z, 2025-12-31, 2026-01-01",
    "YESTERDAY,     2026-01-01T06:00:00Z, 2025-12-31, 2026-01-01",
    "YESTERDAY,     2024-03-01T06:00:00Z, 2024-02-29, 2024-03-01",
    "LAST_7_DAYS,   2026-01-05T06:00:00Z, 2025-12-29, 2026-01-05",
    "LAST_14_DAYS,  2026-01-05T06:00:00Z, 2025-12-22, 2026-01-05",
    "LAST_30_DAYS,  2024-03-15T06:00:00Z, 2024-02-14, 2024-03-15",
    "LAST_90_DAYS,  2026-01-05T06:00:00Z, 2025-10-07, 2026-01-05",
    "LAST_180_DAYS, 2026-01-05T06:00:00Z, 2025-07-09, 2026-01-05",
    "LAST_365_DAYS, 2025-02-28T06:00:00Z, 2024-02-29, 2025-02-28",
    "LAST_MONTH,    2026-01-05T06:00:00Z, 2025-12-01, 2026-01-01",
    "LAST_MONTH,    2024-03-31T23:59:59Z, 2024-02-01, 2024-03-01",
    "LAST_MONTH,    2026-02-01T00:00:00Z, 2026-01-01, 2026-02-01",
    "LAST_3_MONTHS, 2025-05-31T06:00:00Z, 2025-02-01, 2025-05-01",
    "LAST_6_MONTHS, 2026-01-05T06:00:00Z, 2025-07-01, 2026-01-01",
    "LAST_1_YEAR,   2024-02-29T06:00:00Z, 2023-02-01, 2024-02-01",
    "LAST_2_YEARS,  2026-01-05T06:00:00Z, 2024-01-01, 2026-01-01",
    "LAST_3_YEARS,  2026-12-31T23:59:59Z, 2023-12-01, 2026-12-01",
  })
  void rangeCoversCompletePeriodsBeforeTheDayOfTheSlot(
      DateRange range, Instant slot, String from, String to) {
    assertThat(range.window(slot))
        .isEqualTo(new Window(Optional.of(midnight(from)), Optional.of(midnight(to))));
  }

  @Test
  void lifetimeHasNoBound() {
    assertThat(DateRange.LIFETIME.window(Cast.SLOT))
        .isEqualTo(new Window(Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(DateRange.class)
  void everyRangeIsTheSameAtAnyTimeOfTheDay(DateRange range) {
    assertThat(range.window(Instant.parse("2024-02-29T23:59:59.999Z")))
        .isEqualTo(range.window(midnight("2024-02-29")));
  }

  @ParameterizedTest
  @EnumSource(DateRange.class)
  void everyRangeIsUnderstoodInAnyCasing(DateRange range) {
    Dataset dataset = datasetWith(range);
    String text = "SELECT Meter FROM Usage TIMESPAN " + range.name().toLowerCase(Locale.ROOT);
    CheckedQuery query = QueryLanguage.check(text, Cast.datasets(List.of(dataset)));
    assertThat(query.dateRange()).isEqualTo(range);
    assertThat(query.window(Cast.SLOT)).isEqualTo(range.window(Cast.SLOT));
  }

  private static Dataset datasetWith(DateRange range) {
    Dataset usage = Cast.USAGE;
    return new Dataset(
        usage.program(),
        usage.name(),
        usage.description(),
        usage.dateColumn(),
        usage.minimumRecurrenceInterval(),
        List.of(range),
        usage.columns(),
        usage.metrics(),
        usage.measures());
  }

  private static Instant midnight(String day) {
    return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
