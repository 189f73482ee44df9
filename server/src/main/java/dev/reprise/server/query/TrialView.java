package dev.reprise.server.query;

import dev.reprise.query.OutputColumn;
import dev.reprise.server.query.Trials.Trial;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Times;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a trial as callers see them: keyed by the dataset's own spelling in every profile.
final class TrialView {
  private TrialView() {}

  static List<List<Field>> rows(Trial trial) {
    List<List<Field>> rows = new ArrayList<>();
    for (List<@Nullable Object> row : trial.rows()) {
      List<Field> fields = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        OutputColumn column = trial.columns().get(i);
        fields.add(new Field(column.name(), value(row.get(i)), true));
      }
      rows.add(fields);
    }
    return rows;
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case Instant instant -> Times.format(instant);
      case LocalDate day -> day.toString();
      case null -> null;
      default -> value;
    };
  }
}
