package dev.reprise.server.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The files of the page that shows a contract: our own two, and what they need of Swagger UI, from
/// its jar.
final class SwaggerUi {
  private static final String JAR = "/META-INF/resources/webjars/swagger-ui/";
  private static final String JAR_VERSION = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  /// No other file is served, whatever the path says.
  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "/contract/",
          "swagger-initializer.js", "/contract/",
          "swagger-ui.css", JAR,
          "swagger-ui-bundle.js", JAR,
          "favicon-32x32.png", JAR);

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "png", "image/png");

  private SwaggerUi() {}

  static Optional<Asset> file(String name) {
    return Optional.ofNullable(FILES.get(name))
        .map(folder -> {
          String place = folder.equals(JAR) ? JAR + version() + "/" : folder;
          String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
          return new Asset(type, read(place + name));
        });
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = open(JAR_VERSION)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + JAR_VERSION, e);
    }
    return properties.getProperty("version", "");
  }

  private static byte[] read(String resource) {
    try (InputStream in = open(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + resource, e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = SwaggerUi.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("There is no " + resource + " on the class path");
    }
    return in;
  }
}
