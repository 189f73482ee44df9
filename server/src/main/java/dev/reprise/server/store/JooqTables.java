package dev.reprise.server.store;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.SQLDataType.BIGINT;
import static org.jooq.impl.SQLDataType.BOOLEAN;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.VARCHAR;

import java.time.Instant;
import java.util.UUID;
import org.jooq.Converter;
import org.jooq.DataType;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.TableImpl;

/// The tables of the migrations, with the types that their columns have in the code.
@SuppressWarnings("serial") // Nobody serializes a table.
public final class JooqTables {
  private static final DataType<Instant> INSTANT =
      BIGINT.asConvertedDataType(
          Converter.ofNullable(
              Long.class, Instant.class, Instant::ofEpochMilli, Instant::toEpochMilli));

  /// No text that is kept has the character of number 0, and PostgreSQL does not even look for it.
  private static final DataType<String> TEXT =
      VARCHAR.asConvertedDataType(
          Converter.ofNullable(
              String.class, String.class, text -> text, text -> text.replace('\0', '\ufffd')));

  private static final DataType<UUID> ID =
      VARCHAR.asConvertedDataType(
          Converter.ofNullable(String.class, UUID.class, UUID::fromString, UUID::toString));

  public static final SavedQueries SAVED_QUERY = new SavedQueries();
  public static final Reports REPORT = new Reports();
  public static final Executions EXECUTION = new Executions();
  public static final SkippedSlots SKIPPED = new SkippedSlots();
  public static final Rights RIGHTS = new Rights();
  public static final History HISTORY = new History();
  public static final HistoryHeads HISTORY_HEAD = new HistoryHeads();
  public static final TestClock TEST_CLOCK = new TestClock();
  public static final Callbacks CALLBACK = new Callbacks();
  public static final CallbackAttempts CALLBACK_ATTEMPT = new CallbackAttempts();
  public static final CallbackSecrets CALLBACK_SECRET = new CallbackSecrets();
  public static final Nodes NODE = new Nodes();
  public static final KeptFiles KEPT_FILES = new KeptFiles();

  private JooqTables() {}

  /// What saved queries are kept in.
  public static final class SavedQueries extends Base {
    public final TableField<Record, String> id = column("id", TEXT);
    public final TableField<Record, String> program = column("program", TEXT);
    public final TableField<Record, String> tenant = column("tenant", TEXT);
    public final TableField<Record, String> owner = column("owner", TEXT);
    public final TableField<Record, String> name = column("name", TEXT);
    public final TableField<Record, String> foldedName = column("folded_name", TEXT);
    public final TableField<Record, String> description = column("description", TEXT);
    public final TableField<Record, String> text = column("query_text", TEXT);
    public final TableField<Record, Instant> createdAt = column("created_at", INSTANT);

    private SavedQueries() {
      super("saved_query");
    }
  }

