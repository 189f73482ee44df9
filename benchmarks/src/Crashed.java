import dev.reprise.schedule.CatchUp;
import dev.reprise.server.execution.ExecutionStore.Due;
import dev.reprise.server.execution.JooqExecutionStore;
import dev.reprise.server.node.JooqNodeStore;
import dev.reprise.server.node.Node;
import dev.reprise.server.node.Nodes;
import dev.reprise.server.store.JooqStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Leaves a store as a service leaves it that is killed while executions are under way: claims what
/// is due as the dispatcher does, and ends at once.
final class Crashed {
  private static final int KILLED = 137;

  private Crashed() {}

  /// @param arguments the file of the store, the instant at which reports are due, and how many
  public static void main(String[] arguments) {
    Instant due = Instant.parse(arguments[1]);
    int wanted = Integer.parseInt(arguments[2]);
    var store = JooqStore.open(Path.of(arguments[0]));
    var self = new Node.Identity(UUID.randomUUID(), "crashed", Duration.ofSeconds(30));
    var nodes = new Nodes(new JooqNodeStore(store, () -> due), self, true);
    nodes.enter();
    var executions = new JooqExecutionStore(store, nodes, 50, () -> {});
    int claimed = 0;
    for (Due one : executions.due(due, wanted)) {
      claimed += executions.claim(one.report(), due, CatchUp.LATEST).isPresent() ? 1 : 0;
    }
    Runtime.getRuntime().halt(claimed == wanted ? KILLED : 1);
  }
}
