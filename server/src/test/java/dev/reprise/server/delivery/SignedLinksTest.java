package dev.reprise.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedLinksTest {
  private static final String KEY = "0198c2a4-7f10-7000-8000-0123456789ab.csv";
  private static final Instant NOW = Instant.parse("2026-01-05T06:00:00Z");
  private static final Instant EXPIRES = NOW.plusSeconds(60);

  @TempDir private Path keys;
  private Instant now = NOW;
  private Instant realNow = NOW;
  private SignedLinks links;

  @BeforeEach
  void open() {
    links = new SignedLinks(keys, clock(), realClock());
  }

  @Test
  void aLinkHasTheKeyTheNameAndTheEnd() {
    assertThat(links.link("http://127.0.0.1:8080/", KEY, "Täglich & mehr.csv", EXPIRES))
        .startsWith(
            "http://127.0.0.1:8080/reprise/v1/results/"
                + KEY
                + "?name=T%C3%A4glich%20%26%20mehr.csv&expires=1767592860&signature=")
        .matches(link -> URI.create(link).isAbsolute());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.csv", "Täglich.csv", "a&b=c?d#e/f+g%20 h\"\\.csv", "日本 😀.tsv", "a\r\nb", ""})
  void whatWasSignedIsAccepted(String name) {
    Query query = query(links.link("http://x", KEY, name, EXPIRES));
    assertThat(query.name()).isEqualTo(name);
    links.verify(KEY, name, query.expires(), query.signature());
  }

  @Test
  void whateverIsChangedTheLinkIsRefused() {
    Query query = query(links.link("http://x", KEY, "a.csv", EXPIRES));
    String expires = query.expires();
    String signature = query.signature();
    refused(KEY.replace("ab", "ac"), "a.csv", expires, signature);
    refused(KEY, "b.csv", expires, signature);
    refused(KEY, "a.csv", "1767592861", signature);
    refused(KEY, "a.csv", "0" + expires, signature);
    refused(KEY, "a.csv", expires, "");
    refused(KEY, "a.csv", expires, signature + "=");
    refused(KEY, "a.csv", expires, signature.substring(1));
    refused(KEY, "\na.csv", expires, signature);
  }

  @Test
  void aLinkWorksUntilItExpires() {
    Query query = query(links.link("http://x", KEY, "a.csv", EXPIRES));
    now = EXPIRES.minusMillis(1);
    links.verify(KEY, "a.csv", query.expires(), query.signature());
    now = EXPIRES;
    assertThatThrownBy(() -> links.verify(KEY, "a.csv", query.expires(), query.signature()))
        .hasMessage("This link is not valid or has expired: it expired at 2026-01-05T06:01:00Z");
  }

  @Test
  void linksOutliveARestart() {
    Query query = query(links.link("http://x", KEY, "a.csv", EXPIRES));
    new SignedLinks(keys, clock(), realClock())
        .verify(KEY, "a.csv", query.expires(), query.signature());
  }

  @Test
  void anotherServiceSignsOtherwise() {
    Query query = query(links.link("http://x", KEY, "a.csv", EXPIRES));
    var other = new SignedLinks(keys.resolve("other"), clock(), realClock());
    assertThatThrownBy(() -> other.verify(KEY, "a.csv", query.expires(), query.signature()))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void theSecretIsTheOwnersAlone() throws Exception {
    Path file = onlyKey();
    assertThat(Files.size(file)).isEqualTo(32);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aBrokenSecretStopsTheStart() throws Exception {
    Files.write(onlyKey(), new byte[5]);
    assertThatThrownBy(() -> new SignedLinks(keys, clock(), realClock()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has 5 bytes instead of 32");
  }

  @Test
  void aKeySignsForAMonthAndIsBelievedForAsLongAsALinkMayWork() throws Exception {
    Query first = query(links.link("http://x", KEY, "a.csv", EXPIRES));
    realNow = NOW.plus(Duration.ofDays(30));
    var later = new SignedLinks(keys, clock(), realClock());
    Query second = query(later.link("http://x", KEY, "a.csv", EXPIRES));
    assertThat(second.signature()).isNotEqualTo(first.signature());
    later.verify(KEY, "a.csv", first.expires(), first.signature());
    later.verify(KEY, "a.csv", second.expires(), second.signature());
    realNow = NOW.plus(Duration.ofDays(120)).plusSeconds(1);
    var last = new SignedLinks(keys, clock(), realClock());
    assertThatThrownBy(() -> last.verify(KEY, "a.csv", first.expires(), first.signature()))
        .isInstanceOf(RefusedException.class);
    last.verify(KEY, "a.csv", second.expires(), second.signature());
    try (var files = Files.list(keys)) {
      assertThat(files.map(file -> file.getFileName().toString().substring(0, 16)).sorted())
          .containsExactly("links-1770184800", "links-1777960801");
    }
  }

  @Test
  void aKeyThatIsTakenAwayIsBelievedNoLonger() throws Exception {
    Query query = query(links.link("http://x", KEY, "a.csv", EXPIRES));
    Files.delete(onlyKey());
    realNow = NOW.plusSeconds(1);
    var next = new SignedLinks(keys, clock(), realClock());
    assertThatThrownBy(() -> next.verify(KEY, "a.csv", query.expires(), query.signature()))
        .isInstanceOf(RefusedException.class);
  }

  private Path onlyKey() throws IOException {
    try (Stream<Path> files = Files.list(keys)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  private InstantSource clock() {
    return () -> now;
  }

  private InstantSource realClock() {
    return () -> realNow;
  }

  private void refused(String key, String name, String expires, String signature) {
    assertThatThrownBy(() -> links.verify(key, name, expires, signature))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.LINK_INVALID));
  }

  private record Query(String name, String expires, String signature) {}

  private static Query query(String link) {
    List<String> values =
        Arrays.stream(link.substring(link.indexOf('?') + 1).split("&"))
            .map(pair -> pair.substring(pair.indexOf('=') + 1))
            .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
            .toList();
    return new Query(values.get(0), values.get(1), values.get(2));
  }
}
