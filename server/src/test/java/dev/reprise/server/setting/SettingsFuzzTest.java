package dev.reprise.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Cases;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whatever is set, the start goes on or is refused with one line.
class SettingsFuzzTest {
  private static final String YAML =
      """
      listen: {port: 1, host: "::1"}
      limits:
        queries: 20_000 # many
        lead-time: PT1H
      engine.memory: 1GiB
      access.audiences: a, b
      log.access: off
      """;
  private static final String[] COMMANDS = {
    "serve|--port|8080|--data|d|--set|limits.queries=5",
    "serve|--set|engine.memory=512MB|--set|rate-limit.window=PT1M",
    "help|serve",
    "--version"
  };

  @Test
  void everyFileIsReadOrRefusedWithItsPlace() {
    Cases.each(
        1500,
        cases -> {
          byte[] content = cases.changedBytes(YAML);
          Command command =
              new CommandReader(Map.of(), file -> Optional.of(content))
                  .read(List.of("serve", "--config", "my.yaml"));
          if (command instanceof Command.Refused refused) {
            assertThat(refused.line()).isNotBlank().contains("my.yaml");
            assertThat(refused.line().getBytes(StandardCharsets.UTF_8)).doesNotContain('\n');
          }
        });
  }

  @Test
  void everyCommandLineIsReadOrRefused() {
    Cases.each(
        1500,
        cases -> {
          List<String> words = Arrays.asList(cases.changed(cases.oneOf(COMMANDS)).split("\\|", -1));
          Command command = new CommandReader(Map.of(), file -> Optional.empty()).read(words);
          if (command instanceof Command.Refused refused) {
            assertThat(refused.line()).isNotBlank();
          }
        });
  }

  @Test
  void everyVariableIsReadOrRefused() {
    Cases.each(
        1500,
        cases -> {
          Setting<?> setting = cases.oneOf(SettingTable.ALL.toArray(Setting<?>[]::new));
          Map<String, String> environment =
              Map.of(setting.variable(), cases.changed(setting.fallback()));
          assertThat(
                  new CommandReader(environment, file -> Optional.empty()).read(List.of("serve")))
              .isInstanceOfAny(Command.Serve.class, Command.Refused.class);
        });
  }
}
