package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Raw;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as no client library sends them, byte by byte: one envelope everywhere, with a
/// correlation id, and nothing of the inside.
class BrokenRequestsTest {
  private static final String MALFORMED = "Bad request: it is not well-formed HTTP/1.1";
  private static final String HOST_WANTED = "Bad request: it should have one Host header";
  private static final String NOT_AS_SAID =
      "Invalid request body: it does not arrive as its headers say";
  private static final String QUERIES = "/insights/v1/cmp/ScheduledQueries";
  private static final String REPORTS = "/insights/v1/cmp/ScheduledReport";
  private static final Pattern INSIDE =
      Pattern.compile("(?i)helidon|jooq|sqlite|java\\.|exception|dev\\.reprise|/tmp/|log for more");

  /// @param bytes where a last line `H` is a Host header, and a line `A` that and a token
  record Case(String bytes, int status, String message) {
    @Override
    public String toString() {
      String shown = bytes.length() > 80 ? bytes.substring(0, 80) + "..." : bytes;
      return status + " to " + shown.replace("\r\n", "|").replace("\0", "NUL");
    }
  }

  private final World world = World.shared();
  private final Api ada = world.as("ada-broken");

  static Stream<Case> requestLines() {
    String longest = "a".repeat(40_000);
    return Stream.of(
        bad("GET /health HTTP/1.0\r\n\r\n", "Bad request: HTTP/1.0 is too old, use HTTP/1.1"),
        bad("GET /health HTTP/1.0\r\nH\r\n", "Bad request: HTTP/1.0 is too old, use HTTP/1.1"),
        bad("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", MALFORMED),
        bad("GET /\r\n", MALFORMED),
        bad("GET / HTTP/3\r\nH\r\n", MALFORMED),
        bad("\0\1\2\3\r\n\r\n", MALFORMED),
        bad("\r\nGET /health HTTP/1.1\r\nH\r\n", MALFORMED),
        bad("GET /health HTTP/1.1\nHost: x\n\n", MALFORMED),
        bad("G(T /health HTTP/1.1\r\nH\r\n", MALFORMED),
        bad("GET /" + longest + " HTTP/1.1\r\nH\r\n", "Bad request: the request line is longer"),
        bad("GET /he\0alth HTTP/1.1\r\nH\r\n", MALFORMED),
        bad("GET /%zz HTTP/1.1\r\nH\r\n", MALFORMED),
        bad("GET /% HTTP/1.1\r\nH\r\n", MALFORMED),
        bad("GET " + REPORTS + "?reportName=<\"{|^` HTTP/1.1\r\nA\r\n\r\n", MALFORMED),
        bad("GET " + REPORTS + "?reportName=% HTTP/1.1\r\nA\r\n\r\n", MALFORMED),
        bad(
            "GET " + REPORTS + "?reportName=%ff HTTP/1.1\r\nA\r\n\r\n",
            "Bad request: the query string"),
        new Case("GET " + REPORTS + "?reportName=%00 HTTP/1.1\r\nA\r\n\r\n", 404, "No item found"),
        new Case("GET /h\u00e9 HTTP/1.1\r\nH\r\n", 404, "There is no such call: /h"),
        bad("GET /%ff%00 HTTP/1.1\r\nH\r\n", "Bad request: the path is not percent-encoded UTF-8"),
        new Case("GET /../../etc/passwd HTTP/1.1\r\nH\r\n", 404, "There is no such call: /"),
        new Case("CONNECT x:443 HTTP/1.1\r\nH\r\n", 404, "There is no such call"),
        new Case("OPTIONS * HTTP/1.1\r\nH\r\n", 404, "There is no such call"),
        new Case(
            "OPTIONS " + REPORTS + " HTTP/1.1\r\nH\r\n", 405, "Method not allowed: use POST, GET"),
        new Case(
            "TRACE " + REPORTS + " HTTP/1.1\r\nA\r\n\r\n",
            405,
            "Method not allowed: use POST, GET"),
        new Case("FOO /health HTTP/1.1\r\nH\r\n", 405, "Method not allowed: use GET, HEAD"),
        new Case(
            "GET /contoso/oauth2/token HTTP/1.1\r\nH\r\n", 405, "Method not allowed: use POST"),
        new Case(
            "GET http://x" + REPORTS + "?reportId=a HTTP/1.1\r\nA\r\n\r\n", 404, "No item found"));
  }

