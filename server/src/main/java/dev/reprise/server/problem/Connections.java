package dev.reprise.server.problem;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes every connection as one of HTTP/1.1, so that who speaks another protocol is answered too
/// and not just cut off; and remembers whose it is, which a broken request does not say.
public final class Connections implements ServerConnectionSelector {
  /// A connection has a thread of its own, which ends with it.
  private static final ThreadLocal<@Nullable String> REMOTE = new ThreadLocal<>();

  private final Http1ConnectionSelector http1;

  public Connections(Http1Config config) {
    this.http1 = Http1ConnectionSelector.builder().config(config).build();
  }

  /// The address at the other end of this thread's connection.
  static String remote() {
    String remote = REMOTE.get();
    return remote == null ? "-" : remote;
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
    REMOTE.set(context.remotePeer().host());
    return http1.connection(context);
  }
}
