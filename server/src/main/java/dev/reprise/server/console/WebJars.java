package dev.reprise.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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
  ///
  /// @param name such as `lit-html` or `@codemirror/view`
  /// @param later whether only some pages need it
  record Library(String name, List<String> modules, boolean later) {
    /// As WebJars are named, which have no signs.
    String artifact() {
      return name.replace("@", "").replace("/", "__");
    }
  }

  static final List<Library> LIBRARIES =
      List.of(
          new Library(
              "lit-html",
              List.of(
                  "lit-html.js",
                  "directive.js",
                  "directive-helpers.js",
                  "directives/live.js",
                  "directives/repeat.js"),
              false),
          later("@codemirror/autocomplete", "dist/index.js"),
          later("@codemirror/commands", "dist/index.js"),
          later("@codemirror/language", "dist/index.js"),
          later("@codemirror/lint", "dist/index.js"),
          later("@codemirror/state", "dist/index.js"),
          later("@codemirror/view", "dist/index.js"),
          later("@lezer/common", "dist/index.js"),
          later("@lezer/highlight", "dist/index.js"),
          later("@marijn/find-cluster-break", "src/index.js"),
          later("crelt", "index.js"),
          later("style-mod", "src/style-mod.js"),
          later("w3c-keyname", "index.js"));

  /// By path below the console, such as `lib/lit-html/3.3.2/lit-html.js`.
  final Map<String, ConsoleFile> files = new LinkedHashMap<>();

  /// What an import of each name fetches, such as `lit-html` to `./lib/lit-html/3.3.2/lit-html.js`.
  final Map<String, String> imports = new LinkedHashMap<>();

  /// The paths of those that only some pages need.
  final List<String> later = new ArrayList<>();

  WebJars() {
    for (Library library : LIBRARIES) {
      String version = version(library.artifact());
      String place = library.artifact() + "/" + version + "/";
      String jar = "/META-INF/resources/webjars/" + place;
      String folder = "lib/" + place;
      for (String module : library.modules()) {
        files.put(folder + module, ConsoleFile.read(jar + module));
        imports.put(library.name() + "/" + module, "./" + folder + module);
        if (library.later()) {
          later.add(folder + module);
        }
      }
      imports.put(library.name(), "./" + folder + library.modules().getFirst());
    }
  }

  private static Library later(String name, String module) {
    return new Library(name, List.of(module), true);
  }

  /// What a package's jar says of itself on the class path.
  static String properties(String artifact) {
    return "/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
  }

  private static String version(String artifact) {
    String resource = properties(artifact);
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
