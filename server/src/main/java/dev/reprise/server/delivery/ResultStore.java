package dev.reprise.server.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// Port: where results are kept.
///
/// A key is an execution's id and the ending of its format, such as
/// `0198c2a4-7f10-7000-8000-0123456789ab.csv`. Other keys are refused by
/// [IllegalArgumentException]: no caller's text gets this far unsigned.
public interface ResultStore {
  /// A new private place to which one run writes. Close it at the end of the run, however it ends.
  Staged stage(String key);

  /// Makes a staged file durable and only then visible under its key, instead of any before it.
  ///
  /// - Limits: a crash at any instant leaves under the key what was there before, or the whole
  ///   file.
  ///
  /// @param rows that the writer says it has written
  /// @throws IncompleteException if the file has other rows or bytes; nothing is visible then
  ResultFile publish(Staged staged, String key, long rows);

  /// The bytes under a key; the caller closes it. They stay readable when the key is deleted.
  Optional<Stored> open(String key);

  /// The bytes under a key, packed by gzip; the caller closes it. They are packed once, at the
  /// first request, while they are read, and kept until the key is deleted.
  Optional<Packed> packed(String key);

  /// Whether there was something to delete.
  boolean delete(String key);

  /// Tells keys under which there is something, also only something packed, in no order: those that
  /// come or go meanwhile or not.
  ///
  /// @param told whether to go on
  void each(Predicate<Listed> told);

  /// A file that one run writes and nobody else sees.
  interface Staged extends AutoCloseable {
    /// Where to write; the file is made by whoever writes.
    Path path();

    /// How much has been written so far, and a moment ago.
    Written written();

    /// Removes the file unless it has been published.
    @Override
    void close();
  }

  /// That there is something under a key.
  ///
  /// @param modified when it was written, by the clock of where it is kept
  record Listed(String key, Instant modified) {}

  /// A stored result that is being read.
  interface Stored extends Closeable {
    long bytes();

    /// The bytes from an offset to the end.
    InputStream from(long offset) throws IOException;
  }

  /// A stored result, packed.
  interface Packed extends Closeable {
    /// How many bytes there will be; empty while they are being packed.
    OptionalLong bytes();

    /// All of them. Reading waits for what is not packed yet, and fails if packing does.
    InputStream stream();
  }
}
