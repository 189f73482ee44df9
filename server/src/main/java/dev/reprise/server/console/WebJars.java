package dev.reprise.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// The modules that others wrote, from their jars: each under a path that has its version, and the
/// names by which ours import them.
///
/// - Limits: only the files named here are served.
final class WebJars {
  /// A package, and its modules that ours need; the first is what its bare name means.
  record Library(String name, List<String> modules) {}

  static final List<Library> LIBRARIES =
      List.of(
          new Library(
              "lit-html",
              List.of(
                  "lit-html.js",
                  "directive.js",
                  "directive-helpers.js",
                  "directives/live.js",
                  "directives/repeat.js")));

  /// By path below the console, such as `lib/lit-html/3.3.2/lit-html.js`.
  final Map<String, ConsoleFile> files = new LinkedHashMap<>();

  /// What an import of each name fetches, such as `lit-html` to `./lib/lit-html/3.3.2/lit-html.js`.
  final Map<String, String> imports = new LinkedHashMap<>();

  WebJars() {
    for (Library library : LIBRARIES) {
      String version = version(library.name());
      String jar = "/META-INF/resources/webjars/" + library.name() + "/" + version + "/";
      String folder = "lib/" + library.name() + "/" + version + "/";
      for (String module : library.modules()) {
        files.put(folder + module, ConsoleFile.read(jar + module));
        imports.put(library.name() + "/" + module, "./" + folder + module);
      }
      imports.put(library.name(), "./" + folder + library.modules().getFirst());
    }
  }

  /// What a package's jar says of itself on the class path.
  static String properties(String name) {
    return "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
  }

  private static String version(String name) {
    String resource = properties(name);
    Properties properties = new Properties();
    try (InputStream in = WebJars.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("There is no " + resource + " on the class path");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + resource, e);
    }
    return properties.getProperty("version", "");
  }
}
