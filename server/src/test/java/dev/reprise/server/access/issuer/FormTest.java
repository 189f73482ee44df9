package dev.reprise.server.access.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
  @Test
  void namesAndValuesAreUnescaped() {
    assertThat(parse("grant_type=password&user%6Eame=ada%40contoso.com&password=a+b%2Bc%3D=&x"))
        .contains(
            new Form(
                Map.of(
                    "grant_type", "password",
                    "username", "ada@contoso.com",
                    "password", "a b+c==")));
  }

  @Test
  void aParameterWithoutAValueCountsAsLeftOut() {
    assertThat(parse("scope=&resource&&client_id=ada"))
        .contains(new Form(Map.of("client_id", "ada")));
    assertThat(parse("")).contains(new Form(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=%",
        "a=%4",
        "a=%zz",
        "a=%+1",
        "a=%-1",
        "%=b",
        "a=%4&b=1",
        "a=%ff",
        "a=1&a=2",
        "a=1&%61=1"
      })
  void aWrongEscapeOrARepeatedParameterMakesItNoForm(String body) {
    assertThat(parse(body)).isEmpty();
  }

  @Test
  void bytesThatAreNotUtf8AreNoForm() {
    assertThat(Form.parse(new byte[] {'a', '=', (byte) 0xc3})).isEmpty();
  }

  @Test
  void aFormIsLimitedTo64KiB() {
    byte[] body = ("a=" + "x".repeat(Form.LIMIT - 2)).getBytes(StandardCharsets.UTF_8);
    assertThat(Form.parse(body)).isPresent();
    assertThat(parse("a=" + "x".repeat(Form.LIMIT - 1))).isEmpty();
  }

  @Test
  void whatWasEscapedIsReadBack() {
    Random random = new Random(20260105);
    for (int round = 0; round < 500; round++) {
      Map<String, String> values = new LinkedHashMap<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        values.put(text(random), text(random));
      }
      String body =
          values.entrySet().stream()
              .map(value -> escaped(value.getKey()) + "=" + escaped(value.getValue()))
              .collect(Collectors.joining("&"));
      assertThat(parse(body)).as("round %d: %s", round, body).contains(new Form(values));
    }
  }

  @Test
  void anyBytesAreAFormOrNone() {
    Random random = new Random(20260106);
    byte[] alphabet = "%%%=&+4aFZ\u0000é".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 5_000; round++) {
      byte[] body = new byte[random.nextInt(24)];
      for (int i = 0; i < body.length; i++) {
        body[i] = alphabet[random.nextInt(alphabet.length)];
      }
      Optional<Form> form = Form.parse(body); // Must not throw.
      form.ifPresent(
          read -> assertThat(read.values().values()).allSatisfy(v -> assertThat(v).isNotEmpty()));
    }
  }

  private static Optional<Form> parse(String body) {
    return Form.parse(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String text(Random random) {
    String letters = "aİığ&=%+ \n€😀/";
    int[] points = letters.codePoints().toArray();
    return random
        .ints(1 + random.nextInt(8), 0, points.length)
        .mapToObj(i -> Character.toString(points[i]))
        .collect(Collectors.joining());
  }
}
