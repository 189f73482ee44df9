package dev.reprise.server.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTest {
  @TempDir private Path folder;

  @Test
  void aFileIsWrittenWholeForItsOwnerAlone() throws Exception {
    Path file = folder.resolve("new/one");
    Durable.write(file, new byte[] {1, 2});
    Durable.write(file, new byte[] {3});
    assertThat(file).hasBinaryContent(new byte[] {3});
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void aFileMovesIntoAFolderThatIsNotThereYet() throws Exception {
    Path from = Files.writeString(folder.resolve("from"), "text");
    Durable.move(from, folder.resolve("a/to"));
    assertThat(from).doesNotExist();
    assertThat(folder.resolve("a/to")).hasContent("text");
    assertThat(Durable.delete(folder.resolve("a/to"))).isTrue();
    assertThat(Durable.delete(folder.resolve("a/to"))).isFalse();
  }

  @Test
  void whatALinkPointsAtStays() throws Exception {
    Path kept = Files.writeString(folder.resolve("kept"), "text");
    Path tree = Files.createDirectories(folder.resolve("tree/inner"));
    Files.createSymbolicLink(tree.resolve("link"), kept);
    Files.createSymbolicLink(tree.resolve("folder"), folder);
    Durable.deleteTree(folder.resolve("tree"));
    Durable.deleteTree(folder.resolve("tree"));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(kept);
    }
  }

  @Test
  void theRootOfAFileSystemLiesInNoFolder() {
    assertThatIllegalArgumentException().isThrownBy(() -> Durable.folderOf(Path.of("/")));
  }

  @Test
  void aKeyStaysTheSameAndIsNeverCut() throws Exception {
    byte[] key = KeyFile.in(folder, "some.key");
    assertThat(key).hasSize(32);
    assertThat(KeyFile.in(folder, "some.key")).isEqualTo(key);
    assertThat(KeyFile.in(folder, "other.key")).isNotEqualTo(key);
    Files.write(folder.resolve("some.key"), new byte[5]);
    assertThatIllegalStateException()
        .isThrownBy(() -> KeyFile.in(folder, "some.key"))
        .withMessageEndingWith("some.key has 5 bytes instead of 32");
  }
}
