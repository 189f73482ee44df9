package dev.reprise.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console's modules keep to the types that their comments say. TypeScript's checker reads
/// them, on the Node that Playwright brings; nothing is compiled.
class TypesTest {
  private static final Path SOURCES = Path.of("src", "main", "resources", "console");
  private static final String OPTIONS =
      """
      {"compilerOptions": {
        "allowJs": true, "checkJs": true, "noEmit": true, "strict": true, "noImplicitAny": false,
        "useUnknownInCatchVariables": false,
        "target": "es2023", "lib": ["es2023", "dom", "dom.iterable"], "types": [],
        "module": "preserve", "moduleResolution": "bundler", "skipLibCheck": true},
       "include": ["console"]}
      """;

  @Test
  void everyModuleKeepsToItsTypes(@TempDir Path folder) throws Exception {
    for (WebJars.Library library : WebJars.LIBRARIES) {
      unpack(library.artifact(), library.name(), folder);
    }
    unpack("typescript", "typescript", folder);
    copySources(folder.resolve("console"));
    Files.writeString(folder.resolve("tsconfig.json"), OPTIONS);
    Process checker =
        new ProcessBuilder(node(), "node_modules/typescript/lib/tsc.js", "--pretty", "false")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    byte[] said = checker.getInputStream().readAllBytes();
    assertThat(new String(said, StandardCharsets.UTF_8)).isEmpty();
    assertThat(checker.waitFor()).isZero();
  }

  private static String node() {
    List<String> command =
        Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
            .createProcessBuilder()
            .command();
    return command.getFirst();
  }

  private static void copySources(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".js")).toList()) {
        Path copy = target.resolve(SOURCES.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  /// Lays a package out as the checker looks for it: what it says of its types, and the checker's
  /// own scripts.
  private static void unpack(String artifact, String name, Path folder) throws IOException {
    URL found =
        Objects.requireNonNull(TypesTest.class.getResource(WebJars.properties(artifact)), artifact);
    var connection = (JarURLConnection) found.openConnection();
    connection.setUseCaches(false); // It is closed here.
    String root = "META-INF/resources/webjars/";
    Path target = folder.resolve("node_modules").resolve(name);
    try (JarFile jar = connection.getJarFile()) {
      for (ZipEntry entry : jar.stream().filter(one -> isNeeded(one.getName(), root)).toList()) {
        Path path = Path.of(entry.getName().substring(root.length()));
        Path file = target.resolve(path.subpath(2, path.getNameCount()).toString());
        Files.createDirectories(file.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
  }

  private static boolean isNeeded(String entry, String root) {
    return entry.startsWith(root)
        && (entry.endsWith(".d.ts")
            || entry.endsWith("package.json")
            || entry.matches(".*/typescript/[^/]+/lib/_?tsc\\.js"));
  }
}
