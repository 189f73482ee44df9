package dev.reprise.server.node;

import dev.reprise.server.loop.RestingLoop;
import dev.reprise.server.node.NodeStore.Beat;
import dev.reprise.server.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This process as one of the nodes that serve a store. A heartbeat renews its lease and removes
/// nodes whose lease has ended; what those had claimed is then anybody's.
///
/// - Units: a heartbeat comes [#BEATS] times in a lease.
public final class Nodes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
  private static final int BEATS = 6;

  private final NodeStore store;
  private final Node.Identity identity;
  private final boolean alone;
  private final RestingLoop loop;
  private volatile UUID id = UUID.randomUUID();
  private volatile List<Node> living = List.of();
  private volatile Runnable afterBeat = () -> {};
  private long beatNanos; // Of the last one that went well; heartbeats alone use the next two.
  private long steadyNanos; // Since when they came in time.
  private boolean failing;

  /// Not entered yet.
  ///
  /// @param alone whether nobody else can serve the store: then there is no heartbeat
  public Nodes(NodeStore store, Node.Identity identity, boolean alone) {
    this.store = store;
    this.identity = identity;
    this.alone = alone;
    this.loop = new RestingLoop("heartbeat", identity.lease().dividedBy(BEATS), this::tryBeat);
  }

  /// Enters this process, whose heart beats from now on. Earlier ones at its place are gone.
  public void enter() {
    store.all().stream()
        .filter(node -> alone || node.place().equals(identity.place()))
        .forEach(node -> store.remove(node.id()));
    store.enter(id, identity);
    beatNanos = System.nanoTime();
    steadyNanos = beatNanos;
    living = alone ? List.of() : store.all();
    if (!alone) {
      loop.start();
    }
  }

  /// Has something done after each heartbeat that went well; it must not take long.
  public void afterBeats(Runnable then) {
    afterBeat = then;
  }

  /// Whether others hear of this process as long as it can reach the store.
  public boolean isAlive() {
    return alone || loop.isAlive();
  }

  /// What this process claims under.
  public UUID id() {
    return id;
  }

  /// All nodes as they were at the last heartbeat; none if there can only be this one.
  public List<Node> living() {
    return living;
  }

  /// Whether this node is to look at something first, of two that would else do so at the same
  /// time.
  ///
  /// @param hash of what is to be looked at
  public boolean isFirstFor(int hash) {
    List<Node> all = living;
    return all.size() < 2 || all.get(Math.floorMod(hash, all.size())).id().equals(id);
  }

  /// Whether nobody else can serve the store.
  public boolean isAlone() {
    return alone;
  }

  /// Whether others serve the store at the moment.
  public boolean hasOthers() {
    return living.size() > 1;
  }

  private Duration tryBeat() {
    try {
      beat();
      afterBeat.run();
      failed(null);
    } catch (RuntimeException | Error e) {
      failed(e);
    }
    return identity.lease().dividedBy(BEATS);
  }

  private void beat() {
    long began = System.nanoTime();
    Duration silence = Duration.ofNanos(began - beatNanos);
    Beat beat = store.beat(id, identity, this::judges);
    beatNanos = began;
    beat.removed()
        .forEach(node ->
            LOG.warn(
                "Node {} was not heard since {} and is taken for dead", node.name(), node.seen()));
    living = beat.living();
    if (!beat.isThere()) {
      LOG.warn(
          "This node was taken for dead, as it was not heard for {} s; what it had begun others do",
          silence.toSeconds());
      UUID next = UUID.randomUUID();
      store.enter(next, identity);
      id = next;
      living = store.all();
    }
  }

  /// Who could not be heard for a while does not judge others by that: they may have had the same
  /// trouble, and are given a lease's time to be heard. That while may be the wait for our turn.
  private boolean judges() {
    long now = System.nanoTime();
    if (Duration.ofNanos(now - beatNanos).multipliedBy(2).compareTo(identity.lease()) >= 0) {
      steadyNanos = now;
    }
    return now - steadyNanos >= identity.lease().toNanos();
  }

  private void failed(@Nullable Throwable why) {
    if (why != null && !failing) {
      LOG.error("The heartbeat of this node failed; trying again: {}", why(why));
    } else if (why == null && failing) {
      LOG.info("The heartbeat of this node goes on");
    }
    failing = why != null;
  }

  /// Leaves: what it still had claimed is anybody's at once.
  @Override
  public void close() {
    loop.close();
    if (!alone) {
      try {
        store.remove(id);
      } catch (RuntimeException e) {
        LOG.warn("This node could not say that it leaves; its lease ends by itself: {}", why(e));
      }
    }
  }

  private static String why(Throwable e) {
    return e instanceof StoreException ours ? ours.why() : e.toString();
  }
}
