package dev.reprise.server.setting;

import java.nio.file.Path;
import java.util.Optional;

/// Where a store on a server is.
///
/// @param url as JDBC has it, such as `jdbc:postgresql://db.example/reprise`
/// @param files the folder with results and keys that all nodes use; empty for the data directory
public record StoreAddress(
    String url, Optional<String> user, Optional<String> password, Optional<Path> files) {
  /// Without what is secret.
  @Override
  public String toString() {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
