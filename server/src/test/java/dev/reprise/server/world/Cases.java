package dev.reprise.server.world;

import dev.reprise.server.log.Escaped;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;

/// Inputs that nobody would think of: sound ones with something changed, the same in every run.
///
/// `-Dfuzz.seed=N` tries others; what fails names the seed of its case.
public final class Cases {
  private static final long SEED = Long.getLong("fuzz.seed", 20_260_105L);

  private static final int LONGEST_SHOWN = 2_000;

  private static final String[] SPICES = {
    "\0",
    "\r\n",
    "\n",
    "\t",
    " ",
    "%",
    "%00",
    "%zz",
    "%ff",
    "%c3%28",
    "%25",
    "+",
    "&",
    "=",
    ";",
    ":",
    "/",
    "//",
    "/..",
    "?",
    "#",
    "\"",
    "'",
    "\\",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    ",",
    "-",
    "-1",
    "0",
    "00",
    "1e9",
    "1e999999999",
    "99999999999999999999",
    "0.1",
    "NaN",
    "null",
    "true",
    "é",
    "İ",
    "ı",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\ufffd",
    "😀",
    "\ud800",
    "*",
    "$",
    "(",
    ")",
    "<",
    ">",
    "|",
    "~",
    "`"
  };

  private final Random random;
  private final long seed;
  private String input = "nothing";

  private Cases(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /// Tries a property on as many cases, each with a source of its own.
  public static void each(int count, Consumer<Cases> property) {
    for (int i = 0; i < count; i++) {
      var source = new Cases(SEED + i);
      try {
        property.accept(source);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + source.seed + " with " + source.shown(), e);
      }
    }
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public <T> T oneOf(T[] all) {
    return all[below(all.length)];
  }

  /// A text with one to four changes.
  public String changed(String sound) {
    StringBuilder text = new StringBuilder(sound);
    for (int changes = 1 + below(4); changes > 0; changes--) {
      change(text);
    }
    input = text.toString();
    return input;
  }

  /// Bytes of a text with changes, some of which are no text at all.
  public byte[] changedBytes(String sound) {
    byte[] bytes = changed(sound).getBytes(StandardCharsets.UTF_8);
    for (int changes = below(3); changes > 0 && bytes.length > 0; changes--) {
      bytes[below(bytes.length)] = (byte) below(256);
    }
    input = new String(bytes, StandardCharsets.ISO_8859_1);
    return bytes;
  }

  private String shown() {
    String escaped = Escaped.json(input);
    return escaped.length() > LONGEST_SHOWN
        ? escaped.substring(0, LONGEST_SHOWN) + "... of " + input.length()
        : escaped;
  }

  private void change(StringBuilder text) {
    int at = below(text.length() + 1);
    int end = Math.min(text.length(), at + below(5));
    switch (below(6)) {
      case 0 -> text.delete(at, end);
      case 1 -> text.insert(at, text.substring(at, end).repeat(1 + below(3)));
      case 2 -> text.insert(at, (char) below(256));
      case 3 -> text.setLength(at);
      case 4 -> text.insert(at, oneOf(SPICES).repeat(below(20) == 0 ? 3000 : 1));
      default -> text.replace(at, end, oneOf(SPICES));
    }
    if (text.isEmpty()) {
      text.append(oneOf(SPICES));
    }
  }
}
