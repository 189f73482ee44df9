package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README's tour, run word for word; only ids, signatures and the times of today may differ.
class ReadmeTest {
  private static final String SERVE = "./reprise serve";
  private static final String ADDRESS = "http://127.0.0.1:8080";
  private static final String END = "@@ end of command @@";

  @TempDir private Path folder;

  /// A command as it is typed, and what the README says it prints.
  private record Step(String command, List<String> output) {}

  @Test
  void theTourPrintsWhatTheReadmeSays() throws Exception {
    List<Step> steps = tour();
    String serve = steps.removeFirst().command();
    assertThat(serve).startsWith(SERVE + " ");
    Path data = Files.createDirectory(folder.resolve("data"));
    World.prepare(data);
    try (var program = Program.serve(data, serve.substring(SERVE.length() + 1).split(" "))) {
      List<String> printed = run(steps, program.baseUrl());
      for (int i = 0; i < steps.size(); i++) {
        String expected = normal(String.join("\n", steps.get(i).output()), ADDRESS);
        assertThat(normal(printed.get(i), program.baseUrl()))
            .as(steps.get(i).command())
            .isEqualTo(expected);
      }
    }
  }

  private static List<Step> tour() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String section = readme.substring(readme.indexOf("## A five-minute tour"));
    section = section.substring(0, section.indexOf("\n## ", 1));
    List<Step> steps = new ArrayList<>();
    boolean inBlock = false;
    for (String line : section.lines().toList()) {
      if (line.startsWith("```")) {
        inBlock = line.equals("```console");
      } else if (inBlock && line.startsWith("$ ")) {
        steps.add(new Step(line.substring(2), new ArrayList<>()));
      } else if (inBlock) {
        steps.getLast().output().add(line);
      }
    }
    assertThat(steps).hasSizeGreaterThan(10);
    return steps;
  }

  /// All commands in one shell, as a reader types them; what each printed.
  private List<String> run(List<Step> steps, String baseUrl) throws Exception {
    StringBuilder script = new StringBuilder();
    for (Step step : steps) {
      script.append(step.command().replace(ADDRESS, baseUrl)).append('\n');
      script.append("echo '").append(END).append("'\n");
    }
    Process shell =
        new ProcessBuilder("sh").directory(folder.toFile()).redirectErrorStream(true).start();
    try (var in = shell.outputWriter(StandardCharsets.UTF_8)) {
      in.write(script.toString());
    }
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(printed).isZero();
    return List.of(printed.split(END + "\n", -1));
  }

  private static String normal(String text, String address) {
    return text.strip()
        .replace(address, "<address>")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
        .replaceAll("signature=[\\w-]+", "<signature>")
        .replaceAll("20(?!30)\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "<today>");
  }
}
