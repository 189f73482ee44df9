package dev.reprise.server.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one document is about: words that its parts are chosen by, and texts that are filled in.
///
/// @param words such as `cmp`, `v1` and `live`
/// @param texts what stands for `{program}` and the like, by the name in the braces
record Terms(Set<String> words, Map<String, String> texts) {
  Terms {
    words = Set.copyOf(words);
    texts = Map.copyOf(texts);
  }

  /// Whether all words of at least one of these terms are among ours.
  boolean fit(List<?> terms) {
    return terms.stream()
        .anyMatch(term -> words.containsAll(Arrays.asList(String.valueOf(term).split(" ", -1))));
  }

  String fill(String text) {
    String filled = text;
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      filled = filled.replace("{" + entry.getKey() + "}", entry.getValue());
    }
    return filled;
  }
}
