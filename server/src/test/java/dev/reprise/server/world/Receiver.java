package dev.reprise.server.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Somebody outside who is called, and behaves as a test wants.
public final class Receiver implements AutoCloseable {
  private final ServerSocket listening;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = Collections.synchronizedList(new CopyOnWriteArrayList<>());
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Behaviour behaviour;

  /// A request as it came; names of headers in lower case.
  public record Received(String line, Map<String, String> headers, String body) {
    public String header(String name) {
      return Optional.ofNullable(headers.get(name)).orElse("");
    }
  }

  /// What is done with a request.
  public interface Behaviour {
    void answer(Socket socket) throws Exception;
  }

  private Receiver(ServerSocket listening, Behaviour behaviour) {
    this.listening = listening;
    this.behaviour = behaviour;
    Thread.ofVirtual().start(this::accept);
  }

  /// One on a free port of loopback.
  public static Receiver that(Behaviour behaviour) {
    try {
      return over(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), behaviour);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One that listens already, such as with TLS.
  public static Receiver over(ServerSocket listening, Behaviour behaviour) {
    return new Receiver(listening, behaviour);
  }

  /// Answers with a status line and headers, each with its line end.
  public static Behaviour says(String head) {
    return socket -> write(socket, "HTTP/1.1 " + head + "\r\n");
  }

  /// Answers with a status and no body.
  public static Behaviour status(int status) {
    return says(status + " X\r\nContent-Length: 0\r\n");
  }

  /// Writes and flushes.
  public static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /// Does not answer until this receiver is closed.
  public Behaviour hangs() {
    return socket -> closed.await();
  }

  public void becomes(Behaviour other) {
    behaviour = other;
  }

  public int port() {
    return listening.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /// What came, in the order in which it did.
  public List<Received> received() {
    return List.copyOf(received);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (SocketException closing) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      received.add(read(socket));
      behaviour.answer(socket);
    } catch (Exception e) {
      sockets.remove(socket); // Whoever called went away, which is for the test to see.
    }
  }

  private static Received read(Socket socket) throws IOException {
    var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String line = in.readLine();
    Map<String, String> headers = new TreeMap<>();
    for (String header = in.readLine(); header != null && !header.isEmpty(); ) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
      header = in.readLine();
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    char[] body = new char[length];
    for (int read = 0; read < length; read += Math.max(0, in.read(body, read, length - read))) {
      Thread.onSpinWait();
    }
    return new Received(String.valueOf(line), headers, new String(body));
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listening.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
