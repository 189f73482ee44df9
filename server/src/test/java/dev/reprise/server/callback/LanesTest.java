package dev.reprise.server.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.report.Definition.Callback.Method;
import dev.reprise.server.report.ReportId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final int PLACES = 40;

  private final Lanes lanes = new Lanes(PLACES);

  private static List<Due> due(String receiver, int count) {
    return Stream.generate(() -> due(receiver)).limit(count).toList();
  }

  private static Due due(String receiver) {
    var completed =
        new Due.Completed(
            Instant.EPOCH,
            1,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            "");
    var marks = new Secrets.Marks("contoso", ReportId.random(), Optional.empty(), Optional.empty());
    return new Due(UUID.randomUUID(), receiver, 0, 0, Method.POST, "", marks, completed);
  }

  /// One look, in which each receiver has as many as anybody could want.
  private List<Due> look(String... receivers) {
    for (String receiver : lanes.begin(List.of(receivers))) {
      lanes.offer(receiver, due(receiver, lanes.wanted(receiver)));
    }
    List<Due> started = new ArrayList<>();
    for (Optional<Due> next = lanes.next(); next.isPresent(); next = lanes.next()) {
      started.add(next.get());
    }
    lanes.end();
    return started;
  }

  private static long of(List<Due> started, String receiver) {
    return started.stream().filter(due -> due.receiver().equals(receiver)).count();
  }

  @Test
  void aNewReceiverHasOneAtOnceAndAQuickOneSixteen() {
    List<Due> first = look("a");
    assertThat(first).hasSize(1);
    assertThat(look("a")).isEmpty();
    lanes.ended(first.getFirst(), true);
    List<Due> more = look("a");
    assertThat(more).hasSize(16);
    assertThat(look("a")).isEmpty();
    more.forEach(due -> lanes.ended(due, false));
    assertThat(look("a")).hasSize(1);
  }

  @Test
  void halfOfThePlacesAreForThoseThatAreQuick() {
    lanes.ended(look("z").getFirst(), true);
    String[] hanging =
        Stream.iterate(0, i -> i + 1).limit(100).map(i -> "h" + i).toArray(String[]::new);
    assertThat(look(hanging)).hasSize(PLACES / 2);
    assertThat(look(hanging)).isEmpty();
    String[] all = Stream.concat(Stream.of(hanging), Stream.of("z")).toArray(String[]::new);
    assertThat(of(look(all), "z")).isEqualTo(16);
  }

  @Test
  void whoWasPassedOverIsFirstInTurn() {
    List<String> names = List.of("a", "b", "c", "d", "e");
    for (String name : names) {
      lanes.ended(look(name).getFirst(), true);
    }
    String[] all = names.toArray(String[]::new);
    List<Due> first = look(all);
    assertThat(first).hasSize(PLACES);
    assertThat(names).allSatisfy(name -> assertThat(of(first, name)).isEqualTo(PLACES / 5));
    first.stream().limit(2).forEach(due -> lanes.ended(due, true));
    List<String> second = look(all).stream().map(Due::receiver).toList();
    assertThat(second).hasSize(2).doesNotHaveDuplicates();
    first.stream().skip(2).limit(3).forEach(due -> lanes.ended(due, true));
    assertThat(look(all)).extracting(Due::receiver).hasSize(3).doesNotContainAnyElementsOf(second);
  }

  @Test
  void whatEndsWhileItIsLookedForIsNotSentTwice() {
    Due one = look("a").getFirst();
    lanes.begin(List.of("a"));
    List<Due> found = List.of(one); // Found before what came of it was recorded.
    lanes.ended(one, true);
    lanes.offer("a", found);
    assertThat(lanes.next()).isEmpty();
    lanes.end();
    lanes.begin(List.of("a")); // Due again, after a replay.
    lanes.offer("a", found);
    assertThat(lanes.next()).contains(one);
  }

  @Test
  void whatIsUnderWayIsNotSentTwice() {
    lanes.ended(look("a").getFirst(), true);
    List<Due> same = due("a", 3);
    lanes.begin(List.of("a"));
    lanes.offer("a", same);
    assertThat(Stream.generate(lanes::next).takeWhile(Optional::isPresent)).hasSize(3);
    lanes.end();
    lanes.begin(List.of("a"));
    lanes.offer("a", same);
    assertThat(lanes.next()).isEmpty();
  }
}
