package dev.reprise.server.problem;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes every connection as one of HTTP/1.1, so that who speaks another protocol is answered too
/// and not just cut off; and remembers whose it is, which a broken request does not say, and
/// whether its other end is still there.
public final class Connections implements ServerConnectionSelector {
  /// A connection has a thread of its own, which ends with it.
  private static final ThreadLocal<@Nullable ConnectionContext> CURRENT = new ThreadLocal<>();

  private final Http1ConnectionSelector http1;

  public Connections(Http1Config config) {
    this.http1 = Http1ConnectionSelector.builder().config(config).build();
  }

  /// The address at the other end of this thread's connection.
  static String remote() {
    ConnectionContext current = CURRENT.get();
    return current == null ? "-" : current.remotePeer().host();
  }

  /// Whether the other end of this thread's connection has closed it, or its half of it. The first
  /// question begins to look; what arrives meanwhile is kept for the next request.
  ///
  /// - Limits: true as well when nothing came for as long as [PatientSockets] wait.
  public static boolean isGone() {
    ConnectionContext current = CURRENT.get();
    if (current == null) {
      return false;
    }
    HelidonSocket socket = current.serverSocket();
    socket.idle();
    return !socket.isConnected();
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    CURRENT.set(context);
    return http1.connection(context);
  }
}