  static Stream<Case> headers() {
    String many = "X: a\r\n".repeat(9_000);
    return Stream.of(
        bad("GET /health HTTP/1.1\r\n\r\n", HOST_WANTED),
        bad("GET /health HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", HOST_WANTED),
        bad("GET /health HTTP/1.1\r\nHost:\r\n\r\n", HOST_WANTED),
        bad("GET /health HTTP/1.1\r\nHost: a b\r\n\r\n", HOST_WANTED),
        bad("GET /health HTTP/1.1\r\nHost: a:b\r\n\r\n", HOST_WANTED),
        bad("GET /health HTTP/1.1\r\n" + many + "H\r\n", "Bad request: the headers are longer"),
        bad(
            "GET /health HTTP/1.1\r\nX: " + many.replace("\r\n", "") + "\r\nH\r\n",
            "Bad request: the headers are longer than 32768 bytes"),
        bad(
            "GET /health HTTP/1.1\r\n" + "X".repeat(40_000) + ": a\r\nH\r\n",
            "Bad request: the headers are longer"),
        bad("GET /health HTTP/1.1\r\nno colon\r\nH\r\n", MALFORMED),
        bad("GET /health HTTP/1.1\r\nA : b\r\nH\r\n", MALFORMED),
        bad("GET /health HTTP/1.1\r\nA: b\r\n folded\r\nH\r\n", MALFORMED),
        bad("GET /health HTTP/1.1\r\nA: b\0c\r\nH\r\n", MALFORMED),
        bad("GET /health HTTP/1.1\r\nHos", MALFORMED + ", or ends too early"));
  }

  static Stream<Case> bodies() {
    String chunks = "Transfer-Encoding: chunked\r\n";
    String gzip = "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}";
    return Stream.of(
        post("Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", MALFORMED),
        post("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", MALFORMED),
        post("Content-Length: 2, 2\r\n\r\n{}", MALFORMED),
        post("Content-Length: -1\r\n\r\n{}", MALFORMED),
        post("Content-Length: +2\r\n\r\n{}", MALFORMED),
        post("Content-Length: two\r\n\r\n{}", MALFORMED),
        post("Content-Length: 99999999999999999999\r\n\r\n{}", MALFORMED),
        post("Content-Length: 2\r\n" + chunks + "\r\n2\r\n{}\r\n0\r\n\r\n", MALFORMED),
        post("Transfer-Encoding: identity\r\n\r\n{}", MALFORMED),
        post("Transfer-Encoding: gzip, chunked\r\n\r\n", "Bad request: of the transfer encodings"),
        post(gzip, "Bad request: a body cannot be packed"),
        post("Content-Length: 9\r\n\r\n{}", NOT_AS_SAID),
        post("Content-Length: 1\r\n\r\n{}", "Invalid request body: it is not valid JSON"),
        post(chunks + "\r\nzz\r\n{}\r\n0\r\n\r\n", NOT_AS_SAID),
        post(chunks + "\r\n-2\r\n{}\r\n0\r\n\r\n", NOT_AS_SAID),
        post(chunks + "\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n", NOT_AS_SAID),
        post(chunks + "\r\n7fffffff\r\n{}\r\n0\r\n\r\n", NOT_AS_SAID),
        post(chunks + "\r\n2\r\n{", NOT_AS_SAID),
        post(chunks + "\r\n2\r\n{}\r\n", NOT_AS_SAID),
        post(chunks + "\r\n2\r\n{}\r\n0\r\n\r\n", "Null or missing value: Name is required"),
        post("Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}", "Null or missing value"),
        new Case(
            "POST "
                + QUERIES
                + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                + "Content-Length: 2\r\n\r\n{}",
            401,
            "Unauthorized"),
        new Case(
            "POST " + QUERIES + " HTTP/1.1\r\nA\r\nContent-Length: 99999999999\r\n\r\n{}",
            413,
            "A request body is limited to 1048576 bytes"),
        bad(
            "POST /contoso/oauth2/token HTTP/1.1\r\nHost: x\r\n" + chunks + "\r\nzz\r\n",
            NOT_AS_SAID),
        bad(
            "POST /contoso/oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na",
            NOT_AS_SAID));
  }

