package dev.reprise.server;

import dev.reprise.server.dataset.CatalogFiles;
import dev.reprise.server.setting.Command;
import dev.reprise.server.setting.CommandReader;
import dev.reprise.server.setting.ConfigFiles;
import dev.reprise.server.store.DataDirectory;
import dev.reprise.server.world.Api;
import dev.reprise.server.world.Stores;
import io.helidon.http.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A real service on a free port, on the test clock, with few rows in each dataset.
///
/// It begins on Monday 2026-01-05 at 06:00 UTC. Tests that share one use users of their own, and
/// know no more of its time than [#now].
final class World implements AutoCloseable {
  static final Instant MONDAY = Instant.parse("2026-01-05T06:00:00Z");
  private static final String DATASETS = "datasets.duckdb";
  private static final String KEY = "keys/token-signing.der";

  private static @Nullable World shared;

  final Core core;
  private final Web web;

  private World(Path data, CatalogFiles catalog, List<String> flags) {
    this(catalog, arguments(data, flags), InstantSource.fixed(MONDAY));
  }

  private static List<String> arguments(Path data, List<String> flags) {
    List<String> arguments = new ArrayList<>(List.of("--clock", "test"));
    arguments.addAll(List.of("--data", data.toString()));
    arguments.addAll(Stores.flags(data));
    arguments.addAll(flags);
    return arguments;
  }

  private World(CatalogFiles catalog, List<String> flags, InstantSource realClock) {
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--port", "0", "--sample-rows", "300"));
    arguments.addAll(flags);
    Command command = new CommandReader(Map.of(), ConfigFiles.onDisk()).read(arguments);
    if (!(command instanceof Command.Serve serve)) {
      throw new IllegalArgumentException(arguments + ": " + command);
    }
    core = new Core(serve.settings(), realClock, catalog, (dataset, done, total) -> {});
    try {
      web = new Web(serve.settings(), core, realClock);
      web.start();
      core.start();
    } catch (RuntimeException | Error e) {
      core.close();
      throw e;
    }
  }

  /// The one that most tests share; it ends with the process.
  static synchronized World shared() {
    World world = shared;
    if (world == null) {
      try {
        Path data = Files.createTempDirectory("reprise-world");
        world = new World(data, CatalogFiles.SHIPPED, List.of());
        shared = world;
        World opened = world;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endOf(opened, data)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return world;
  }

  private static void endOf(World world, Path data) {
    world.close();
    try (var files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One of its own in a folder, which may have been another's before.
  static World in(Path data, String... flags) {
    prepare(data);
    return new World(data, CatalogFiles.SHIPPED, List.of(flags));
  }

  /// One of several nodes of a store on a server, by whose time it goes.
  ///
  /// @param data the node's own
  /// @param behind how far its own clock is
  /// @param flags where the store and the shared files are
  static World node(Path data, Duration behind, List<String> flags) {
    return node(data, InstantSource.fixed(MONDAY.minus(behind)), flags);
  }

  /// The same with a clock that need not stand still.
  static World node(Path data, InstantSource wall, List<String> flags) {
    prepare(data);
    List<String> arguments = new ArrayList<>(List.of("--data", data.toString()));
    arguments.addAll(flags);
    return new World(CatalogFiles.SHIPPED, arguments, wall);
  }

  /// One of its own in an empty folder, with programs and datasets of its own.
  static World of(CatalogFiles catalog, Path data) {
    return new World(data, catalog, List.of());
  }

  /// Makes the folder a data directory with the shared datasets and the shared key of tokens, so
  /// that none need be made: that takes longer than the rest of a start.
  static void prepare(Path data) {
    Path datasets = data.resolve(DATASETS);
    try {
      if (!Files.exists(datasets)) {
        DataDirectory.open(data).close();
        Path root = shared().core.data.root();
        Files.copy(root.resolve(DATASETS), datasets);
        Path key = data.resolve(KEY);
        if (!Files.exists(key)) {
          Files.copy(root.resolve(KEY), key, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Instant now() {
    return core.clock.instant();
  }

  /// A caller of the tenant `contoso`, under `/insights/v1/cmp`.
  Api as(String clientId) {
    return Api.as(clientId, web.listenUrl());
  }

  Api as(String clientId, String tenant) {
    return Api.as(clientId, tenant, web.listenUrl());
  }

  String baseUrl() {
    return web.listenUrl();
  }

  /// The methods of each route that the service has.
  Map<String, Set<String>> offered() {
    return web.offered().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                route -> route.getValue().stream().map(Method::text).collect(Collectors.toSet())));
  }

  /// As `StartTime` is written: some hours from now.
  String in(int hours) {
    return now().plusSeconds(hours * 3600L).toString();
  }

  @Override
  public void close() {
    web.close();
    core.close();
  }
}
