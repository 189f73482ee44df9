package dev.reprise.server.node;

import dev.reprise.server.file.Durable;
import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.store.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Sees that results and keys are those that belong to a store on a server, and those of all its
/// nodes: a mark beside the keys is the same as in the store, and what living nodes have made in
/// their folder is seen in ours.
public final class SharedFiles {
  /// The mark, in the folder of the keys.
  public static final String MARK = "store.mark";

  private SharedFiles() {}

  /// Marks the folder of a store that has none yet. No other node may start at the same time.
  ///
  /// @throws StartRefused if the store belongs with another folder
  public static void check(NodeStore store, DataDirectory data, Instant now) {
    try {
      Path file = data.keys().resolve(MARK);
      Optional<String> mine =
          Files.exists(file)
              ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
              : Optional.empty();
      Optional<String> kept = store.mark();
      if (kept.isEmpty()) {
        refuseForeign(store, data, mine.isPresent());
        store.keepMark(mine.isPresent() ? mine.get() : made(file));
      } else if (!kept.equals(mine)) {
        throw new StartRefused(
            "The store has results and keys elsewhere, not in %s: name their folder with store.files"
                .formatted(data.files()));
      }
      List<Node> others =
          store.all().stream().filter(node -> !node.place().equals(data.place())).toList();
      others.stream()
          .filter(node -> !node.until().isBefore(now))
          .forEach(node -> checkSees(data, node));
      Set<Path> used = new HashSet<>(List.of(data.staging()));
      others.forEach(node -> used.add(data.staging(node.place())));
      removeLeft(data.files().resolve("staging"), used);
    } catch (IOException e) {
      throw new StartRefused(
          "Results and keys cannot be kept in %s: %s".formatted(data.files(), e.getMessage()), e);
    }
  }

  /// A store that was never used with shared files does not take those of another, and does not
  /// leave its own behind.
  private static void refuseForeign(NodeStore store, DataDirectory data, boolean marked)
      throws IOException {
    boolean hasFiles = Files.isDirectory(data.results()) && !list(data.results()).isEmpty();
    if (marked && hasFiles) {
      throw new StartRefused(
          "Results and keys in %s are those of another store: name a folder of its own with store.files"
              .formatted(data.files()));
    }
    if (!hasFiles && store.hasResults()) {
      throw new StartRefused(
          "The results of the store are not in %s: move its folders results and keys there, or name their folder with store.files"
              .formatted(data.files()));
    }
  }

  private static String made(Path file) throws IOException {
    String mark = UUID.randomUUID().toString();
    Durable.write(file, (mark + "\n").getBytes(StandardCharsets.UTF_8));
    return mark;
  }

  /// What nodes left there that will hardly come back; their folders stay, in case they do.
  private static void removeLeft(Path staging, Set<Path> used) throws IOException {
    if (Files.isDirectory(staging)) {
      for (Path folder : list(staging)) {
        if (!used.contains(folder) && Files.isDirectory(folder)) {
          for (Path file : list(folder)) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static void checkSees(DataDirectory data, Node node) {
    if (!Files.isDirectory(data.staging(node.place()))) {
      throw new StartRefused(
          "Node %s has results and keys in another folder than %s: name one for all with store.files"
              .formatted(node.name(), data.files()));
    }
  }
}
