package dev.reprise.server.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The network between a service and the server of its store: all that the two say goes through it,
/// and a test has it be slow, swallow what one of them says, or break.
public final class Line implements AutoCloseable {
  private static final int PIECE = 8_192; // Bytes.
  private static final Duration LOOK = Duration.ofMillis(1);

  private final String url;
  private final URI server;
  private final ServerSocket listening;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean mute;
  private volatile boolean deaf;

  private Line(String url, ServerSocket listening) {
    this.url = url;
    this.server = URI.create(url.substring("jdbc:".length()));
    this.listening = listening;
    Thread.ofVirtual().start(this::accept);
  }

  /// One on a free port of loopback.
  ///
  /// @param url the store's address as JDBC has it
  public static Line to(String url) {
    try {
      return new Line(url, new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The store's address by way of this line.
  public String url() {
    return url.replace(
        server.getAuthority(), "127.0.0.1:" + listening.getLocalPort()); // Host and port.
  }

  /// Nothing of [#slow], [#mute] and [#deafen] from now on; what was held arrives.
  public void mend() {
    delay = Duration.ZERO;
    mute = false;
    deaf = false;
  }

  /// Each piece of what is said arrives so much later.
  public void slow(Duration by) {
    delay = by;
  }

  /// What services say does not arrive.
  public void mute() {
    mute = true;
  }

  /// What the server says does not arrive.
  public void deafen() {
    deaf = true;
  }

  /// Breaks all connections at once; what was held is lost.
  public void reset() {
    calls.forEach(Call::reset);
  }

  /// The server hears that services say nothing more, while they hear it further.
  public void endRequests() {
    calls.forEach(call -> end(call.server()));
  }

  /// Services hear that the server says nothing more, while it hears them further.
  public void endAnswers() {
    calls.forEach(call -> end(call.service()));
  }

  private static void end(Socket socket) {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      return; // It has ended by itself.
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket service = listening.accept();
        Thread.ofVirtual().start(() -> connect(service));
      } catch (SocketException closing) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void connect(Socket service) {
    try {
      service.setTcpNoDelay(true);
      var to = new Socket(server.getHost(), server.getPort());
      to.setTcpNoDelay(true);
      var call = new Call(service, to, new AtomicInteger(2));
      calls.add(call);
      Thread.ofVirtual().start(() -> pass(call, service, to));
      Thread.ofVirtual().start(() -> pass(call, to, service));
    } catch (IOException e) {
      abort(service); // As a server does that is not there.
    }
  }

  /// Hands on what one of them says until it ends.
  private void pass(Call call, Socket from, Socket to) {
    byte[] piece = new byte[PIECE];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        LockSupport.parkNanos(delay.toNanos());
        while (isHeld(call, from) && !call.isOver()) {
          LockSupport.parkNanos(LOOK.toNanos());
        }
        out.write(piece, 0, read);
      }
      end(to);
      if (call.open().decrementAndGet() == 0) {
        call.close();
        calls.remove(call);
      }
    } catch (IOException broken) {
      call.reset();
      calls.remove(call);
    }
  }

  private boolean isHeld(Call call, Socket from) {
    return from.equals(call.service()) ? mute : deaf;
  }

  private static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0); // Closing is then a reset.
      socket.close();
    } catch (IOException e) {
      return; // It is closed.
    }
  }

  /// Breaks what is open and takes no more.
  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reset();
  }

  /// One connection of a service, and the one of ours that it goes on over.
  ///
  /// @param open how many directions are
  private record Call(Socket service, Socket server, AtomicInteger open) {
    boolean isOver() {
      return service.isClosed() || server.isClosed();
    }

    void reset() {
      abort(service);
      abort(server);
    }

    void close() throws IOException {
      service.close();
      server.close();
    }
  }
}
