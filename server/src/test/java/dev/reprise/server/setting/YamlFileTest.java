package dev.reprise.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
  @Test
  void nestedAndDottedNamesAreTheSame() {
    Values values = read("listen:\n  port: 1_000\nlimits.queries: '7'\nengine: {threads: 3}\n");
    assertThat(values.get(Setting.PORT)).isEqualTo(1000);
    assertThat(values.get(Setting.QUERIES)).isEqualTo(7);
    assertThat(values.get(Setting.ENGINE_THREADS)).isEqualTo(3);
    assertThat(values.find(Setting.PORT)).contains(new Given("1_000", "f.yaml:2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# nothing\n", "---\n", "null"})
  void anEmptyFileSetsNothing(String text) {
    assertThat(read(text).find(Setting.PORT)).isEmpty();
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheFirstName() {
    assertThat(read("\uFEFFworkers: 3").get(Setting.WORKERS)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          workers: 1~workers: 1              | f.yaml:2: workers is given twice, first at f.yaml:1
          listen: {port: 1}~listen.port: 2   | f.yaml:2: listen.port is given twice, first at f.yaml:1
          workers: [1]                       | f.yaml:1: workers takes one value, no list
          ~- workers                         | f.yaml:2: a list is not settings
          workers                            | f.yaml:1: settings are written as name: value
          misfire:~workers: 1                | f.yaml:1: misfire has no value
          workers: {a: 1}                    | f.yaml:1: workers takes one value, no settings in it
          ~wrokers: 1                        | f.yaml:2: there is no setting wrokers; did you mean workers?
          listen: {prot: 1}                  | f.yaml:1: there is no setting listen.prot; did you mean listen.port?
          listen: 1                          | f.yaml:1: there is no setting listen; did you mean listen.port?
          &a listen: *a                      | f.yaml:1: there is no setting listen; did you mean listen.port?
          listen: &a~  listen: *a            | f.yaml:2: there is no setting listen.listen; did you mean listen.host?
          [a]: 1                             | f.yaml:1: a name has to be plain text
          """)
  void whatIsWrongIsRefusedWithFileAndLine(String text, String line) {
    assertThat(refusal(text.replace('~', '\n').getBytes(StandardCharsets.UTF_8))).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"workers: 1\nlisten: {port: 1", "workers: 1\n\tlisten: 2", "a: 1\n---\nb: 1"})
  void whatIsNotYamlIsRefusedInOneLineWithItsPlace(String text) {
    assertThat(refusal(text.getBytes(StandardCharsets.UTF_8)))
        .matches("f\\.yaml:[23]: \\S.*")
        .hasLineCount(1);
  }

  @Test
  void whatIsNotUtf8IsRefusedWithItsLine() {
    byte[] latin = "workers: 1\n# Größe\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(refusal(latin)).isEqualTo("f.yaml:2: this is not UTF-8");
    byte[] cutOff = {'#', ' ', (byte) 0xC3};
    assertThat(refusal(cutOff)).isEqualTo("f.yaml:1: this is not UTF-8");
  }

  @Test
  void whatIsNestedTooDeeplyIsRefused() {
    byte[] deep = ("listen: " + "{".repeat(200_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(refusal(deep)).isEqualTo("f.yaml: settings are not nested this deeply");
  }

  private static String refusal(byte[] content) {
    var caught =
        org.assertj.core.api.Assertions.catchThrowable(() -> YamlFile.read("f.yaml", content));
    assertThat(caught).isInstanceOf(StartRefused.class);
    return ((StartRefused) caught).line();
  }

  private static Values read(String text) {
    return YamlFile.read("f.yaml", text.getBytes(StandardCharsets.UTF_8));
  }
}
