package dev.reprise.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Pages that tests write: `-Dgolden.update=true` writes them anew.
final class Golden {
  private Golden() {}

  static Path page(String name) {
    return Path.of("..", "docs", name);
  }

  static void holds(String name, String text) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(page(name), text);
    }
    assertThat(page(name)).content().isEqualTo(text);
  }
}
