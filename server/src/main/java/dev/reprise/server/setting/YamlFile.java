package dev.reprise.server.setting;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// The settings in a YAML file. `listen: {port: 1}` and `listen.port: 1` are the same; every value
/// is taken as it is written, so `20_000` needs no quotes.
final class YamlFile {
  private final String file;
  private final Values values = new Values();

  private YamlFile(String file) {
    this.file = file;
  }

  /// Reads the content of a file.
  ///
  /// @param file its name, for messages
  /// @throws StartRefused naming file and line, if anything in it is not as it should be
  static Values read(String file, byte[] content) {
    YamlFile yaml = new YamlFile(file);
    Optional<Node> root = yaml.compose(yaml.decode(content));
    if (root.isPresent() && !root.get().getTag().equals(Tag.NULL)) {
      yaml.take("", root.get());
    }
    return yaml.values;
  }

  private Optional<Node> compose(String text) {
    try {
      LoadSettings load = LoadSettings.builder().setLabel(file).setAllowNonScalarKeys(true).build();
      return new Compose(load).composeString(text);
    } catch (MarkedYamlEngineException e) {
      throw new StartRefused(place(e.getProblemMark()) + ": " + e.getProblem(), e);
    } catch (StackOverflowError e) { // The library recurses without a limit to set.
      throw new StartRefused(file + ": settings are not nested this deeply", e);
    } catch (YamlEngineException e) {
      String message = String.valueOf(e.getMessage());
      throw new StartRefused(file + ": " + message.lines().findFirst().orElse("not YAML"), e);
    }
  }

  private String decode(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CharBuffer text = CharBuffer.allocate(content.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(bytes, text, true);
    String decoded = text.flip().toString();
    if (result.isError()) {
      long line = 1 + decoded.chars().filter(c -> c == '\n').count();
      throw new StartRefused("%s:%d: this is not UTF-8".formatted(file, line));
    }
    return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
  }

  private void take(String name, Node node) {
    switch (node) {
      case MappingNode mapping -> {
        for (NodeTuple entry : mapping.getValue()) {
          takeEntry(name, entry);
        }
      }
      case ScalarNode scalar when name.isEmpty() ->
          throw refused(scalar, "settings are written as name: value");
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) ->
          throw refused(scalar, name + " has no value");
      case ScalarNode scalar -> put(name, new Given(scalar.getValue(), place(node.getStartMark())));
      default ->
          throw refused(
              node, name.isEmpty() ? "a list is not settings" : name + " takes one value, no list");
    }
  }

  private void takeEntry(String prefix, NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      throw refused(entry.getKeyNode(), "a name has to be plain text");
    }
    String name = prefix.isEmpty() ? key.getValue() : prefix + "." + key.getValue();
    Node value = entry.getValueNode();
    boolean isGroup =
        SettingTable.ALL.stream().anyMatch(known -> known.name().startsWith(name + "."));
    if (value instanceof MappingNode && !isGroup) {
      // Also what ends a mapping that holds itself through an alias.
      String place = place(key.getStartMark());
      throw SettingTable.ALL.stream().anyMatch(known -> known.name().equals(name))
          ? new StartRefused("%s: %s takes one value, no settings in it".formatted(place, name))
          : Values.unknown(name, place);
    }
    take(name, value);
  }

  private void put(String name, Given given) {
    Optional<Given> before =
        SettingTable.ALL.stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .flatMap(values::find);
    if (before.isPresent()) {
      throw new StartRefused(
          "%s: %s is given twice, first at %s"
              .formatted(given.place(), name, before.get().place()));
    }
    values.put(name, given);
  }

  private StartRefused refused(Node node, String reason) {
    return new StartRefused(place(node.getStartMark()) + ": " + reason);
  }

  private String place(Optional<Mark> mark) {
    return mark.map(at -> file + ":" + (at.getLine() + 1)).orElse(file);
  }
}
