package dev.reprise.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.server.world.Api;
import dev.reprise.server.world.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The console's files as a browser fetches them.
class ConsoleFilesTest {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"((?:app|lib)/[^\"]+)\"");
  private static final Pattern IMPORT = Pattern.compile("from '(\\.{1,2}/[^']+)'");
  private static final int ALL_BUT_THE_WORKBENCH_BYTES = 90_000;

  private final Api anybody = Api.anonymous(World.shared().baseUrl());

  @Test
  void thePageIsAskedForAndWhatItNamesIsKeptForEver() {
    assertThat(header(get("/console"), "Location")).isEqualTo("console/");
    Reply page = get("/console/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
    List<String> files = links(page.body());
    assertThat(files)
        .anyMatch(file -> file.matches("app/[0-9a-f]{24}/app\\.js"))
        .anyMatch(file -> file.matches("lib/lit-html/[0-9.]+/lit-html\\.js"));
    files.addAll(named("soon", page.body()));
    int bytes = 0;
    for (String file : files) {
      Reply reply = get("/console/" + file, "Accept-Encoding", "gzip, br");
      assertThat(reply.status()).as(file).isEqualTo(200);
      assertThat(header(reply, "Content-Encoding")).isEqualTo("gzip");
      assertThat(header(reply, "Vary")).isEqualTo("Accept-Encoding");
      assertThat(header(reply, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
      bytes += Integer.parseInt(header(reply, "Content-Length"));
    }
    assertThat(bytes).isLessThan(ALL_BUT_THE_WORKBENCH_BYTES);
  }

  @Test
  void whatOnlyTheWorkbenchNeedsIsFetchedWithIt() {
    String page = get("/console/").body();
    List<String> files = named("later", page);
    assertThat(files).anyMatch(file -> file.startsWith("lib/codemirror__view/"));
    assertThat(files).noneMatch(links(page)::contains);
    for (String file : files) {
      assertThat(get("/console/" + file).status()).as(file).isEqualTo(200);
    }
    assertThat(files)
        .filteredOn(file -> file.startsWith("lib/"))
        .allMatch(file -> page.contains("\":\"./" + file + "\""));
  }

  @Test
  void theFirstPageNamesWhatItsModulesImportAndNothingThatOthersDo() {
    List<String> first = links(get("/console/").body());
    var wanted = new TreeSet<String>();
    for (String file : first) {
      IMPORT
          .matcher(get("/console/" + file).body())
          .results()
          .forEach(found -> wanted.add(URI.create(file).resolve(found.group(1)).toString()));
    }
    assertThat(first).containsAll(wanted);
    assertThat(first)
        .filteredOn(file -> file.startsWith("app/") && file.endsWith(".js"))
        .allMatch(file -> wanted.contains(file) || file.endsWith("/app.js"));
  }

  @Test
  void thePageAllowsItselfItsOwnFilesOnly() throws Exception {
    Reply page = get("/console/");
    Matcher imports =
        Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL)
            .matcher(page.body());
    assertThat(imports.find()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(imports.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(header(page, "Content-Security-Policy").split("; "))
        .contains(
            "default-src 'none'",
            "script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'",
            "connect-src 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'")
        .noneMatch(part -> part.contains("unsafe"));
    assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
  }

  @Test
  void whatABrowserHasIsNotSentAgain() {
    String tag = header(get("/console/"), "ETag");
    Reply again = get("/console/", "If-None-Match", tag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("/console/", "If-None-Match", tag, "Accept-Encoding", "gzip").status())
        .isEqualTo(200);
  }

  @Test
  void aLookAtTheHeadersIsEnoughAndOtherMethodsAreRefused() {
    Reply head = anybody.send("HEAD", "/console/", "", List.of());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length"))
        .isEqualTo("" + get("/console/").body().getBytes(UTF_8).length);
    Reply post = anybody.send("POST", "/console/", "{}", List.of());
    assertThat(post.status()).isEqualTo(405);
    assertThat(header(post, "Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void noOtherFileIsServed() {
    for (String path :
        List.of(
            "/console/index.html",
            "/console/app.js",
            "/console/app/../index.html",
            "/console/app/..%2findex.html",
            "/console/lib/lit-html/package.json",
            "/console//",
            "/console/x")) {
      assertThat(get(path).status()).as(path).isEqualTo(404);
    }
  }

  private Reply get(String path, String... headers) {
    return anybody.send("GET", path, "", List.of(headers));
  }

  private static String header(Reply reply, String name) {
    return reply.response().headers().firstValue(name).orElse("");
  }

  private static List<String> named(String group, String page) {
    Matcher found = Pattern.compile("\"reprise-" + group + "\" content=\"([^\"]+)\"").matcher(page);
    assertThat(found.find()).isTrue();
    return Pattern.compile(" ").splitAsStream(found.group(1)).toList();
  }

  private static List<String> links(String page) {
    return new ArrayList<>(
        LINK.matcher(page)
            .results()
            .map((MatchResult found) -> found.group(1))
            .distinct()
            .toList());
  }
}
