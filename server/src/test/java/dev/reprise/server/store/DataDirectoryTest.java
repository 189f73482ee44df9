package dev.reprise.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reprise.server.setting.StartRefused;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path temporary;

  @Test
  void aMissingFolderIsMadeWithAllItsParts() throws IOException {
    Path folder = temporary.resolve("a folder/data");
    try (DataDirectory data = DataDirectory.open(folder)) {
      assertThat(data.root()).isEqualTo(folder).isAbsolute();
      assertThat(names(folder))
          .containsExactlyInAnyOrder("reprise-data", "lock", "keys", "results", "temp");
      assertThat(folder.resolve("reprise-data")).hasContent("Reprise data, format 1\n");
      assertThat(Files.getPosixFilePermissions(data.keys()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void whatItKeepsIsStillThereTheNextTimeAndWhatIsTemporaryIsNot() throws IOException {
    Path outside = Files.writeString(temporary.resolve("outside"), "mine");
    try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
      Files.writeString(data.results().resolve("r"), "kept");
      Files.writeString(data.keys().resolve("k"), "kept");
      Files.createDirectories(data.temp().resolve("deep/er"));
      Files.writeString(data.temp().resolve("deep/er/t"), "gone");
      Files.createSymbolicLink(data.temp().resolve("link"), temporary);
    }
    try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
      assertThat(data.results().resolve("r")).hasContent("kept");
      assertThat(data.keys().resolve("k")).hasContent("kept");
      assertThat(data.temp()).isEmptyDirectory();
      assertThat(outside).hasContent("mine");
    }
  }

  @Test
  void aFolderThatHoldsOnlySettingsIsTaken() throws IOException {
    Files.writeString(temporary.resolve("reprise.yaml"), "workers: 1");
    DataDirectory.open(temporary).close();
    assertThat(names(temporary)).contains("reprise-data", "reprise.yaml");
  }

  @Test
  void aFolderOfSomeoneElseIsRefusedAndNotTouched() throws IOException {
    Files.createDirectory(temporary.resolve("temp"));
    Files.writeString(temporary.resolve("temp/thesis.txt"), "mine");
    assertThat(refusal(temporary))
        .isEqualTo(
            "The folder "
                + temporary
                + " is not a Reprise data directory and not empty (it has temp);"
                + " choose another with --data");
    assertThat(names(temporary)).containsExactly("temp");
    assertThat(temporary.resolve("temp/thesis.txt")).hasContent("mine");
  }

  @Test
  void aFileIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "mine");
    assertThat(refusal(file)).isEqualTo("The data directory " + file + " is a file, not a folder");
    assertThat(file).hasContent("mine");
  }

  @Test
  void aFolderThatCannotBeMadeIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "mine");
    assertThat(refusal(file.resolve("data")))
        .startsWith("The data directory " + file.resolve("data") + " cannot be used: ")
        .hasLineCount(1);
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefused() {
    // A file system that not even root can put a file into.
    assertThat(refusal(Path.of("/proc/self/attr/reprise")))
        .startsWith("The data directory /proc/self/attr/reprise cannot be used: ")
        .hasLineCount(1);
  }

  @Test
  void aNewerFormatIsRefusedAndNothingIsAdded() throws IOException {
    Files.writeString(temporary.resolve("reprise-data"), "Reprise data, format 2\n");
    assertThat(refusal(temporary))
        .contains("was written by a newer Reprise (format 2; this one knows up to 1)");
    assertThat(names(temporary)).containsExactly("reprise-data");
  }

  @Test
  void aMarkerThatIsNotOursIsRefused() throws IOException {
    Files.writeString(temporary.resolve("reprise-data"), "");
    assertThat(refusal(temporary)).endsWith("reprise-data is not one that Reprise wrote");
  }

  @Test
  void aCreationThatStoppedHalfwayIsDoneAgain() throws IOException {
    Files.writeString(temporary.resolve(".reprise-data.new-77"), "Repr");
    DataDirectory.open(temporary).close();
    assertThat(names(temporary))
        .containsExactlyInAnyOrder("reprise-data", "lock", "keys", "results", "temp");
  }

  @Test
  void aSecondOpeningInTheSameProcessIsRefusedAndTheFirstGoesOn() throws IOException {
    try (DataDirectory first = DataDirectory.open(temporary)) {
      Files.writeString(first.temp().resolve("t"), "in use");
      assertThat(refusal(temporary)).contains("is in use");
      assertThat(first.temp().resolve("t")).hasContent("in use");
    }
    DataDirectory.open(temporary).close();
  }

  @Test
  void aFolderHeldByAnotherProcessIsRefusedUntilThatIsGone() throws Exception {
    Path data = temporary.resolve("data");
    Process holder = startHolder(data);
    try {
      BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
      assertThat(said.readLine()).isEqualTo("open " + data);
      assertThat(refusal(data))
          .isEqualTo(
              "The data directory %s is in use by another Reprise (process %d)"
                  .formatted(data, holder.pid()));
    } finally {
      holder.destroyForcibly().waitFor();
    }
    DataDirectory.open(data).close();
  }

  private static Process startHolder(Path data) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            data.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static String refusal(Path folder) {
    Throwable caught = catchThrowable(() -> DataDirectory.open(folder));
    assertThat(caught).isInstanceOf(StartRefused.class);
    return ((StartRefused) caught).line();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).toList();
    }
  }

  /// A process that opens the folder, says so, and holds it until it is ended.
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      try (DataDirectory data = DataDirectory.open(Path.of(arguments[0]))) {
        System.out.println("open " + data.root());
        System.in.read();
      }
    }
  }
}
