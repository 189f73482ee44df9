package dev.reprise.server.node;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Port: what nodes need of storage. Each method that writes is one transaction, and goes by the
/// service's clock, which is the store's.
public interface NodeStore {
  /// Enters a node, whose lease begins.
  void enter(UUID id, Node.Identity identity);

  /// Begins the lease of a node anew, if the node is still there.
  ///
  /// @param removing whether to remove the others whose lease has ended; asked once it is our turn,
  ///   for which all may have waited for long
  Beat beat(UUID id, Node.Identity identity, BooleanSupplier removing);

  /// Removes a node; what it has claimed is anybody's.
  void remove(UUID id);

  /// All nodes that were entered and not removed.
  List<Node> all();

  /// Whether there is an execution with a file.
  boolean hasResults();

  /// The mark of the folder with results and keys; empty before the first.
  Optional<String> mark();

  /// Keeps the mark of the folder with results and keys.
  void keepMark(String mark);

  /// How things stand at a heartbeat.
  ///
  /// @param isThere whether the node is; if not, what it had claimed may be claimed by others
  /// @param living all that are there now
  /// @param removed those that just were
  record Beat(boolean isThere, List<Node> living, List<Node> removed) {
    public Beat {
      living = List.copyOf(living);
      removed = List.copyOf(removed);
    }
  }
}
