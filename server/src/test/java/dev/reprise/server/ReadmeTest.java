package dev.reprise.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages that show commands, run word for word.
class ReadmeTest {
  @TempDir private Path folder;

  @Test
  void theTourPrintsWhatTheReadmeSays() throws Exception {
    String readme = Files.readString(Path.of("..", "README.md"));
    String section = readme.substring(readme.indexOf("## A five-minute tour"));
    Tour.in(section.substring(0, section.indexOf("\n## ", 1))).check(folder);
  }

  @Test
  void everyCallAnswersWhatItsPageSays() throws Exception {
    Tour.in(Files.readString(Path.of("..", "docs", "api.md"))).check(folder);
  }
}
