package dev.reprise.server.setting;

import java.util.Optional;
import java.util.regex.Pattern;

/// What values the settings of the store take.
sealed interface StoreKind<T> extends Kind<T> {
  /// A database of PostgreSQL as JDBC names it, which may be left out.
  record MaybeUrl() implements StoreKind<Optional<String>> {
    private static final Pattern SHAPE =
        Pattern.compile("jdbc:postgresql:(?://[^/?#\\s]+/)?[^/?#\\s]+(?:\\?\\S*)?");

    @Override
    public Optional<String> parse(String text) {
      if (text.isBlank()) {
        return Optional.empty();
      }
      if (!SHAPE.matcher(text).matches()) {
        throw new IllegalArgumentException("no address of a database");
      }
      return Optional.of(text);
    }

    @Override
    public String expected() {
      return "an address such as jdbc:postgresql://db.example:5432/reprise";
    }
  }

  /// A text as it is, which may be left out.
  record MaybeText() implements StoreKind<Optional<String>> {
    @Override
    public Optional<String> parse(String text) {
      return Optional.of(text).filter(given -> !given.isEmpty());
    }

    @Override
    public String expected() {
      return "a text";
    }
  }
}
