package dev.reprise.server.traffic;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Takes lines to where they stay.
interface LineSink {
  /// Writes whole lines, all of them or, when it throws, perhaps a part.
  void write(byte[] lines) throws IOException;

  /// The sink of a target that is not [AccessTarget.Off].
  ///
  /// @throws IOException if a file cannot be written to
  static LineSink of(AccessTarget target) throws IOException {
    return switch (target) {
      case AccessTarget.Off off -> throw new IllegalArgumentException("there is no log");
      case AccessTarget.Stdout stdout -> stream(FileDescriptor.out);
      case AccessTarget.Stderr stderr -> stream(FileDescriptor.err);
      case AccessTarget.ToFile(var file) -> new LogFile(file);
    };
  }

  /// Past `System.out`, which hides when it cannot write.
  private static LineSink stream(FileDescriptor descriptor) {
    OutputStream out = new FileOutputStream(descriptor);
    return out::write;
  }
}
