package dev.reprise.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.api.RefusedException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultRoutesTest {
  private static final String KEY = "0198c2a4-7f10-7000-8000-0123456789ab.csv";
  private static final String TSV = "0198c2a4-7f10-7000-8000-0123456789ab.tsv";
  private static final String TEXT = "Id,Name\n1,Ada\n2,Grace\n"; // 22 bytes
  private static final Instant NOW = Instant.parse("2026-01-05T06:00:00Z");
  private static final String LIVE = "/live";

  @TempDir private Path folder;
  private final Map<String, ResultFile> recorded = new ConcurrentHashMap<>();
  private Instant now = NOW;
  private LocalResultStore store;
  private SignedLinks links;
  private WebServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    store = new LocalResultStore(folder.resolve("results"), folder.resolve("temp"));
    links = new SignedLinks(folder.resolve("keys"), () -> now, () -> NOW);
    server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(this::routing)
            .build()
            .start();
    client = HttpClient.newHttpClient();
    publish(KEY, TEXT.getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop();
  }

  private void routing(HttpRouting.Builder routing) {
    routing
        .register(SignedLinks.PATH, routes(false))
        .register(LIVE + SignedLinks.PATH, routes(true))
        .error(
            RefusedException.class,
            (request, response, refused) ->
                response.status(refused.code().status()).send(refused.code().name()));
  }

  private ResultRoutes routes(boolean packed) {
    return new ResultRoutes(links, store, key -> Optional.ofNullable(recorded.get(key)), packed);
  }

  @Test
  void aLinkGivesTheWholeFile() throws Exception {
    var answer = get(link(KEY, "Täglich \"1\".csv"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo(TEXT);
    assertHeader(answer, "Content-Type", "text/csv; charset=utf-8");
    assertHeader(answer, "Content-Length", "22");
    assertHeader(answer, "ETag", tag());
    assertHeader(answer, "Accept-Ranges", "bytes");
    assertHeader(answer, "Cache-Control", "private");
    assertHeader(answer, "X-Content-Type-Options", "nosniff");
    assertHeader(answer, "Vary", "Accept-Encoding");
    assertHeader(
        answer,
        "Content-Disposition",
        "attachment; filename=\"T_glich _1_.csv\";"
            + " filename*=UTF-8''T%C3%A4glich%20%221%22.csv");
  }

  @Test
  void aTabSeparatedFileSaysSo() throws Exception {
    publish(TSV, new byte[] {'a', '\n'});
    assertHeader(
        get(link(TSV, "a.tsv")), "Content-Type", "text/tab-separated-values; charset=utf-8");
  }

  @Test
  void aFileNameAddsNoHeader() throws Exception {
    var answer = get(link(KEY, "a\r\nX-Evil: 1\r\n.csv"));
    assertThat(answer.headers().firstValue("X-Evil")).isEmpty();
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void headGivesTheHeadersAlone() throws Exception {
    var answer = send(request(link(KEY, "a.csv")).HEAD());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertHeader(answer, "Content-Length", "22");
    assertHeader(answer, "ETag", tag());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-6,   0,  6",
    "bytes=8-12,  8,  12",
    "bytes=0-0,   0,  0",
    "bytes=14-,   14, 21",
    "bytes=-8,    14, 21",
    "bytes=20-99, 20, 21",
    "bytes=-99,   0,  21",
    "bytes=9-99999999999999999999, 9, 21",
    "bytes=-99999999999999999999,  0, 21",
    "bytes=00000000000000000000008-12, 8, 12",
    "Bytes=21-21, 21, 21"
  })
  void aPartOfTheFileCanBeAskedFor(String range, int first, int last) throws Exception {
    // Packing never applies to parts.
    var answer =
        send(request(link(KEY, "a.csv")).header("Range", range).header("Accept-Encoding", "gzip"));
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).asString().isEqualTo(TEXT.substring(first, last + 1));
    assertHeader(answer, "Content-Range", "bytes " + first + "-" + last + "/22");
    assertHeader(answer, "Content-Length", Integer.toString(last - first + 1));
    assertHeader(answer, "ETag", tag());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=22-", "bytes=99-100", "bytes=-0", "bytes=99999999999999999999-"})
  void aPartBeyondTheEndIsRefused(String range) throws Exception {
    var answer = send(request(link(KEY, "a.csv")).header("Range", range));
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.body()).asString().isEqualTo("RANGE_UNSATISFIABLE");
    assertHeader(answer, "Content-Range", "bytes */22");
    assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=9-3", "bytes=0-1,4-5", "bytes=-", "bytes=a-b", "lines=0-1", "bytes"})
  void aRangeThatIsNoneGivesTheWholeFile(String range) throws Exception {
    var answer = send(request(link(KEY, "a.csv")).header("Range", range));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).asString().isEqualTo(TEXT);
  }

  @Test
  void aDownloadGoesOnOnlyIfTheFileIsTheSame() throws Exception {
    var same = request(link(KEY, "a.csv")).header("Range", "bytes=8-").header("If-Range", tag());
    assertThat(send(same).statusCode()).isEqualTo(206);
    for (String other : List.of("\"other\"", "W/" + tag(), "Mon, 05 Jan 2026 06:00:00 GMT")) {
      var answer =
          send(request(link(KEY, "a.csv")).header("Range", "bytes=8-").header("If-Range", other));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).asString().isEqualTo(TEXT);
    }
  }

  @Test
  void aFileThatTheClientHasIsNotSentAgain() throws Exception {
    for (String has : List.of(tag(), "W/" + tag(), "\"x\", " + tag(), "*")) {
      var answer = send(request(link(KEY, "a.csv")).header("If-None-Match", has));
      assertThat(answer.statusCode()).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertHeader(answer, "ETag", tag());
    }
    assertThat(send(request(link(KEY, "a.csv")).header("If-None-Match", "\"x\"")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aPackedDownloadUnpacksToTheSameBytes() throws Exception {
    byte[] bytes = "Id,Name\n1,Ada\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    publish(KEY, bytes);
    var answer = send(request(link(KEY, "a.csv")).header("Accept-Encoding", "br, gzip;q=0.8"));
    assertHeader(answer, "Content-Encoding", "gzip");
    assertHeader(answer, "Vary", "Accept-Encoding");
    assertHeader(answer, "ETag", tag().replaceFirst("\"$", "-gzip\""));
    assertThat(answer.body()).hasSizeLessThan(bytes.length / 10);
    assertThat(unpacked(answer)).isEqualTo(bytes);
  }

  @Test
  void theLiveProfilePacksUnlessTheRequestRefuses() throws Exception {
    String link = link(KEY, "a.csv").replace(SignedLinks.PATH, LIVE + SignedLinks.PATH);
    var packed = get(link);
    assertHeader(packed, "Content-Encoding", "gzip");
    assertThat(unpacked(packed)).asString().isEqualTo(TEXT);
    var plain = send(request(link).header("Accept-Encoding", "identity"));
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.body()).asString().isEqualTo(TEXT);
  }

  @ParameterizedTest
  @CsvSource({
    "name=a.csv,       name=b.csv",
    "name=a.csv&,      ''",
    "expires=1767,     expires=1768",
    "signature=,       signature=A",
    "signature=,       signed=",
    "89ab.csv,         89ac.csv",
    "89ab.csv,         89ab.tsv",
    "?name,            ?name=x&name",
    "0198c2a4,         %00"
  })
  void aChangedLinkIsRefused(String part, String change) throws Exception {
    String link = link(KEY, "a.csv");
    assertThat(link).contains(part);
    var answer = get(link.replace(part, change));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).asString().isEqualTo("LINK_INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../keys/links-1767592800-0a1b2c3d.key?",
        "..%2F..%2F..%2F..%2Fkeys%2Flinks-1767592800-0a1b2c3d.key?",
        "%2e%2e%2f%2e%2e%2fkeys%2flinks-1767592800-0a1b2c3d.key?",
        "%2e%2e/ab/",
        "./ab/",
        "ab/"
      })
  void noPathLeadsAroundTheSignature(String path) throws Exception {
    String link = link(KEY, "a.csv").replace("/results/", "/results/" + path);
    assertThat(get(link).statusCode()).isIn(403, 404);
  }

  @Test
  void anExpiredLinkIsRefused() throws Exception {
    String link = link(KEY, "a.csv");
    now = NOW.plusSeconds(60);
    assertThat(get(link).statusCode()).isEqualTo(403);
  }

  @Test
  void aFileDeletedUnderItsLinkIsNotFound() throws Exception {
    String link = link(KEY, "a.csv");
    store.delete(KEY);
    var gone = get(link);
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body()).asString().isEqualTo("RESULT_NOT_FOUND");
    recorded.clear();
    assertThat(get(link).statusCode()).isEqualTo(404);
  }

  @Test
  void aFileThatIsShorterThanRecordedIsNotHandedOut() throws Exception {
    recorded.computeIfPresent(
        KEY, (key, file) -> new ResultFile(key, file.bytes() + 1, file.rows(), file.sha256()));
    assertThat(get(link(KEY, "a.csv")).statusCode()).isEqualTo(500);
  }

  @Test
  void clientsThatReadSlowlyOrGoAwayHoldNobodyUp() throws Exception {
    byte[] bytes = new byte[32 << 20]; // Far more than the sockets buffer.
    publish(KEY, bytes);
    String link = link(KEY, "a.csv");
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      slow.add(startDownload(URI.create(link)));
    }
    assertThat(get(link).body()).hasSize(bytes.length);
    for (Socket socket : slow.subList(1, slow.size())) {
      socket.close();
    }
    assertThat(get(link).body()).hasSize(bytes.length);
    try (Socket first = slow.getFirst();
        InputStream in = first.getInputStream()) {
      assertThat(in.readNBytes(bytes.length)).hasSize(bytes.length);
    }
  }

  private static Socket startDownload(URI link) throws Exception {
    var socket = new Socket(InetAddress.getLoopbackAddress(), link.getPort());
    String request =
        "GET %s?%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
            .formatted(link.getRawPath(), link.getRawQuery());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().readNBytes(8)).asString().isEqualTo("HTTP/1.1");
    return socket;
  }

  @Test
  void otherMethodsAreNotServed() throws Exception {
    assertThat(send(request(link(KEY, "a.csv")).DELETE()).statusCode()).isIn(404, 405);
    assertThat(store.open(KEY)).isPresent();
    assertThatThrownBy(() -> store.open("x")).isInstanceOf(IllegalArgumentException.class);
  }

  private void publish(String key, byte[] bytes) throws Exception {
    try (ResultStore.Staged staged = store.stage(key)) {
      Files.write(staged.path(), bytes);
      long lines = 0;
      for (byte octet : bytes) {
        lines += octet == '\n' ? 1 : 0;
      }
      recorded.put(key, store.publish(staged, key, Math.max(0, lines - 1)));
    }
  }

  private String tag() {
    return "\"" + Objects.requireNonNull(recorded.get(KEY)).sha256() + "\"";
  }

  private String link(String key, String name) {
    return links.link("http://127.0.0.1:" + server.port(), key, name, NOW.plusSeconds(60));
  }

  private static HttpRequest.Builder request(String link) {
    return HttpRequest.newBuilder(URI.create(link));
  }

  private HttpResponse<byte[]> get(String link) throws Exception {
    return send(request(link));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static byte[] unpacked(HttpResponse<byte[]> answer) throws Exception {
    return new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
  }

  private static void assertHeader(HttpResponse<?> answer, String name, String value) {
    assertThat(answer.headers().allValues(name)).as(name).containsExactly(value);
  }
}
