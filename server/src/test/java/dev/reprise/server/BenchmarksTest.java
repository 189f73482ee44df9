package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs of `benchmarks/src`, which nothing else compiles until somebody runs them.
class BenchmarksTest {
  private static final Path SOURCES = Path.of("..", "benchmarks", "src");

  @TempDir private Path classes;

  @Test
  void theyCompile() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (Stream<Path> sources = Files.list(SOURCES);
        var files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path", ""));
      List<Path> programs =
          sources.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      assertThat(programs).isNotEmpty();
      var task =
          compiler.getTask(
              said, files, null, options, null, files.getJavaFileObjectsFromPaths(programs));
      assertThat(task.call()).as(said.toString()).isTrue();
    }
  }
}
