package dev.reprise.server.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.wire.WireProfile;
import dev.reprise.server.world.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answer that a case says, held against the one that came.
public final class Expected {
  private static final Map<String, String> STAND_INS =
      Map.of(
          "<id>", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
          "<time>", "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z",
          "<link>", "http://127\\.0\\.0\\.1:\\d+/reprise/v1/results/\\S+");

  private final Case expected;
  private final Given given;
  private final WireProfile profile;

  public Expected(Case expected, Given given, WireProfile profile) {
    this.expected = expected;
    this.given = given;
    this.profile = profile;
  }

  public void check(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(expected.status());
    String message = String.valueOf(reply.json().get(profile.key("Message")));
    String wanted = given.fill(expected.text("message"));
    if (wanted.equals("<text>")) {
      assertThat(message).startsWith(given.fill(expected.optional("starts").orElse("")));
    } else {
      assertThat(message).isEqualTo(wanted);
    }
    Object records = expected.status() == 200 ? expected.values().get("records") : List.of();
    if (records instanceof List<?> list) {
      same("answer", envelope(given.fillAll(list), list.size(), message), reply.json());
    }
  }

  private Map<String, @Nullable Object> envelope(
      @Nullable Object records, int size, String message) {
    boolean live = profile == WireProfile.LIVE;
    boolean redacted = expected.optional("redacted").filter("true"::equals).isPresent();
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("Value", records);
    if (live) {
      envelope.put("NextLink", null);
    }
    envelope.put("TotalCount", size);
    envelope.put("Message", message);
    envelope.put("StatusCode", expected.status());
    if (live || redacted) {
      envelope.put("DataRedacted", redacted);
    }
    return envelope;
  }

  private void same(String place, @Nullable Object wanted, @Nullable Object actual) {
    if (wanted instanceof Map<?, ?> map) {
      assertThat(actual).as(place).isInstanceOf(Map.class);
      Map<?, ?> found = (Map<?, ?>) actual;
      List<String> keys = new ArrayList<>();
      map.keySet().forEach(key -> keys.add(key(place, String.valueOf(key))));
      assertThat(found == null ? List.of() : List.copyOf(found.keySet())).as(place).isEqualTo(keys);
      map.forEach((key, value) -> {
        String name = key(place, String.valueOf(key));
        same(place + "." + name, value, found == null ? null : found.get(name));
      });
    } else if (wanted instanceof List<?> list && actual instanceof List<?> found) {
      assertThat(found).as(place).hasSameSizeAs(list);
      for (int i = 0; i < list.size(); i++) {
        same(place + "[" + i + "]", list.get(i), found.get(i));
      }
    } else {
      value(place, wanted, actual);
    }
  }

  /// Rows of a trial keep the spelling of their columns.
  private String key(String place, String name) {
    boolean row = expected.text("call").contains("testQueryResult") && place.contains("[");
    return row ? name : profile.key(name);
  }

  private static void value(String place, @Nullable Object wanted, @Nullable Object actual) {
    if ("<list>".equals(wanted)) {
      assertThat(actual).as(place).isInstanceOf(List.class);
    } else if (wanted instanceof String text && STAND_INS.containsKey(text)) {
      assertThat(String.valueOf(actual)).as(place).matches(STAND_INS.get(text));
    } else if (!"<text>".equals(wanted)) {
      assertThat(actual).as(place).isEqualTo(wanted);
    }
  }
}
