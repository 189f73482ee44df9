package dev.reprise.server.world;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bytes sent to the service as they are, and the first answer that came back.
///
/// @param head status line and headers; empty when the service closed without a word
/// @param rest all that follows the body
public record Raw(String head, String body, String rest) {
  private static final int PATIENCE_MILLIS = 20_000;

  /// Sends a request, says that nothing follows it, and reads until the service closes.
  public static Raw send(String baseUrl, byte[] request) throws IOException {
    URI base = URI.create(baseUrl);
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      try {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
      } catch (IOException answeredEarly) {
        return of(received(socket.getInputStream()));
      }
      return of(received(socket.getInputStream()));
    }
  }

  /// Characters stand for bytes.
  public static Raw send(String baseUrl, String request) throws IOException {
    return send(baseUrl, request.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] received(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes.write(buffer, 0, read);
      }
    } catch (SocketException reset) {
      return bytes.toByteArray(); // It closed on what it had not read.
    }
    return bytes.toByteArray();
  }

  private static Raw of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Raw(text, "", "");
    }
    String head = text.substring(0, end);
    if (head.startsWith("HTTP/1.1 100 ")) {
      return of(Arrays.copyOfRange(bytes, end + 4, bytes.length));
    }
    int length =
        header(head, "Content-Length").map(Integer::parseInt).orElse(bytes.length - end - 4);
    int bodyEnd = Math.min(bytes.length, end + 4 + length);
    return new Raw(
        head,
        new String(bytes, end + 4, bodyEnd - end - 4, StandardCharsets.UTF_8),
        text.substring(bodyEnd));
  }

  public boolean isAnswer() {
    return head.startsWith("HTTP/1.1 ");
  }

  public int status() {
    return Integer.parseInt(head.substring(9, 12));
  }

  public Optional<String> header(String name) {
    return header(head, name);
  }

  public List<String> headerNames() {
    return head.lines().skip(1).map(line -> line.split(":", 2)[0]).toList();
  }

  public Map<String, @Nullable Object> json() {
    return Maps.of(body);
  }

  private static Optional<String> header(String head, String name) {
    return head.lines()
        .skip(1)
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }
}
