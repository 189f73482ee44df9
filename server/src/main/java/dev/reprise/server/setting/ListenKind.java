package dev.reprise.server.setting;

import dev.reprise.server.receiver.AllowedReceivers;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// What values the settings of addresses take, ours and those of others.
sealed interface ListenKind<T> extends Kind<T> {
  /// An address or name of this machine.
  record Host() implements ListenKind<String> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");
    private static final Pattern LOOPBACK =
        Pattern.compile("127(?:\\.(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}|::1|localhost");

    @Override
    public String parse(String text) {
      if (!SHAPE.matcher(text).matches()) {
        throw new IllegalArgumentException(text);
      }
      return text;
    }

    /// Whether only this machine can reach it; written so that no name server is asked.
    static boolean isLoopback(String host) {
      return LOOPBACK.matcher(host).matches();
    }

    @Override
    public String expected() {
      return "an address or name of this machine, 0.0.0.0 for all";
    }
  }

  /// A file that may be left out; a relative one is taken from where the service is started.
  record MaybeFile() implements ListenKind<Optional<Path>> {
    @Override
    public Optional<Path> parse(String text) {
      try {
        return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException(text, e);
      }
    }

    @Override
    public String expected() {
      return "a file";
    }
  }

  /// Names, addresses and networks, or none.
  record Receivers() implements ListenKind<AllowedReceivers> {
    @Override
    public AllowedReceivers parse(String text) {
      return text.isBlank()
          ? AllowedReceivers.NONE
          : AllowedReceivers.parse(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
    }

    @Override
    public String expected() {
      return "names, addresses or networks with commas between them, such as hooks.internal,"
          + " 10.0.0.0/8, ::1";
    }
  }

  /// The address that callers use, which may be left out; a slash at the end makes no difference.
  record MaybeUrl() implements ListenKind<Optional<String>> {
    @Override
    public Optional<String> parse(String text) {
      if (text.isBlank()) {
        return Optional.empty();
      }
      URI uri = URI.create(text.strip().replaceFirst("/$", ""));
      boolean isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (!isWeb
          || uri.getHost() == null
          || uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        throw new IllegalArgumentException(text);
      }
      return Optional.of(uri.toString());
    }

    @Override
    public String expected() {
      return "an address such as https://reports.example";
    }
  }
}
