package dev.reprise.server.execution;

import java.util.Optional;
import java.util.UUID;

/// Port: where what is recorded of executions is found.
public interface ProofStore {
  /// What is recorded of an execution.
  Optional<Proof> find(UUID execution);
}
