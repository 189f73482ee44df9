package dev.reprise.server.history;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.server.history.HistoryStore.Head;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Field;
import dev.reprise.server.wire.Times;
import io.helidon.http.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The call on the history of a report; it answers after the report is deleted as well.
public final class HistoryRoutes {
  private final HistoryStore store;

  public HistoryRoutes(HistoryStore store) {
    this.store = store;
  }

  public void addTo(Calls calls) {
    calls.own(
        Method.GET,
        "/reprise/v1/reports/{reportId}/history",
        "getting the history of the report",
        this::list);
  }

  private List<Field> list(Call call) {
    String id = call.segment("reportId").orElse("");
    Head head =
        uuid(id)
            .flatMap(store::head)
            .filter(found -> found.subject().isFor(call.caller()))
            .orElseThrow(() -> ErrorCode.ITEM_NOT_FOUND.because("reportId " + id));
    int skip = call.parameters().skip();
    List<Entry> entries = store.list(head.subject().report(), skip, Limits.EVENTS_PER_ANSWER);
    List<Field> answer = new ArrayList<>();
    answer.add(new Field("events", entries.stream().map(HistoryRoutes::view).toList()));
    if (skip + entries.size() < head.sequence() && !entries.isEmpty()) {
      answer.add(new Field("nextLink", call.linkAfter(skip + entries.size())));
    }
    return answer;
  }

  private static List<Field> view(Entry entry) {
    Event event = entry.event();
    return List.of(
        new Field("sequence", entry.sequence()),
        new Field("at", Times.format(event.at())),
        new Field("who", event.who()),
        new Field("what", event.what()),
        new Field("reason", event.reason().orElse(null)),
        new Field("client", event.client().orElse(null)),
        new Field("before", Chain.json(event.before())),
        new Field("after", Chain.json(event.after())),
        new Field("previousHash", entry.previousHash()),
        new Field("hash", entry.hash()));
  }

  private static Optional<UUID> uuid(String id) {
    try {
      return id.length() == 36 ? Optional.of(UUID.fromString(id)) : Optional.empty();
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
