package dev.reprise.server.access.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Cases;
import org.junit.jupiter.api.Test;

class FormFuzzTest {
  @Test
  void everyBodyIsAFormWithValuesOrNone() {
    String sound = "grant_type=client_credentials&client_id=ada%40x&client_secret=a+b%C3%A9&empty=";
    Cases.each(
        6000,
        cases ->
            Form.parse(cases.changedBytes(sound))
                .ifPresent(form -> assertThat(form.values().values()).doesNotContain("")));
  }
}
