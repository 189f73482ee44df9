package dev.reprise.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip                   | true  | true",
        "GZIP                   | true  | true",
        "br, gzip;q=0.5         | true  | true",
        "*                      | true  | true",
        "gzip;q=0               | false | false",
        "gzip; q=0.000          | false | false",
        "*;q=0                  | false | false",
        "identity               | false | false",
        "identity;q=0           | false | true",
        "gzip;q=0.5, identity   | false | false",
        "identity;q=0.5, gzip   | true  | true",
        "br                     | false | true",
        "gzip;q=5               | false | false",
        "gzipped                | false | true",
        "''                     | false | true"
      })
  void theRequestDecides(String header, boolean ifAccepted, boolean unlessRefused) {
    assertThat(Encodings.IF_ACCEPTED.gzip(Optional.of(header))).isEqualTo(ifAccepted);
    assertThat(Encodings.UNLESS_REFUSED.gzip(Optional.of(header))).isEqualTo(unlessRefused);
  }

  @Test
  void aRequestThatSaysNothingIsPackedOnlyWhereThatIsUsual() {
    assertThat(Encodings.IF_ACCEPTED.gzip(Optional.empty())).isFalse();
    assertThat(Encodings.UNLESS_REFUSED.gzip(Optional.empty())).isTrue();
  }
}
