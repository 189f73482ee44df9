package dev.reprise.server.traffic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The end of a file that others may rename, remove or empty at any time, as `logrotate` does: what
/// is written next goes to the file that has the name by then.
final class LogFile implements LineSink {
  private static final byte[] LINE_END = {'\n'};

  private final Path file;
  private FileChannel channel;
  private Optional<Object> identity;
  private boolean torn;

  LogFile(Path file) throws IOException {
    this.file = file;
    this.channel = open();
    this.identity = identityNow();
  }

  @Override
  public void write(byte[] lines) throws IOException {
    if (!channel.isOpen() || !identityNow().equals(identity)) {
      channel.close();
      channel = open();
      identity = identityNow();
    }
    if (torn) {
      append(LINE_END); // A full disk had cut a line short.
    }
    append(lines);
  }

  private void append(byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left);
      torn = left.hasRemaining();
    }
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /// Which file has the name now; always the same where files have no identity.
  private Optional<Object> identityNow() throws IOException {
    try {
      @Nullable Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return Optional.of(Objects.requireNonNullElse(key, "the one and only"));
    } catch (NoSuchFileException moved) {
      return Optional.empty();
    }
  }
}
