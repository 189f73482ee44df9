package dev.reprise.server.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to a query whose rows are wanted at once, not as a file.
public sealed interface Rows {
  /// The rows in the order of the query; each has one value per column.
  ///
  /// A value is a `String`, `Long`, `BigInteger`, `BigDecimal`, `LocalDate`, `Instant` or
  /// `Boolean`, or null where the field is empty.
  record Found(List<List<@Nullable Object>> rows) implements Rows {
    public Found {
      List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
      rows.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
      rows = Collections.unmodifiableList(copy);
    }
  }

  /// There are no rows to show.
  record Failed(Problem problem) implements Rows {}
}
