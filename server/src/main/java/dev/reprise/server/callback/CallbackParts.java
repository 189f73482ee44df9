package dev.reprise.server.callback;

import dev.reprise.server.callback.Sender.Outside;
import dev.reprise.server.callback.Sender.SenderLimits;
import dev.reprise.server.node.Nodes;
import dev.reprise.server.receiver.AllowedReceivers;
import dev.reprise.server.receiver.Messenger;
import dev.reprise.server.receiver.Reach;
import dev.reprise.server.receiver.Target;
import dev.reprise.server.store.JooqStore;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;

/// What callbacks are made of, joined: the store, the secrets and the sender.
public final class CallbackParts implements AutoCloseable {
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final Duration IN_ALL = Duration.ofSeconds(15);
  private static final int NO_PORT = -1;

  private final CallbackStore store;
  private final Secrets secrets;
  private final Sender sender;
  private final AtomicInteger inboxPort = new AtomicInteger(NO_PORT);

  /// Who makes requests, and by which clocks.
  ///
  /// @param real by which receivers tell whether a request is fresh
  /// @param agent as requests say it
  public record Identity(Nodes nodes, InstantSource clock, InstantSource real, String agent) {}

  /// @param keys the folder of secrets
  public CallbackParts(
      JooqStore store,
      Path keys,
      AllowedReceivers allowed,
      SenderLimits limits,
      Identity identity) {
    this.store = new JooqCallbackStore(store, identity.nodes());
    this.secrets = Secrets.in(keys);
    var reach = new Reach(allowed, InetAddress::getAllByName, this::isInbox);
    var messenger =
        new Messenger(
            reach, () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), TO_CONNECT, IN_ALL);
    var attempts =
        new Attempts(messenger, secrets, identity.clock(), identity.real(), identity.agent());
    this.sender =
        new Sender(this.store, new Outside(attempts, messenger::close), identity.clock(), limits);
  }

  public CallbackStore store() {
    return store;
  }

  public Secrets secrets() {
    return secrets;
  }

  public Sender sender() {
    return sender;
  }

  /// Lets callbacks reach the inbox, which listens on this port of loopback.
  public void openInbox(int port) {
    inboxPort.set(port);
  }

  private boolean isInbox(Target target) {
    String path = target.path();
    boolean isItsPath =
        path.startsWith(InboxRoutes.INBOX + "/") || path.startsWith(InboxRoutes.INBOX + "?");
    return isItsPath && !target.isTls() && target.port() == inboxPort.get();
  }

  @Override
  public void close() {
    sender.close();
  }
}
