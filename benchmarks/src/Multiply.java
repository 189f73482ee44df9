import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// Fills a store, while no service uses it, with copies of a report that the service itself made:
/// every row of every table that belongs to the report, and for each new user every row that
/// belongs to its owner. Only what has to differ does: ids, the owner, the name, when it was made
/// and the slot. What a value is shows the value itself, so that tables and columns that are new
/// are copied as well.
final class Multiply {
  private static final long SEED = 4;
  private static final long SECONDS_A_DAY = 86_400;

  /// The first digits of an id, from a number: all over the range, as those of random ids are, and
  /// no two the same, since the factor is odd.
  private static final String SCATTERED = "printf('%%08x', (%s * 2654435761) & 4294967295)";

  private final Connection store;
  private final Map<String, String> newIds = new LinkedHashMap<>();
  private final String reportId;
  private String owner = "";
  private long slot;
  private long createdAt;

  private Multiply(Connection store, String reportId) {
    this.store = store;
    this.reportId = reportId;
  }

  /// @param arguments the file of the store, the id of the report, over how many days the slots of
  ///   its copies are spread (0: all have its own slot), and how many users get how many each, such
  ///   as `1x5000 49x100`
  public static void main(String[] arguments) throws SQLException {
    try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + Path.of(arguments[0]))) {
      List<String> groups = Arrays.asList(arguments).subList(3, arguments.length);
      new Multiply(store, arguments[1]).copy(Long.parseLong(arguments[2]), groups);
    }
  }

  private void copy(long days, List<String> groups) throws SQLException {
    try (Statement statement = store.createStatement()) {
      for (String setting : List.of("synchronous = off", "cache_size = -1000000")) {
        statement.execute("pragma " + setting);
      }
      store.setAutoCommit(false);
      readReport();
      numberCopies(days, groups);
      for (String table : tables()) {
        List<String> columns = columns(table);
        if (table.equals("report") || columns.contains("report_id")) {
          String key = table.equals("report") ? "id" : "report_id";
          copyRows(table, key, reportId, "copy");
        } else if (columns.contains("owner")) {
          copyRows(table, "owner", owner, "owner_copy");
        }
      }
      store.commit();
      store.setAutoCommit(true);
      check(statement);
      statement.execute("pragma wal_checkpoint(truncate)");
    }
  }

  /// Learns what of the report must not be the same in a copy.
  private void readReport() throws SQLException {
    Map<String, Object> report = rows("report", "id", reportId).getFirst();
    owner = (String) report.get("owner");
    slot = ((Number) report.get("next_slot")).longValue();
    createdAt = ((Number) report.get("created_at")).longValue();
    for (String table : tables()) {
      List<String> columns = columns(table);
      if (columns.contains("report_id") && columns.contains("id")) {
        rows(table, "report_id", reportId).forEach(row -> renew(row.get("id"), "copy.n"));
      } else if (columns.contains("owner") && columns.contains("id") && !table.equals("report")) {
        rows(table, "owner", owner).forEach(row -> renew(row.get("id"), "copy.owner_n"));
      }
    }
    renew(reportId, "copy.n");
  }

  private void renew(Object id, String number) {
    if (id instanceof String text) {
      newIds.put(text, SCATTERED.formatted(number) + " || '" + text.substring(8) + "'");
    }
  }

  /// Says whose each copy is and how much later its slot. Users come in any order, as in life.
  private void numberCopies(long days, List<String> groups) throws SQLException {
    long user = count("rights");
    List<Long> owners = new ArrayList<>();
    try (Statement statement = store.createStatement()) {
      statement.execute("create temp table owner_copy (owner_n integer primary key, owner)");
      statement.execute("create temp table copy (n integer primary key, owner_n, owner, shift)");
    }
    try (var insert = store.prepareStatement("insert into owner_copy values (?1, 'user-' || ?1)")) {
      for (String group : groups) {
        int users = Integer.parseInt(group.substring(0, group.indexOf('x')));
        int each = Integer.parseInt(group.substring(group.indexOf('x') + 1));
        for (int i = 0; i < users; i++, user++) {
          owners.addAll(Collections.nCopies(each, user));
          insert.setLong(1, user);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
    var random = new Random(SEED);
    Collections.shuffle(owners, random);
    long first = count("report");
    try (var insert =
        store.prepareStatement("insert into copy values (?1, ?2, 'user-' || ?2, ?3)")) {
      for (int i = 0; i < owners.size(); i++) {
        insert.setLong(1, first + i);
        insert.setLong(2, owners.get(i));
        insert.setLong(3, days == 0 ? 0 : 1000 * random.nextLong(1, days * SECONDS_A_DAY));
        insert.addBatch();
        if (i % 10_000 == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private void copyRows(String table, String key, String value, String copies) throws SQLException {
    List<Map<String, Object>> rows = rows(table, key, value);
    for (int i = 0; i < rows.size(); i++) {
      Map<String, String> columns = new LinkedHashMap<>();
      rows.get(i).forEach((column, old) -> columns.put(column, renewed(column, old, copies)));
      columns.remove(integerKey(table)); // Given anew.
      String names = String.join(", ", columns.keySet());
      String values = String.join(", ", columns.values());
      String old = "(select * from %s where %s = ? limit 1 offset %d)".formatted(table, key, i);
      try (PreparedStatement insert =
          store.prepareStatement(
              "insert into %s (%s) select %s from %s as copy, %s as old"
                  .formatted(table, names, values, copies, old))) {
        insert.setString(1, value);
        insert.executeUpdate();
      }
    }
  }

  /// What stands in a copy, as SQL.
  private String renewed(String column, Object old, String copies) {
    String same = "old." + column;
    if (old instanceof Number number && number.longValue() == slot) {
      return same + " + copy.shift";
    }
    if (old instanceof Number number && number.longValue() == createdAt) {
      return same + " - 1000 * copy.n";
    }
    if (owner.equals(old)) {
      return "copy.owner";
    }
    if (copies.equals("copy") && List.of("name", "folded_name").contains(column)) {
      return same + " || ' ' || copy.n";
    }
    String sql = same;
    for (Map.Entry<String, String> id : newIds.entrySet()) {
      if (String.valueOf(old).contains(id.getKey())) {
        sql = "replace(" + sql + ", '" + id.getKey() + "', " + id.getValue() + ")";
      }
    }
    return sql;
  }

  /// Ends with an error if rows do not belong together or a report does not wait for its one slot.
  private void check(Statement statement) throws SQLException {
    try (ResultSet wrong = statement.executeQuery("pragma foreign_key_check")) {
      if (wrong.next()) {
        throw new SQLException("a row of " + wrong.getString(1) + " refers to none");
      }
    }
    long reports = count("report");
    long waiting =
        count(
            "report join execution on report_id = report.id and slot = next_slot"
                + " and status = 'PENDING' and wake_at = slot and state = 'ACTIVE'");
    long owned = count("report join rights using (tenant, owner)");
    if (waiting != reports || owned != reports) {
      throw new SQLException(
          "of %d reports %d wait and %d have an owner".formatted(reports, waiting, owned));
    }
  }

  private long count(String from) throws SQLException {
    try (Statement statement = store.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from " + from)) {
      return count.getLong(1);
    }
  }

  private List<String> tables() throws SQLException {
    return texts(
        "select name from sqlite_master where type = 'table'"
            + " and name not like 'sqlite%' and name not like 'flyway%' order by name <> 'report'");
  }

  private List<String> columns(String table) throws SQLException {
    return texts("select name from pragma_table_info('" + table + "')");
  }

  /// The column that only says in which order rows came; empty if there is none.
  private String integerKey(String table) throws SQLException {
    return texts(
            "select name from pragma_table_info('"
                + table
                + "') where pk = 1 and upper(type) = 'INTEGER'")
        .stream()
        .collect(Collectors.joining());
  }

  private List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = store.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        texts.add(result.getString(1));
      }
    }
    return texts;
  }

  private List<Map<String, Object>> rows(String table, String key, String value)
      throws SQLException {
    List<Map<String, Object>> rows = new ArrayList<>();
    String query = "select * from " + table + " where " + key + " = ?";
    try (PreparedStatement select = store.prepareStatement(query)) {
      select.setString(1, value);
      ResultSet result = select.executeQuery();
      while (result.next()) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
