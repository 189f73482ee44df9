package dev.reprise.server.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "https://h.example, h.example:443, /ID, /?reportId=ID",
    "https://h.example/, h.example:443, /ID, /?reportId=ID",
    "http://H.Example/a/b, h.example:80, /a/b/ID, /a/b?reportId=ID",
    "http://h.example:8080/a/, h.example:8080, /a/ID, /a/?reportId=ID",
    "https://h.example/a?x=1&y=%20z, h.example:443, /a/ID?x=1&y=%20z, /a?x=1&y=%20z&reportId=ID",
    "https://h.example?x=1, h.example:443, /ID?x=1, /?x=1&reportId=ID",
    "https://h.example/a?, h.example:443, /a/ID, /a?reportId=ID",
    "https://h.example/a#f, h.example:443, /a/ID, /a?reportId=ID",
    "https://h.example/%2Fa//b, h.example:443, /%2Fa//b/ID, /%2Fa//b?reportId=ID",
    "https://h.example/caf\u00e9, h.example:443, /caf%C3%A9/ID, /caf%C3%A9?reportId=ID",
    "http://[2001:DB8::1]:8080/a, '[2001:db8::1]:8080', /a/ID, /a?reportId=ID",
    "https://h.example./a, h.example:443, /a/ID, /a?reportId=ID",
    "http://127.0.0.1/, 127.0.0.1:80, /ID, /?reportId=ID"
  })
  void theReportIsAddedToTheAddress(String url, String receiver, String post, String get) {
    assertThat(Target.receiver(url)).isEqualTo(receiver);
    assertThat(Target.within(url, "ID").map(Target::path)).contains(post);
    assertThat(Target.with(url, "reportId", "ID").map(Target::path)).contains(get);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h.example/",
        "h.example",
        "//h.example/",
        "https://user@h.example/",
        "https://user:secret@h.example/",
        "https://a@b@h.example/",
        "http://0177.0.0.1.1/",
        "http://127.1/",
        "http://h.example:0/",
        "http://h.example:65536/",
        "http://h.example\r\nX: y/",
        "http://h.example/a b",
        "http:///a",
        "file:///etc/passwd",
        ""
      })
  void whatIsNoAddressIsNotCalled(String url) {
    assertThat(Target.within(url, "ID")).isEmpty();
    assertThat(Target.with(url, "reportId", "ID")).isEmpty();
    assertThat(Target.receiver(url)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.example:443/, h.example",
    "https://h.example:80/, h.example:80",
    "http://h.example:80/, h.example",
    "'http://[::1]:8080/', '[::1]:8080'"
  })
  void theHeaderHostHasNoPortThatTheSchemeHas(String url, String host) {
    assertThat(Target.within(url, "ID").map(Target::hostHeader)).contains(host);
  }
}
