package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The commands of a page, as it shows them after `$`, and what it says that they print. The first
/// starts the service; the others run in one shell, as a reader types them.
///
/// @param steps at least the first
record Tour(List<Step> steps) {
  private static final String SERVE = "./reprise serve";
  private static final String ADDRESS = "http://127.0.0.1:8080";
  private static final String END = "@@ end of command @@";

  /// A command as it is typed, and what the page says it prints.
  record Step(String command, List<String> output) {}

  static Tour in(String page) {
    List<Step> steps = new ArrayList<>();
    boolean inBlock = false;
    for (String line : page.lines().toList()) {
      if (line.startsWith("```")) {
        inBlock = line.equals("```console");
      } else if (inBlock && line.startsWith("$ ")) {
        steps.add(new Step(line.substring(2), new ArrayList<>()));
      } else if (inBlock) {
        steps.getLast().output().add(line);
      }
    }
    assertThat(steps).hasSizeGreaterThan(10);
    return new Tour(steps);
  }

  /// Runs it in an empty folder and asserts that it prints what the page says; only ids, signatures
  /// and the times of today may differ.
  void check(Path folder) throws IOException, InterruptedException {
    String serve = steps.getFirst().command();
    List<Step> others = steps.subList(1, steps.size());
    assertThat(serve).startsWith(SERVE + " ");
    Path data = Files.createDirectory(folder.resolve("data"));
    World.prepare(data);
    try (var program = Program.serve(data, serve.substring(SERVE.length() + 1).split(" "))) {
      List<String> printed = run(others, folder, program.baseUrl());
      for (int i = 0; i < others.size(); i++) {
        String expected = normal(String.join("\n", others.get(i).output()), ADDRESS);
        assertThat(normal(printed.get(i), program.baseUrl()))
            .as(others.get(i).command())
            .isEqualTo(expected);
      }
    }
  }

  private static List<String> run(List<Step> steps, Path folder, String baseUrl)
      throws IOException, InterruptedException {
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
