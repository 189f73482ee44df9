package dev.reprise.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What docs/access.md tells people to write.
class AccessPageTest {
  private static final Pattern SAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void everySampleOfSettingsIsOneThatTheServiceStartsWith() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "access.md"));
    List<String> samples = SAMPLE.matcher(page).results().map(sample -> sample.group(1)).toList();
    assertThat(samples).hasSize(3);
    for (String sample : samples) {
      byte[] file =
          sample
              .replace("TENANT-ID", "6e3b5d2c-0000-4000-8000-00000000000a")
              .getBytes(StandardCharsets.UTF_8);
      Command command =
          new CommandReader(Map.of(), path -> Optional.of(file)).read(List.of("serve"));
      assertThat(command).as(sample).isInstanceOf(Command.Serve.class);
    }
  }
}
