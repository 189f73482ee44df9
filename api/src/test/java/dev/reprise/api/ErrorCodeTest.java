package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
  @ParameterizedTest
  @EnumSource
  void everyCodeIsAnErrorWithAText(ErrorCode code) {
    assertThat(code.status()).isBetween(400, 500);
    assertThat(code.text()).isNotBlank().doesNotEndWith(".");
    assertThat(code.advice()).isNotBlank().endsWith(".");
  }

  @Test
  void aRefusalStartsWithTheTextAndItsLimitsThenSaysWhatWasWrong() {
    var refused = ErrorCode.RECURRENCE_INTERVAL_INVALID.because("RecurrenceInterval is 3", 4, 2160);
    assertThat(refused.text())
        .isEqualTo("Recurrence Interval must be between 4 and 2160: RecurrenceInterval is 3");
    assertThat(refused.code()).isEqualTo(ErrorCode.RECURRENCE_INTERVAL_INVALID);
  }
}
