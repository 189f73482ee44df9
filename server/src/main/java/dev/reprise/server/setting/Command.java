package dev.reprise.server.setting;

import dev.reprise.server.log.Escaped;
import java.nio.file.Path;
import java.util.Optional;

/// What the one who started the program wants from it.
public sealed interface Command {
  /// Run the service.
  record Serve(Settings settings) implements Command {}

  /// Start, use and stop the service once, in a folder that is empty or missing, so that the Java
  /// virtual machine can prepare faster starts.
  record Train(Path folder) implements Command {}

  /// Check the histories of a store. Leaves with 1 if one is broken, with 2 if they cannot be read.
  record VerifyHistory(Path data, Optional<StoreAddress> store) implements Command {}

  /// Copy all that is kept. Leaves with 1 if a result is missing or not as it was made.
  record MakeBackup(Path data, Optional<StoreAddress> store, Path to) implements Command {}

  /// Make a data directory from a backup. Leaves with 1 as [MakeBackup] does.
  record Restore(Path from, Path data, Optional<StoreAddress> store) implements Command {}

  /// Move what a data directory keeps into a database.
  record Migrate(Path data, StoreAddress to) implements Command {}

  /// Print this.
  record ShowHelp(String text) implements Command {}

  /// Print the version.
  record ShowVersion() implements Command {}

  /// Print this one line on the error output and leave with [#EXIT_REFUSED].
  record Refused(String line) implements Command {
    public Refused {
      line = Escaped.line(line);
    }
  }

  /// The exit code of a start that was refused.
  int EXIT_REFUSED = 2;
}
