package dev.reprise.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTallyTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a, 0",
    "'a\n', 1",
    "'a,b\n1,2\n3,4\n', 3",
    "'\n\n\n\n\n\n\n\n\n\n', 10",
    "'a\n\"one\ntwo\"\n', 2",
    "'a\n\"one\"\"\ntwo\"\n', 2",
    "'a\n\"one\"\"\"\n\"\"\n', 3",
    "'a\r\nb\r\n', 2",
    "'12345678\n12345678\n', 2"
  })
  void lineEndsWithinQuotesEndNoLine(String text, long lines) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var tally = new LineTally();
    assertThat(tally.add(bytes, bytes.length, false)).isEqualTo(bytes.length);
    assertThat(tally.lines()).isEqualTo(lines);
  }

  @Test
  void anyPiecesGiveWhatCountingByteByByteGives() {
    var random = new Random(5);
    String letters = "\n\n\"a,\u0000\r\u000b\u0009\u00a2\u4e2d";
    for (int round = 0; round < 300; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(200); i > 0; i--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      var tally = new LineTally();
      for (int at = 0; at < bytes.length; ) {
        int length = 1 + random.nextInt(bytes.length - at);
        tally.add(Arrays.copyOfRange(bytes, at, at + length), length, false);
        at += length;
      }
      assertThat(tally.lines()).as("round %d", round).isEqualTo(slowly(bytes));
    }
  }

  @Test
  void aZeroByteEndsTheCountingWhereItIs() {
    byte[] bytes = new byte[64];
    Arrays.fill(bytes, (byte) '\n');
    for (int zero = 0; zero < bytes.length; zero++) {
      bytes[zero] = 0;
      var tally = new LineTally();
      assertThat(tally.add(bytes, bytes.length, true)).isEqualTo(zero);
      assertThat(tally.lines()).isEqualTo(zero);
      bytes[zero] = '\n';
    }
  }

  @Test
  void soItDoesAmongQuotes() {
    byte[] bytes = new byte[64];
    Arrays.fill(bytes, (byte) '\n');
    bytes[1] = '"';
    bytes[3] = '"';
    bytes[63] = '"';
    for (int zero = 4; zero < 63; zero++) {
      bytes[zero] = 0;
      var tally = new LineTally();
      assertThat(tally.add(bytes, bytes.length, true)).isEqualTo(zero);
      assertThat(tally.lines()).as("up to %d", zero).isEqualTo(zero - 3);
      bytes[zero] = '\n';
    }
  }

  private static long slowly(byte[] bytes) {
    boolean quoted = false;
    long lines = 0;
    for (byte octet : bytes) {
      quoted ^= octet == '"';
      lines += octet == '\n' && !quoted ? 1 : 0;
    }
    return lines;
  }
}
