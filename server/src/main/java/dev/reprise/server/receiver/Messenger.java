package dev.reprise.server.receiver;

import dev.reprise.server.receiver.AnswerHead.NoAnswer;
import dev.reprise.server.receiver.Reach.NotAllowed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Makes one request and reads what it is answered, up to the end of the headers.
///
/// - Shape: HTTP/1.1, one connection for each request, made to an address that was checked; the
///   certificate must be of the name. Redirects are answers like others, and no proxy is asked.
/// - Limits: one span of time for all of it, names and TLS included; of the body 64 KiB are read,
///   for a second at most, so that a receiver can send a short one to its end.
public final class Messenger implements AutoCloseable {
  private static final int BODY_READ = 64 * 1024;
  private static final Duration BODY_PATIENCE = Duration.ofSeconds(1);
  private static final int WORDS = 200;

  private final Reach reach;
  private final Supplier<SSLSocketFactory> tls;
  private final Duration toConnect;
  private final Duration inAll;
  private final Deadlines deadlines = new Deadlines();

  /// @param tls asked for when first needed: reading all authorities takes its time
  /// @param toConnect how long one address may take to take a connection
  /// @param inAll how long a request may take, up to the end of the answer's headers
  public Messenger(
      Reach reach, Supplier<SSLSocketFactory> tls, Duration toConnect, Duration inAll) {
    this.reach = reach;
    this.tls = tls;
    this.toConnect = toConnect;
    this.inAll = inAll;
  }

  /// Sends a message; never throws for what a receiver does.
  public Answer send(Message message) {
    long end = System.nanoTime() + inAll.toNanos();
    try (var deadline = deadlines.at(end)) {
      try {
        return exchange(message, deadline);
      } catch (IOException e) {
        return new Answer.None(deadline.isOver() ? "no answer within " + seconds(inAll) : words(e));
      }
    }
  }

  /// Breaks off what is under way.
  @Override
  public void close() {
    deadlines.close();
  }

  private Answer exchange(Message message, Deadlines.Deadline deadline) throws IOException {
    Target target = message.target();
    List<InetAddress> addresses = reach.addresses(target);
    try (Socket plain = connect(addresses, target.port(), deadline);
        Socket socket = target.isTls() ? secured(plain, target) : plain) {
      OutputStream out = socket.getOutputStream();
      out.write(request(message));
      out.flush();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      AnswerHead head = AnswerHead.read(in);
      drain(plain, in, head.length());
      return new Answer.Status(head.status(), head.retryAfter());
    }
  }

  private Socket connect(List<InetAddress> addresses, int port, Deadlines.Deadline deadline)
      throws IOException {
    IOException failed = new IOException("no address");
    for (InetAddress address : addresses) {
      var socket = new Socket();
      try {
        deadline.closes(socket);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(address, port), millis(toConnect));
        return socket;
      } catch (IOException e) {
        socket.close();
        failed = e;
      }
    }
    throw failed;
  }

  private Socket secured(Socket plain, Target target) throws IOException {
    var socket = (SSLSocket) tls.get().createSocket(plain, target.host(), target.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (Network.parse(target.host()).isEmpty()) {
      parameters.setServerNames(List.of(new SNIHostName(target.host())));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static byte[] request(Message message) {
    Target target = message.target();
    StringBuilder head = new StringBuilder();
    head.append(message.method()).append(' ').append(target.path()).append(" HTTP/1.1\r\n");
    header(head, "Host", target.hostHeader());
    message.headers().forEach((name, value) -> header(head, name, value));
    header(head, "Accept", "*/*");
    header(head, "Connection", "close");
    int length = message.body().getBytes(StandardCharsets.UTF_8).length;
    if (length > 0) {
      header(head, "Content-Length", String.valueOf(length));
    }
    head.append("\r\n").append(message.body());
    return head.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void header(StringBuilder head, String name, String value) {
    if (value.chars().anyMatch(character -> character < ' ' || character > '~')) {
      throw new IllegalArgumentException("no header can have " + value);
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /// Lets the receiver finish: who closes before has the other end see a reset.
  private static void drain(Socket plain, InputStream in, Optional<Long> length) {
    long end = System.nanoTime() + BODY_PATIENCE.toNanos();
    long left = Math.min(BODY_READ, length.orElse((long) BODY_READ));
    try {
      plain.setSoTimeout(millis(BODY_PATIENCE));
      while (left > 0 && System.nanoTime() < end) {
        long read = in.skip(Math.min(left, Math.max(1, in.available())));
        if (read == 0 && in.read() < 0) {
          return;
        }
        left -= Math.max(1, read);
      }
    } catch (IOException e) {
      return; // It has answered; how it ends is its own business.
    }
  }

  private String words(IOException e) {
    return switch (e) {
      case NotAllowed said -> cut(String.valueOf(said.getMessage()));
      case NoAnswer said -> cut(String.valueOf(said.getMessage()));
      case SocketTimeoutException late -> "no connection within " + seconds(toConnect);
      case ConnectException refused -> "the connection was refused";
      case SSLException untrusted -> cut("TLS failed: " + untrusted.getMessage());
      default -> cut("the connection broke: " + e.getMessage());
    };
  }

  private static String cut(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.substring(0, Math.min(WORDS, line.length()));
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
