package dev.reprise.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/errors.md` is written from the codes: `-Dgolden.update=true` writes it anew.
class ErrorsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "errors.md");

  @Test
  void thePageListsEveryCode() throws IOException {
    String page = page();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Every way the service says no

            Written from `ErrorCode` by `./mvnw -pl api test -Dgolden.update=true`; do not edit.

            A message starts with the text; what exactly was wrong, the value and the limit, follows it. The
            code itself is in the answers of our own calls, under `/reprise/v1`.

            | code | status | text | what to do |
            |---|---|---|---|
            """);
    for (ErrorCode code : ErrorCode.values()) {
      page.append(
          "| `%s` | %d | %s | %s |\n"
              .formatted(
                  code.name(), code.status(), code.text().replace("%s", "…"), code.advice()));
    }
    return page.toString();
  }
}
