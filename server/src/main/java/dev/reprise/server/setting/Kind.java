package dev.reprise.server.setting;

import dev.reprise.server.traffic.AccessTarget;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What values a setting takes, and in which unit.
sealed interface Kind<T>
    permits Kind.Whole,
        Kind.Span,
        Kind.Choice,
        Kind.Size,
        Kind.Maybe,
        Kind.Folder,
        Kind.Lines,
        ListenKind,
        StoreKind,
        AccessKind {
  /// The value that a text stands for.
  ///
  /// @throws IllegalArgumentException if it stands for none; [#expected] says what would
  T parse(String text);

  /// What a value has to be, to follow "must be".
  String expected();

  /// A whole number from `min` to `max`; `20_000` and `20,000` are 20000.
  record Whole(int min, int max, String unit) implements Kind<Integer> {
    private static final Pattern SHAPE = Pattern.compile("[0-9]+(?:[_,]?[0-9]+)*");

    @Override
    public Integer parse(String text) {
      if (text.length() > 30 || !SHAPE.matcher(text).matches()) {
        throw new IllegalArgumentException(text);
      }
      int value = Integer.parseInt(text.replace("_", "").replace(",", ""));
      if (value < min || value > max) {
        throw new IllegalArgumentException(text);
      }
      return value;
    }

    @Override
    public String expected() {
      return String.format(Locale.ROOT, "a whole number from %,d to %,d (%s)", min, max, unit);
    }
  }

  /// A duration as ISO-8601 writes it, in whole multiples of `step`.
  record Span(Duration min, Duration max, Duration step) implements Kind<Duration> {
    @Override
    public Duration parse(String text) {
      Duration value = duration(text);
      if (value.compareTo(min) < 0
          || value.compareTo(max) > 0
          || !step.multipliedBy(value.dividedBy(step)).equals(value)) {
        throw new IllegalArgumentException(text);
      }
      return value;
    }

    private static Duration duration(String text) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(text, e);
      }
    }

    @Override
    public String expected() {
      String unit = step.equals(Duration.ofHours(1)) ? "hours" : "seconds";
      return "a duration of whole %s from %s to %s, such as PT4H".formatted(unit, min, max);
    }
  }

  /// One of the names of an enum, in lower case.
  record Choice<E extends Enum<E>>(List<E> values) implements Kind<E> {
    public Choice {
      values = List.copyOf(values);
    }

    /// Any of them.
    public Choice(Class<E> type) {
      this(List.of(type.getEnumConstants()));
    }

    @Override
    public E parse(String text) {
      return values.stream()
          .filter(constant -> name(constant).equals(text.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(text));
    }

    @Override
    public String expected() {
      return values.stream().map(Choice::name).collect(Collectors.joining(" or "));
    }

    private static String name(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
  }

  /// What another kind takes, or nothing.
  record Maybe<T>(Kind<T> kind) implements Kind<Optional<T>> {
    @Override
    public Optional<T> parse(String text) {
      return text.isEmpty() ? Optional.empty() : Optional.of(kind.parse(text));
    }

    @Override
    public String expected() {
      return kind.expected() + ", or nothing";
    }
  }

  /// Bytes, as `512MB` or `1GiB`.
  record Size(long min, long max) implements Kind<Long> {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9})([KMG])(I?)B");

    @Override
    public Long parse(String text) {
      Matcher shape = SHAPE.matcher(text.toUpperCase(Locale.ROOT));
      if (!shape.matches()) {
        throw new IllegalArgumentException(text);
      }
      long thousand = shape.group(3).isEmpty() ? 1000 : 1024;
      long unit =
          switch (shape.group(2)) {
            case "K" -> thousand;
            case "M" -> thousand * thousand;
            default -> thousand * thousand * thousand;
          };
      long value = Long.parseLong(shape.group(1)) * unit;
      if (value < min || value > max) {
        throw new IllegalArgumentException(text);
      }
      return value;
    }

    @Override
    public String expected() {
      return "a size from %dMB to %dGB, such as 512MB"
          .formatted(min / 1_000_000, max / 1_000_000_000);
    }
  }

  /// A folder; a relative one is taken from where the service is started.
  record Folder() implements Kind<Path> {
    @Override
    public Path parse(String text) {
      if (text.isBlank()) {
        throw new IllegalArgumentException(text);
      }
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException(text, e);
      }
    }

    @Override
    public String expected() {
      return "a folder";
    }
  }

  /// Where lines go: a stream, a file, or nowhere.
  record Lines() implements Kind<AccessTarget> {
    @Override
    public AccessTarget parse(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "off" -> new AccessTarget.Off();
        case "stdout" -> new AccessTarget.Stdout();
        case "stderr" -> new AccessTarget.Stderr();
        default -> new AccessTarget.ToFile(new Folder().parse(text));
      };
    }

    @Override
    public String expected() {
      return "off, stdout, stderr or a file";
    }
  }
}