  @ParameterizedTest
  @MethodSource({"requestLines", "headers", "bodies"})
  void aBrokenRequestIsAnsweredInTheEnvelope(Case sent) throws Exception {
    Raw answer = send(sent.bytes());
    assertThat(answer.status()).as(answer.body()).isEqualTo(sent.status());
    assertThat(answer.json().keySet())
        .containsExactly("Value", "TotalCount", "Message", "StatusCode");
    assertThat(answer.json())
        .containsEntry("Value", List.of())
        .containsEntry("StatusCode", sent.status());
    assertThat(String.valueOf(answer.json().get("Message"))).startsWith(sent.message());
    assertThat(answer.header("MS-CorrelationId")).isPresent();
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.headerNames())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).equals("server"));
    assertThat(INSIDE.matcher(answer.body().replace("/%ff", "")).find()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /reprise/v1/%zz HTTP/1.1\r\nH\r\n",
        "GET /reprise/v1/nowhere HTTP/1.1\r\nH\r\n",
        "GET /reprise/v1/clock HTTP/1.0\r\nH\r\n",
        "DELETE /reprise/v1/results/a.csv HTTP/1.1\r\nH\r\n",
        "GET /reprise/v1/results/a.csv HTTP/1.1\r\nH\r\n"
      })
  void underOurOwnCallsItIsAProblem(String request) throws Exception {
    Raw answer = send(request);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.json().keySet()).containsExactly("type", "title", "status", "detail", "code");
    assertThat(answer.json()).containsEntry("status", answer.status());
    assertThat(answer.header("MS-CorrelationId")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/insights/v1/cmp/ScheduledReport",
        "/nowhere",
        "/reprise/v1/nowhere",
        "/%zz",
        "/health"
      })
  void theAnswerToHeadHasNoBody(String path) throws Exception {
    Raw answer = send("HEAD " + path + " HTTP/1.1\r\nH\r\n");
    assertThat(answer.body() + answer.rest()).isEmpty();
    assertThat(answer.header("MS-CorrelationId")).isPresent();
    int status = answer.status();
    switch (path) {
      case "/health" -> assertThat(status).isEqualTo(200);
      case "/%zz" -> assertThat(status).isEqualTo(400);
      case "/insights/v1/cmp/ScheduledReport" -> assertThat(status).isEqualTo(405);
      default -> assertThat(status).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nH\r\n",
        "GET /health HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nH\r\n",
        "GET http://ada:secret@elsewhere/health?a=b HTTP/1.1\r\nH\r\n",
        "GET /health?a#b HTTP/1.1\r\nH\r\n",
        "GET /health HTTP/1.1\r\nX: \u00e9\r\nMS-CorrelationId: \u00e9 b\r\nH\r\n"
      })
  void whatIsOnlyOddIsAnsweredAsUsual(String request) throws Exception {
    Raw answer = send(request);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(answer.header("MS-CorrelationId").orElseThrow()).matches("[-0-9a-f]{36}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /heal", "\u0016\u0003\u0001\u0002"})
  void withoutOneWholeLineThereIsNobodyToAnswer(String bytes) throws Exception {
    assertThat(Raw.send(world.baseUrl(), bytes).head()).isEmpty();
  }

  @Test
  void afterARefusalTheConnectionDoesNotTakeWhatFollowsForARequest() throws Exception {
    Raw answer =
        send(
            "POST "
                + QUERIES
                + " HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 0\r\n\r\n"
                + "GET /health HTTP/1.1\r\nH\r\n");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Connection")).contains("close");
    assertThat(answer.rest()).isEmpty();
  }

  static List<String> strangeJson() {
    List<String> bodies = new ArrayList<>();
    bodies.add("[".repeat(100_000));
    bodies.add("{\"x\":" + "[".repeat(100_000));
    bodies.add("{\"x\":" + "{\"x\":".repeat(100_000));
    bodies.add("{\"Name\":" + "9".repeat(100_000) + "}");
    bodies.add("{\"Name\":1e999999999}");
    bodies.add("{\"Name\":\"\u00ff\u00fe\"}");
    bodies.add("{\"Name\":\"\\ud800\",\"Query\":\"x\"}");
    bodies.add("{\"Name\":\"a\",\"NAME\":\"b\"}");
    bodies.add("{\"Name\":\"a\"} x");
    bodies.add("{\"Name\":\"a\"}\0");
    bodies.add("{'Name':'a'}");
    bodies.add("{\"Name\":NaN}");
    bodies.add("{\"Name\":\"a\nb\"}");
    bodies.add("\u00fe\u00ff\0{\0}");
    bodies.add("{\"" + "k".repeat(60_000) + "\":1}");
    return bodies;
  }

  @ParameterizedTest
  @MethodSource("strangeJson")
  void strangeJsonIsRefused(String json) throws Exception {
    Raw answer = send(post("Content-Length: " + json.length() + "\r\n\r\n" + json, "").bytes());
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json()).containsEntry("StatusCode", 400);
    assertThat(INSIDE.matcher(answer.body()).find()).isFalse();
  }

  @Test
  void aByteOrderMarkIsNoHarm() throws Exception {
    String json = "\u00ef\u00bb\u00bf{}";
    Raw answer = send(post("Content-Length: " + json.length() + "\r\n\r\n" + json, "").bytes());
    assertThat(String.valueOf(answer.json().get("Message"))).startsWith("Null or missing value");
  }

  private Raw send(String bytes) throws Exception {
    String token = "Host: x\r\nAuthorization: Bearer " + ada.token() + "\r\n";
    return Raw.send(
        world.baseUrl(),
        bytes.replace("\r\nH\r\n", "\r\nHost: x\r\n\r\n").replace("\r\nA\r\n", "\r\n" + token));
  }

  private static Case bad(String bytes, String message) {
    return new Case(bytes, 400, message);
  }

  /// A request for a new query with these further headers and body.
  private static Case post(String more, String message) {
    return bad(
        "POST " + QUERIES + " HTTP/1.1\r\nA\r\nContent-Type: application/json\r\n" + more, message);
  }
}
