package dev.reprise.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Cases;
import org.junit.jupiter.api.Test;

class ByteRangeFuzzTest {
  private static final String[] HEADERS = {
    "bytes=0-499", "bytes=-500", "bytes=9500-", "Bytes= 1 - 2"
  };

  @Test
  void everyHeaderIsAPartOfTheFileOrOutsideOfItOrIgnored() {
    Cases.each(
        8000,
        cases -> {
          long bytes = 1L + cases.below(10_000);
          ByteRange.of(cases.changed(cases.oneOf(HEADERS)), bytes)
              .filter(part -> part.isWithin(bytes))
              .ifPresent(part -> {
                assertThat(part.first()).isBetween(0L, bytes - 1);
                assertThat(part.last()).isBetween(part.first(), bytes - 1);
                assertThat(part.length()).isBetween(1L, bytes);
              });
        });
  }
}