  /// What reports are kept in, with where each stands.
  public static final class Reports extends Base {
    public final TableField<Record, UUID> id = column("id", ID);
    public final TableField<Record, String> program = column("program", TEXT);
    public final TableField<Record, String> tenant = column("tenant", TEXT);
    public final TableField<Record, String> owner = column("owner", TEXT);
    public final TableField<Record, String> name = column("name", TEXT);
    public final TableField<Record, String> foldedName = column("folded_name", TEXT);
    public final TableField<Record, String> description = column("description", TEXT);
    public final TableField<Record, String> queryId = column("query_id", TEXT);
    public final TableField<Record, String> queryText = column("query_text", TEXT);
    public final TableField<Record, String> format = column("format", TEXT);
    public final TableField<Record, String> callbackUrl = column("callback_url", TEXT);
    public final TableField<Record, String> callbackMethod = column("callback_method", TEXT);
    public final TableField<Record, Boolean> executeNow = column("execute_now", BOOLEAN);
    public final TableField<Record, Instant> queryStart = column("query_start", INSTANT);
    public final TableField<Record, Instant> queryEnd = column("query_end", INSTANT);
    public final TableField<Record, Instant> startAt = column("start_at", INSTANT);
    public final TableField<Record, Integer> intervalHours = column("interval_hours", INTEGER);
    public final TableField<Record, Integer> recurrenceCount = column("recurrence_count", INTEGER);
    public final TableField<Record, Instant> endAt = column("end_at", INSTANT);
    public final TableField<Record, String> state = column("state", TEXT);
    public final TableField<Record, Instant> nextSlot = column("next_slot", INSTANT);
    public final TableField<Record, Instant> runningSlot = column("running_slot", INSTANT);
    public final TableField<Record, Integer> runningAttempt = column("running_attempt", INTEGER);
    public final TableField<Record, Instant> retryAt = column("retry_at", INSTANT);
    public final TableField<Record, Instant> runningMergedFrom =
        column("running_merged_from", INSTANT);
    public final TableField<Record, Instant> backlogFirst = column("backlog_first", INSTANT);
    public final TableField<Record, Instant> backlogUntil = column("backlog_until", INSTANT);
    public final TableField<Record, Integer> backlogStepHours =
        column("backlog_step_hours", INTEGER);
    public final TableField<Record, Instant> backlogMergedFrom =
        column("backlog_merged_from", INSTANT);
    public final TableField<Record, Integer> generated = column("generated", INTEGER);
    public final TableField<Record, Integer> failures = column("failures", INTEGER);
    public final TableField<Record, String> endReason = column("end_reason", TEXT);
    public final TableField<Record, Boolean> endedWhilePaused =
        column("ended_while_paused", BOOLEAN);
    public final TableField<Record, Instant> pausedAt = column("paused_at", INSTANT);
    public final TableField<Record, String> pausedBy = column("paused_by", TEXT);
    public final TableField<Record, String> pauseReason = column("pause_reason", TEXT);
    public final TableField<Record, Instant> pausedUntil = column("paused_until", INSTANT);
    public final TableField<Record, String> pauseCatchUp = column("pause_catch_up", TEXT);
    public final TableField<Record, Instant> wakeAt = column("wake_at", INSTANT);
    public final TableField<Record, Instant> askedAt = column("asked_at", INSTANT);
    public final TableField<Record, Instant> createdAt = column("created_at", INSTANT);
    public final TableField<Record, Instant> modifiedAt = column("modified_at", INSTANT);

    private Reports() {
      super("report");
    }
  }

  /// What executions are kept in.
  public static final class Executions extends Base {
    public final TableField<Record, UUID> id = column("id", ID);
    public final TableField<Record, UUID> reportId = column("report_id", ID);
    public final TableField<Record, Instant> slot = column("slot", INSTANT);
    public final TableField<Record, String> status = column("status", TEXT);
    public final TableField<Record, Integer> attempt = column("attempt", INTEGER);
    public final TableField<Record, Integer> claim = column("claim", INTEGER);
    public final TableField<Record, UUID> node = column("node", ID);
    public final TableField<Record, Instant> startedAt = column("started_at", INSTANT);
    public final TableField<Record, Instant> endedAt = column("ended_at", INSTANT);
    public final TableField<Record, Instant> windowFrom = column("window_from", INSTANT);
    public final TableField<Record, Instant> windowTo = column("window_to", INSTANT);
    public final TableField<Record, String> resultKey = column("result_key", TEXT);
    public final TableField<Record, Long> rows = column("result_rows", BIGINT);
    public final TableField<Record, Long> bytes = column("result_bytes", BIGINT);
    public final TableField<Record, String> sha256 = column("result_sha256", TEXT);
    public final TableField<Record, Instant> removedAt = column("result_removed_at", INSTANT);
    public final TableField<Record, String> error = column("error", TEXT);

    private Executions() {
      super("execution");
    }
  }

  /// What ranges of skipped slots are kept in.
  public static final class SkippedSlots extends Base {
    public final TableField<Record, UUID> reportId = column("report_id", ID);
    public final TableField<Record, Instant> first = column("first_slot", INSTANT);
    public final TableField<Record, Instant> last = column("last_slot", INSTANT);
    public final TableField<Record, Long> slots = column("slots", BIGINT);
    public final TableField<Record, String> reason = column("reason", TEXT);
    public final TableField<Record, Instant> into = column("into_slot", INSTANT);

    private SkippedSlots() {
      super("skipped");
    }
  }

  /// What the rights of users are kept in.
  public static final class Rights extends Base {
    public final TableField<Record, String> tenant = column("tenant", TEXT);
    public final TableField<Record, String> owner = column("owner", TEXT);
    public final TableField<Record, String> roles = column("roles", TEXT);
    public final TableField<Record, Instant> since = column("since", INSTANT);

    private Rights() {
      super("rights");
    }
  }

