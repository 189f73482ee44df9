package dev.reprise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./reprise` and `./mvnw` share: how they find a JDK. The folders are made up.
class LauncherTest {
  private static final Path SCRIPT = Path.of("../.mvn/jdk.sh").toAbsolutePath().normalize();

  @TempDir private Path temporary;

  @Test
  void theJdkThatJavaHomeNamesIsTaken() throws Exception {
    Path home = jdk("my jdk", "21.0.3");
    assertThat(find(home.toString())).isEqualTo("0 21 21.0.3+9 " + home);
  }

  @Test
  void anOldJavaHomeIsPassedOverForTheNewestInTheUsualFolders() throws Exception {
    Path old = jdk("old", "17.0.1");
    jdk("home/.jdks/first", "900");
    Path newest = jdk("home/.jdks/second one", "901-ea");
    jdk("home/.jdks/third", "1.8.0_400");
    assertThat(find(old.toString())).isEqualTo("0 901 901-ea+9 " + newest);
  }

  @Test
  void aJavaHomeThatIsNoJdkIsPassedOver() throws Exception {
    Path newest = jdk("home/.jdks/a", "900");
    Path broken = Files.createDirectory(temporary.resolve("broken"));
    Files.writeString(broken.resolve("release"), "IMPLEMENTOR=\"x\"\n");
    assertThat(find(broken.toString())).isEqualTo("0 900 900+9 " + newest);
    assertThat(find("/nowhere")).isEqualTo("0 900 900+9 " + newest);
  }

  @Test
  void theJdkOnThePathCounts() throws Exception {
    Path home = jdk("elsewhere", "902");
    Files.createDirectories(temporary.resolve("bin"));
    Files.createSymbolicLink(temporary.resolve("bin/javac"), home.resolve("bin/javac"));
    Files.createSymbolicLink(temporary.resolve("bin/readlink"), Path.of("/usr/bin/readlink"));
    assertThat(find("")).isEqualTo("0 902 902+9 " + home.toRealPath());
  }

  @Test
  void whenNoneIsNewEnoughItSaysWhatToDo() throws Exception {
    Path only = jdk("only", "20");
    String script =
        Files.readString(SCRIPT)
            .replace("/usr/lib/jvm/", "/nowhere/")
            .replace("/opt/", "/nowhere/");
    Path moved = Files.writeString(temporary.resolve("jdk.sh"), script);
    assertThat(find(only.toString(), moved))
        .startsWith("Reprise needs a JDK of version 21 or later")
        .contains("JAVA_HOME", "\n1 ")
        .endsWith(only.toString());
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = temporary.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Path compiler = Files.writeString(home.resolve("bin/javac"), "#!/bin/sh\n");
    assertThat(compiler.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"A = B\"\nJAVA_RUNTIME_VERSION=\"%1$s+9\"\nJAVA_VERSION=\"%1$s\"\n"
            .formatted(version));
    return home;
  }

  private String find(String javaHome) throws Exception {
    return find(javaHome, SCRIPT);
  }

  /// The exit code, the version, the build and the folder that were found.
  private String find(String javaHome, Path script) throws Exception {
    String commands = ". \"$1\"; jdk_find; printf '%s' \"$? $jdk_version $jdk_build $JAVA_HOME\"";
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of("/bin/sh", "-c", "set -u; " + commands, "sh", script.toString()));
    builder.environment().clear();
    builder.environment().put("HOME", temporary.resolve("home").toString());
    builder.environment().put("JAVA_HOME", javaHome);
    builder.environment().put("PATH", temporary.resolve("bin") + ":/nowhere/bin");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
