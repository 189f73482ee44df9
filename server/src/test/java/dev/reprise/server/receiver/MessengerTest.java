package dev.reprise.server.receiver;

import static dev.reprise.server.world.Receiver.says;
import static dev.reprise.server.world.Receiver.status;
import static dev.reprise.server.world.Receiver.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.tls.PemPair;
import dev.reprise.server.world.Receiver;
import dev.reprise.server.world.Receiver.Behaviour;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One request, and receivers that do what they should not.
class MessengerTest {
  private static final Duration IN_ALL = Duration.ofMillis(400);
  private static final String BODY = "{\"a\":\"\u00e9\"}";

  private static Messenger messenger(SSLSocketFactory tls, Duration inAll) {
    var allowed = AllowedReceivers.parse(List.of("127.0.0.0/8"));
    // Names that are no addresses are all this machine.
    var reach =
        new Reach(
            allowed,
            host -> InetAddress.getAllByName(host.endsWith(".example") ? "127.0.0.1" : host),
            target -> false);
    return new Messenger(reach, () -> tls, Duration.ofSeconds(2), inAll);
  }

  private static Answer send(String url, Duration inAll) {
    try (var messenger = messenger((SSLSocketFactory) SSLSocketFactory.getDefault(), inAll)) {
      return messenger.send(post(url));
    }
  }

  private static Message post(String url) {
    Target target = Target.within(url, "ID").orElseThrow();
    return new Message(target, "POST", Map.of("X-A", "b"), BODY);
  }

  /// What a receiver that behaves so is thought to have answered.
  private static Answer answer(Behaviour behaviour) {
    try (var receiver = Receiver.that(behaviour)) {
      return send(receiver.url(), Duration.ofSeconds(30));
    }
  }

  private static Answer status(int code) {
    return new Answer.Status(code, Optional.empty());
  }

  private static Answer none(String why) {
    return new Answer.None(why);
  }

  @Test
  void theRequestIsWholeAndNamesItsHost() {
    try (var receiver = Receiver.that(Receiver.status(204))) {
      String url = "http://hooks.example:" + receiver.port() + "/a?x=1";
      assertThat(send(url, Duration.ofSeconds(30))).isEqualTo(status(204));
      Receiver.Received request = receiver.received().getFirst();
      assertThat(request.line()).isEqualTo("POST /a/ID?x=1 HTTP/1.1");
      assertThat(request.headers())
          .containsEntry("host", "hooks.example:" + receiver.port())
          .containsEntry("x-a", "b")
          .containsEntry("content-length", "10")
          .containsEntry("connection", "close");
      assertThat(request.body()).isEqualTo("{\"a\":\"\u00c3\u00a9\"}"); // Two bytes of UTF-8.
    }
  }

  @Test
  void aStatusIsAnAnswerWhateverFollowsIt() {
    assertThat(answer(Receiver.status(200))).isEqualTo(status(200));
    assertThat(answer(says("503 Busy\r\n"))).isEqualTo(status(503));
    assertThat(answer(says("200\r\nContent-Length: 100\r\n"))).isEqualTo(status(200)); // A lie.
    assertThat(answer(says("200 OK\r\nContent-Length: none\r\n"))).isEqualTo(status(200));
    assertThat(answer(socket -> write(socket, "HTTP/1.0 201 Made\n\n"))).isEqualTo(status(201));
    assertThat(answer(says("302 Found\r\nLocation: http://127.0.0.1:1/\r\n")))
        .isEqualTo(status(302));
  }

  @Test
  void anEndlessBodyIsNotRead() {
    Answer answer =
        answer(socket -> {
          write(socket, "HTTP/1.1 200 OK\r\n\r\n");
          while (!socket.isClosed()) {
            write(socket, "x".repeat(1_000));
          }
        });
    assertThat(answer).isEqualTo(status(200));
  }

  @Test
  void preamblesAreNotTheAnswer() {
    assertThat(
            answer(socket ->
                write(socket, "HTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 204 X\r\n\r\n")))
        .isEqualTo(status(204));
    assertThat(answer(socket -> write(socket, "HTTP/1.1 100 Go on\r\n\r\n".repeat(20))))
        .isEqualTo(none("it does not come to an answer"));
  }

