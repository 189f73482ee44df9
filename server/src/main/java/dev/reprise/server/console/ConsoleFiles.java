package dev.reprise.server.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All files of the console, read once.
///
/// Our own are under a path that has the hash of all of them, those of others under their version:
/// what a path gives never changes, so browsers need not ask again. Only the page itself is asked
/// for each time, and names the rest.
final class ConsoleFiles {
  private static final String FOLDER = "/console/";

  /// What is there before the list of reports is shown: each file more delays that.
  private static final List<String> FIRST =
      List.of(
          "api.js",
          "app.js",
          "ask.js",
          "console.css",
          "icons.js",
          "keys.js",
          "later.js",
          "pages.js",
          "pages/reports.js",
          "reports-choice.js",
          "reports-list.js",
          "reports-order.js",
          "reports-table.js",
          "service.js",
          "session.js",
          "spark.js",
          "text.js",
          "time.js",
          "view.js");

  /// What other pages need, fetched once the first one is shown.
  private static final List<String> SOON =
      List.of(
          "callbacks.js",
          "catalog.js",
          "catch-up.js",
          "chart.js",
          "form.js",
          "history.js",
          "orders.js",
          "pages/clock.js",
          "pages/datasets.js",
          "pages/new.js",
          "pages/report.js",
          "pages/system.js",
          "programs.js",
          "proof.js",
          "report-form.js",
          "report-life.js",
          "resume.js",
          "run-now.js",
          "slots.js",
          "timeline.js");

  /// What signs in: at an issuer, where there is one, and who was not here before.
  private static final String ISSUER = "issuer.js";

  private static final String SIGN_IN = "sign-in.js";

  /// What only the workbench needs, and fetches when it is opened.
  private static final List<String> LATER =
      List.of(
          "editor.js", "pages/workbench.js", "preview.js", "query-language.js", "query-text.js");

  /// The page.
  final ConsoleFile index;

  /// What the page allows itself, for the header `Content-Security-Policy`.
  final String policy;

  private final Map<String, ConsoleFile> files = new LinkedHashMap<>();

  ConsoleFiles(Console console) {
    var jars = new WebJars();
    files.putAll(jars.files);
    Map<String, ConsoleFile> own = new TreeMap<>();
    for (List<String> names : List.of(FIRST, List.of(ISSUER, SIGN_IN), SOON, LATER)) {
      names.forEach(name -> own.put(name, ConsoleFile.read(FOLDER + name)));
    }
    String folder = "app/" + hash(own) + "/";
    own.forEach((name, file) -> files.put(folder + name, file));
    String imports = imports(jars.imports);
    List<String> later = new ArrayList<>(jars.later);
    LATER.forEach(name -> later.add(folder + name));
    List<String> soon = SOON.stream().map(name -> folder + name).toList();
    List<String> first = new ArrayList<>(jars.files.keySet());
    first.removeAll(jars.later);
    FIRST.forEach(name -> first.add(folder + name));
    console.issuer().ifPresent(one -> first.add(folder + ISSUER));
    index =
        index(
            console,
            Map.of(
                "app", folder,
                "imports", imports,
                "preloads", preloads(first),
                "soon", String.join(" ", soon),
                "later", String.join(" ", later)));
    policy = policy(imports, console.issuer());
  }

  /// The file at a path below the console, other than the page.
  Optional<ConsoleFile> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  private static String preloads(List<String> paths) {
    return paths.stream()
        .filter(path -> path.endsWith(".js"))
        .map(path -> "<link rel=\"modulepreload\" href=\"" + path + "\">")
        .collect(Collectors.joining("\n"));
  }

  /// @param places what stands where in the page
  private static ConsoleFile index(Console console, Map<String, String> places) {
    String page =
        ConsoleFile.read(FOLDER + "index.html")
            .text()
            .replace("{version}", console.version())
            .replace("{programs}", String.join(" ", console.programs()))
            .replace("{standIn}", String.valueOf(console.standIn()))
            .replace("{issuer}", attribute(console, one -> one.address().toString()))
            .replace("{client}", attribute(console, Console.Issuer::client))
            .replace("{scopes}", attribute(console, Console.Issuer::scopes))
            .replace("{clock}", console.testClock() ? "test" : "real");
    for (var place : places.entrySet()) {
      page = page.replace("{" + place.getKey() + "}", place.getValue());
    }
    return ConsoleFile.of("index.html", page.getBytes(StandardCharsets.UTF_8));
  }

  private static String attribute(Console console, Function<Console.Issuer, String> what) {
    return console
        .issuer()
        .map(what)
        .orElse("")
        .replace("&", "&amp;")
        .replace("\"", "&quot;")
        .replace("{", "&#123;"); // Or it would be filled in.
  }

  private static String imports(Map<String, String> imports) {
    return imports.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
        .collect(Collectors.joining(",", "{\"imports\":{", "}}"));
  }

  /// Nothing from elsewhere, no script but our files and the one import map, and no text that a
  /// script could turn into markup. Only where people sign in may be asked besides the service.
  private static String policy(String imports, Optional<Console.Issuer> issuer) {
    byte[] hash = ConsoleFile.sha256(imports.getBytes(StandardCharsets.UTF_8));
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'" + issuer.map(one -> " " + one.origin()).orElse(""),
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html");
  }

  private static String hash(Map<String, ConsoleFile> own) {
    var all = new ByteArrayOutputStream();
    own.forEach((name, file) -> {
      all.writeBytes(name.getBytes(StandardCharsets.UTF_8));
      all.writeBytes(file.plain);
    });
    return ConsoleFile.of("all.js", all.toByteArray()).tag;
  }
}
