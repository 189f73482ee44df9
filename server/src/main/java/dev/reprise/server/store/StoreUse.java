package dev.reprise.server.store;

/// Whether others may use a store on a server at the same time.
public enum StoreUse {
  /// Other services may, each as a node of its own.
  SHARED,

  /// Nobody else may: whose clock is moved by hand, who makes the tables, who copies into them.
  ALONE
}