  @Test
  void whatIsNotHttpIsNoAnswer() {
    assertThat(answer(socket -> write(socket, "220 mail.example ESMTP\r\n")))
        .isEqualTo(none("what it answers is not HTTP/1.1"));
    assertThat(answer(says("999 What\r\n"))).isEqualTo(none("what it answers is not HTTP/1.1"));
    assertThat(answer(socket -> write(socket, "HTTP/1.1 200 OK\r\nX: " + "y".repeat(40_000))))
        .isEqualTo(none("its answer has more than 32768 bytes of headers"));
    assertThat(answer(socket -> write(socket, "HTTP/1.1 200 OK\r\nX: y\r\n")))
        .isEqualTo(none("the connection ended before an answer"));
    assertThat(answer(socket -> socket.setSoTimeout(1)))
        .isEqualTo(none("the connection ended before an answer"));
  }

  @Test
  void aResetIsNoAnswer() {
    Answer answer = answer(socket -> socket.setSoLinger(true, 0));
    assertThat(answer).isInstanceOf(Answer.None.class);
    assertThat(((Answer.None) answer).why()).contains("connection");
  }

  @Test
  void nobodyThereIsNoAnswer() throws Exception {
    int free;
    try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = listening.getLocalPort();
    }
    assertThat(send("http://127.0.0.1:" + free, Duration.ofSeconds(30)))
        .isEqualTo(none("the connection was refused"));
    assertThat(send("http://10.0.0.1/", Duration.ofSeconds(30)))
        .isEqualTo(none("10.0.0.1 has no public address, and callbacks.allow has none of it"));
  }

  @Test
  void whoHangsOrSendsByteByByteIsLeftInTheEnd() {
    try (var receiver = Receiver.that(Receiver.status(200))) {
      receiver.becomes(receiver.hangs());
      assertThat(send(receiver.url(), IN_ALL)).isEqualTo(none("no answer within 0 s"));
      receiver.becomes(socket -> {
        write(socket, "HTTP/1.1 200 OK\r\nX: ");
        while (!socket.isClosed()) {
          write(socket, "y");
          Thread.onSpinWait();
        }
      });
      assertThat(send(receiver.url(), IN_ALL)).isInstanceOf(Answer.None.class);
    }
  }

  @Test
  void howLongToWaitIsReadAsSecondsOrAsATime() {
    assertThat(answer(says("429 X\r\nRetry-After: 120\r\n")))
        .isEqualTo(new Answer.Status(429, Optional.of(Duration.ofMinutes(2))));
    String date = "Date: Mon, 05 Jan 2026 06:00:00 GMT\r\n";
    assertThat(answer(says("503 X\r\nretry-after:Mon, 05 Jan 2026 06:10:00 GMT\r\n" + date)))
        .isEqualTo(new Answer.Status(503, Optional.of(Duration.ofMinutes(10))));
    assertThat(answer(says("503 X\r\nRetry-After: Mon, 05 Jan 2026 05:00:00 GMT\r\n" + date)))
        .isEqualTo(status(503));
    assertThat(answer(says("503 X\r\nRetry-After: soon\r\n"))).isEqualTo(status(503));
  }

  @Test
  void theCertificateMustBeTrustedAndOfTheName(@TempDir Path folder) throws Exception {
    PemPair pair = PemPair.make(folder, "EC");
    KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
    keys.load(null, null);
    keys.setCertificateEntry("trusted", pair.certificate());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    keys.setKeyEntry("own", pair.privateKey(), new char[0], new Certificate[] {pair.certificate()});
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    ServerSocket listening =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    try (var receiver = Receiver.over(listening, Receiver.status(204));
        var trusting = messenger(context.getSocketFactory(), Duration.ofSeconds(30))) {
      String port = ":" + receiver.port() + "/";
      assertThat(trusting.send(post("https://127.0.0.1" + port))).isEqualTo(status(204));
      assertThat(trusting.send(post("https://other.example" + port)))
          .isInstanceOfSatisfying(
              Answer.None.class, none -> assertThat(none.why()).startsWith("TLS failed: "));
      assertThat(send("https://127.0.0.1" + port, Duration.ofSeconds(30)))
          .isInstanceOfSatisfying(
              Answer.None.class, none -> assertThat(none.why()).startsWith("TLS failed: "));
      assertThat(receiver.received()).hasSize(1);
    }
  }
}
