/// Nodes: the processes that serve one store, each with a lease that it renews as long as it lives.
/// Start reading at [dev.reprise.server.node.Nodes].
@NullMarked
package dev.reprise.server.node;

import org.jspecify.annotations.NullMarked;
