package dev.reprise.server.history;

import static dev.reprise.server.store.JooqKept.given;
import static dev.reprise.server.store.JooqTables.HISTORY;
import static dev.reprise.server.store.JooqTables.HISTORY_HEAD;

import dev.reprise.server.store.JooqKept;
import dev.reprise.server.store.JooqStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The history in the tables of the store.
public final class JooqHistoryStore implements HistoryStore {
  private static final JooqKept HEAD =
      new JooqKept(
          DSL.selectFrom(HISTORY_HEAD)
              .where(HISTORY_HEAD.reportId.eq(given(HISTORY_HEAD.reportId))),
          HISTORY_HEAD.fields());
  private static final JooqKept NEWEST =
      new JooqKept(
          DSL.select(HISTORY_HEAD.sequence, HISTORY_HEAD.hash)
              .from(HISTORY_HEAD)
              .where(HISTORY_HEAD.reportId.eq(given(HISTORY_HEAD.reportId))),
          HISTORY_HEAD.sequence,
          HISTORY_HEAD.hash);
  private static final JooqKept BEGIN =
      new JooqKept(
          DSL.insertInto(HISTORY_HEAD)
              .set(
                  given(
                      List.of(
                          HISTORY_HEAD.reportId,
                          HISTORY_HEAD.program,
                          HISTORY_HEAD.tenant,
                          HISTORY_HEAD.owner,
                          HISTORY_HEAD.sequence,
                          HISTORY_HEAD.hash))));
  private static final JooqKept GO_ON =
      new JooqKept(
          DSL.update(HISTORY_HEAD)
              .set(HISTORY_HEAD.sequence, given(HISTORY_HEAD.sequence))
              .set(HISTORY_HEAD.hash, given(HISTORY_HEAD.hash))
              .where(HISTORY_HEAD.reportId.eq(given(HISTORY_HEAD.reportId))));
  private static final JooqKept ADD =
      new JooqKept(
          DSL.insertInto(HISTORY)
              .set(
                  given(
                      List.of(
                          HISTORY.reportId,
                          HISTORY.sequence,
                          HISTORY.at,
                          HISTORY.who,
                          HISTORY.what,
                          HISTORY.reason,
                          HISTORY.client,
                          HISTORY.before,
                          HISTORY.after,
                          HISTORY.previousHash,
                          HISTORY.hash))));

  private final JooqStore store;

  public JooqHistoryStore(JooqStore store) {
    this.store = store;
  }

  /// Adds an event to the history of a report, in the transaction of the change itself.
  public static void append(DSLContext dsl, Subject subject, Event event) {
    UUID report = subject.report();
    Optional<Record> newest = NEWEST.find(dsl, row -> row, report);
    int sequence = newest.map(row -> row.get(HISTORY_HEAD.sequence)).orElse(0) + 1;
    String previousHash = newest.map(row -> row.get(HISTORY_HEAD.hash)).orElse(Chain.BEGIN);
    Entry entry = Chain.link(subject, sequence, previousHash, event);
    if (newest.isPresent()) {
      GO_ON.run(dsl, sequence, entry.hash(), report);
    } else {
      BEGIN.run(
          dsl, report, subject.program(), subject.tenant(), subject.user(), sequence, entry.hash());
    }
    ADD.run(
        dsl,
        report,
        sequence,
        event.at(),
        event.who(),
        event.what(),
        event.reason().orElse(null),
        event.client().orElse(null),
        event.before().orElse(null),
        event.after().orElse(null),
        entry.previousHash(),
        entry.hash());
  }

  /// Adds an act to the history of a report that is not there; nothing if it never was.
  public static void appendIfKnown(DSLContext dsl, UUID report, Act act, Instant now) {
    Event event = Event.of(act, now, Optional.empty(), Optional.empty());
    HEAD.find(dsl, JooqHistoryStore::head, report)
        .ifPresent(head -> append(dsl, head.subject(), event));
  }

  @Override
  public Optional<Head> head(UUID report) {
    return store.read(dsl -> HEAD.find(dsl, JooqHistoryStore::head, report));
  }

  @Override
  public List<Entry> list(UUID report, int after, int limit) {
    return store.read(dsl ->
        dsl.selectFrom(HISTORY)
            .where(HISTORY.reportId.eq(report).and(HISTORY.sequence.gt(after)))
            .orderBy(HISTORY.sequence)
            .limit(limit)
            .fetch(JooqHistoryStore::entry));
  }

  static Head head(Record row) {
    return new Head(
        new Subject(
            row.get(HISTORY_HEAD.reportId),
            row.get(HISTORY_HEAD.program),
            row.get(HISTORY_HEAD.tenant),
            row.get(HISTORY_HEAD.owner)),
        row.get(HISTORY_HEAD.sequence),
        row.get(HISTORY_HEAD.hash));
  }

  static Entry entry(Record row) {
    return new Entry(
        row.get(HISTORY.sequence),
        new Event(
            row.get(HISTORY.at),
            row.get(HISTORY.who),
            row.get(HISTORY.what),
            Optional.ofNullable(row.get(HISTORY.reason)),
            Optional.ofNullable(row.get(HISTORY.client)),
            Optional.ofNullable(row.get(HISTORY.before)),
            Optional.ofNullable(row.get(HISTORY.after))),
        row.get(HISTORY.previousHash),
        row.get(HISTORY.hash));
  }
}