  /// What the entries of histories are kept in.
  public static final class History extends Base {
    public final TableField<Record, UUID> reportId = column("report_id", ID);
    public final TableField<Record, Integer> sequence = column("sequence", INTEGER);
    public final TableField<Record, Instant> at = column("at", INSTANT);
    public final TableField<Record, String> who = column("who", TEXT);
    public final TableField<Record, String> what = column("what", TEXT);
    public final TableField<Record, String> reason = column("reason", TEXT);
    public final TableField<Record, String> client = column("client", TEXT);
    public final TableField<Record, String> before = column("before_state", TEXT);
    public final TableField<Record, String> after = column("after_state", TEXT);
    public final TableField<Record, String> previousHash = column("previous_hash", TEXT);
    public final TableField<Record, String> hash = column("hash", TEXT);

    private History() {
      super("history");
    }
  }

  /// Where each history ends.
  public static final class HistoryHeads extends Base {
    public final TableField<Record, UUID> reportId = column("report_id", ID);
    public final TableField<Record, String> program = column("program", TEXT);
    public final TableField<Record, String> tenant = column("tenant", TEXT);
    public final TableField<Record, String> owner = column("owner", TEXT);
    public final TableField<Record, Integer> sequence = column("sequence", INTEGER);
    public final TableField<Record, String> hash = column("hash", TEXT);

    private HistoryHeads() {
      super("history_head");
    }
  }

  /// Where the test clock stands.
  public static final class TestClock extends Base {
    public final TableField<Record, Integer> id = column("id", INTEGER);
    public final TableField<Record, Instant> standsAt = column("stands_at", INSTANT);

    private TestClock() {
      super("test_clock");
    }
  }

  /// What callbacks are kept in.
  public static final class Callbacks extends Base {
    public final TableField<Record, UUID> executionId = column("execution_id", ID);
    public final TableField<Record, UUID> reportId = column("report_id", ID);
    public final TableField<Record, String> receiver = column("receiver", TEXT);
    public final TableField<Record, String> state = column("state", TEXT);
    public final TableField<Record, Instant> createdAt = column("created_at", INSTANT);
    public final TableField<Record, Instant> dueAt = column("due_at", INSTANT);
    public final TableField<Record, Instant> endedAt = column("ended_at", INSTANT);
    public final TableField<Record, Integer> round = column("round", INTEGER);
    public final TableField<Record, Integer> tries = column("tries", INTEGER);
    public final TableField<Record, Integer> attempts = column("attempts", INTEGER);

    private Callbacks() {
      super("callback");
    }
  }

  /// What the attempts at callbacks are kept in.
  public static final class CallbackAttempts extends Base {
    public final TableField<Record, UUID> executionId = column("execution_id", ID);
    public final TableField<Record, Integer> number = column("number", INTEGER);
    public final TableField<Record, Instant> at = column("at", INSTANT);
    public final TableField<Record, Long> millis = column("millis", BIGINT);
    public final TableField<Record, Integer> status = column("status", INTEGER);
    public final TableField<Record, String> error = column("error", TEXT);

    private CallbackAttempts() {
      super("callback_attempt");
    }
  }

  /// How often secrets of callbacks were changed.
  public static final class CallbackSecrets extends Base {
    public final TableField<Record, String> scope = column("scope", TEXT);
    public final TableField<Record, UUID> reportId = column("report_id", ID);
    public final TableField<Record, Integer> generation = column("generation", INTEGER);
    public final TableField<Record, Instant> since = column("since", INSTANT);
    public final TableField<Record, Instant> oldUntil = column("old_until", INSTANT);

    private CallbackSecrets() {
      super("callback_secret");
    }
  }

  /// What nodes are kept in.
  public static final class Nodes extends Base {
    public final TableField<Record, UUID> id = column("id", ID);
    public final TableField<Record, UUID> place = column("place", ID);
    public final TableField<Record, String> name = column("name", TEXT);
    public final TableField<Record, Instant> startedAt = column("started_at", INSTANT);
    public final TableField<Record, Instant> seenAt = column("seen_at", INSTANT);
    public final TableField<Record, Instant> leaseUntil = column("lease_until", INSTANT);

    private Nodes() {
      super("node");
    }
  }

  /// With which folder the store belongs together.
  public static final class KeptFiles extends Base {
    public final TableField<Record, Integer> id = column("id", INTEGER);
    public final TableField<Record, String> mark = column("mark", TEXT);

    private KeptFiles() {
      super("kept_files");
    }
  }

  /// A table whose columns are its fields.
  public abstract static class Base extends TableImpl<Record> {
    Base(String table) {
      super(name(table));
    }

    final <T> TableField<Record, T> column(String column, DataType<T> type) {
      return createField(name(column), type, this);
    }
  }
}
