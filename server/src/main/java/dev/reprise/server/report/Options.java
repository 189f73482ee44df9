package dev.reprise.server.report;

import dev.reprise.api.ErrorCode;
import dev.reprise.api.Limits;
import dev.reprise.server.wire.Call;
import dev.reprise.server.wire.RequestBody;
import dev.reprise.server.wire.Times;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a caller says with an order besides the report, each in the body or as a parameter.
///
/// - Limits: one that is given in both, differently, is refused.
record Options(Call call, RequestBody body) {
  static Options of(Call call) {
    return new Options(call, call.body());
  }

  Optional<String> text(String name) {
    Optional<String> inBody = body.text(name).map(String::strip);
    Optional<String> asked = call.parameters().text(name);
    if (inBody.isPresent() && asked.isPresent() && !inBody.equals(asked)) {
      throw ErrorCode.VALUE_INVALID.because(
          name + " is " + inBody.get() + " in the body and " + asked.get() + " as a parameter");
    }
    return inBody.or(() -> asked);
  }

  /// Refuses what another order understands: ignored, it would do what nobody asked for.
  void refuse(String order, String... names) {
    for (String name : names) {
      if (text(name).isPresent()) {
        throw ErrorCode.VALUE_INVALID.because(name + " is for " + order);
      }
    }
  }

  /// Why something is asked for.
  Optional<String> reason() {
    Optional<String> reason = text("reason");
    if (reason.filter(text -> text.length() > Limits.REASON_CHARACTERS).isPresent()) {
      throw ErrorCode.VALUE_INVALID.because(
          "reason is limited to "
              + Limits.REASON_CHARACTERS
              + " characters, it has "
              + reason.get().length());
    }
    if (reason.filter(Options::hasControls).isPresent()) {
      throw ErrorCode.VALUE_INVALID.because("reason holds a character that is no text");
    }
    return reason;
  }

  /// What a terminal would obey, or end a text at. Lines and tabs are text.
  private static boolean hasControls(String text) {
    return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
  }

  /// One of the words of an enum, in any casing.
  <E extends Enum<E>> Optional<E> word(String name, Class<E> words) {
    Set<E> all = EnumSet.allOf(words);
    return text(name)
        .map(text ->
            all.stream()
                .filter(word ->
                    word.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                    ErrorCode.VALUE_INVALID.because(
                        name + " can only be " + listed(all) + ", it is " + text)));
  }

  Optional<Instant> time(String name) {
    return text(name)
        .map(text ->
            Times.parse(text, call.profile())
                .orElseThrow(() ->
                    ErrorCode.VALUE_INVALID.because(
                        name + " should follow format: yyyy-MM-ddTHH:mm:ssZ, it is " + text)));
  }

  boolean flag(String name) {
    return word(name, Truth.class).map(Truth.TRUE::equals).orElse(false);
  }

  private static <E extends Enum<E>> String listed(Set<E> words) {
    return words.stream()
        .map(word -> word.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "))
        .replaceFirst(", (?=[^,]*$)", " or ");
  }

  private enum Truth {
    TRUE,
    FALSE
  }
}
