package dev.reprise.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.RefusedException;
import dev.reprise.server.world.Cases;
import io.helidon.common.uri.UriPath;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whatever is sent, the readers of requests take it or refuse it; they fail at nothing.
class ReadersFuzzTest {
  private static final String[] QUERIES = {
    "reportId=a;b&reportName=%C3%B6l+im%20Januar&includeSystemQueries=TRUE&skip=3",
    "skip=1",
    "",
    "=&="
  };
  private static final String[] BODIES = {
    "{\"Name\":\"Orders\",\"name\":null,\"n\":12,\"flag\":true,\"x\":{\"a\":[1,{\"b\":2}]}}",
    "{\"n\":1.0e2,\"flag\":\"False\",\"Name\":\"\\u00e9\\ud83d\\ude00\"}",
    "\ufeff{\"n\":-5}",
    "{}"
  };
  private static final String[] TIMES = {
    "2026-01-05T06:00:00Z",
    "2026-01-05 06:00:00Z",
    "2026-02-29",
    "0001-01-01T00:00:00Z",
    "9999-12-31"
  };
  private static final String[] PATHS = {
    "/insights/v1/cmp/ScheduledReport/pause/3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "/insights/v1/cmp/ScheduledReport",
    "/reprise/v1/clock/"
  };

  @Test
  void everyQueryStringIsReadOrRefused() {
    Cases.each(
        4000,
        cases -> {
          String query = cases.changed(cases.oneOf(QUERIES));
          orRefused(() -> {
            Parameters parameters = Parameters.parse(query);
            parameters.list("reportId");
            parameters.text("reportName");
            orRefused(() -> parameters.flag("includeSystemQueries", true));
            return parameters.skip() >= 0;
          });
        });
  }

  @Test
  void aParameterIsReadAsItWasWritten() {
    Cases.each(
        2000,
        cases -> {
          String value = cases.changed("Öl im Januar & Februar");
          // Half a pair of UTF-16 cannot be written.
          Optional<String> text =
              Optional.of(value).filter(StandardCharsets.UTF_8.newEncoder()::canEncode);
          text.ifPresent(sent ->
              assertThat(
                      Parameters.parse("Name=" + URLEncoder.encode(sent, StandardCharsets.UTF_8))
                          .text("nAME"))
                  .isEqualTo(Optional.of(sent.strip()).filter(some -> !some.isEmpty())));
        });
  }

  @Test
  void everyBodyIsReadOrRefused() {
    Cases.each(
        6000,
        cases -> {
          byte[] bytes = cases.changedBytes(cases.oneOf(BODIES));
          orRefused(() -> {
            RequestBody body = RequestBody.parse(bytes);
            orRefused(() -> body.text("NAME"));
            orRefused(() -> body.text("x"));
            orRefused(() -> body.flag("flag"));
            return body.integer("n", ErrorCode.VALUE_INVALID);
          });
        });
  }

  @Test
  void everyTimeIsReadAsItWasWrittenOrNotATime() {
    Cases.each(
        6000,
        cases -> {
          String text = cases.changed(cases.oneOf(TIMES));
          Optional<Instant> time = Times.parse(text, WireProfile.DOCUMENTED);
          time.ifPresent(instant -> assertThat(Times.format(instant)).isEqualTo(text));
          Optional<Instant> live = Times.parse(text, WireProfile.LIVE);
          live.ifPresent(
              instant -> assertThat(Times.format(instant)).isEqualTo(text.replace(' ', 'T')));
          Times.parseTimeOrDay(text, WireProfile.LIVE)
              .ifPresent(
                  instant -> assertThat(Times.format(instant)).startsWith(text.substring(0, 10)));
        });
  }

  @Test
  void everyPathMatchesInAnyCasingOrInNone() {
    var pause = FoldedPath.of("/insights/{version}/{program}/ScheduledReport/pause/{reportId}");
    Cases.each(
        4000,
        cases -> {
          String path = cases.changed(cases.oneOf(PATHS));
          boolean ascii = path.chars().allMatch(c -> c > ' ' && c < 127);
          if (ascii && isSound(path)) {
            String upper = path.replaceAll("%[0-9A-Fa-f]{2}", "x").toUpperCase(Locale.ROOT);
            String lower = upper.toLowerCase(Locale.ROOT);
            assertThat(pause.fits(FoldedPath.cut(upper)))
                .isEqualTo(pause.fits(FoldedPath.cut(lower)));
            orRefused(() -> FoldedPath.cut(path));
          }
        });
  }

  /// Whether it gets past the server, which refuses the rest by itself.
  private static boolean isSound(String path) {
    try {
      UriPath.create(path).validate();
      return path.startsWith("/");
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private interface Reading {
    Object read();
  }

  private static boolean orRefused(Reading reading) {
    try {
      reading.read();
    } catch (RefusedException refused) {
      assertThat(refused.code().status()).isEqualTo(400);
    }
    return true;
  }
}
