package dev.reprise.server.setting;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Reads the command line, the environment and the settings file into a [Command]. A function of
/// the three: it changes nothing and looks nowhere else.
public final class CommandReader {
  private static final String DEFAULT_FILE = "reprise.yaml";

  private final Map<String, String> environment;
  private final ConfigFiles files;

  public CommandReader(Map<String, String> environment, ConfigFiles files) {
    this.environment = Map.copyOf(environment);
    this.files = files;
  }

  /// What these arguments ask for; whatever is wrong with them is a [Command.Refused].
  public Command read(List<String> arguments) {
    Grammar grammar = new Grammar();
    try {
      return command(grammar, grammar.parse(arguments));
    } catch (UnmatchedArgumentException e) {
      String unknown = e.getUnmatched().get(0);
      if (grammar.words().contains(unknown)) {
        return new Command.Refused(unknown + " is for serve: write ./reprise serve " + unknown);
      }
      return new Command.Refused(
          "There is no %s; did you mean %s? See ./reprise help %s"
              .formatted(
                  unknown,
                  Values.nearest(unknown.split("=", 2)[0], grammar.words(asked(e))),
                  asked(e)));
    } catch (ParameterException e) {
      return new Command.Refused(e.getMessage() + ". See ./reprise help " + asked(e));
    } catch (StartRefused e) {
      return new Command.Refused(e.line());
    }
  }

  /// The command that the arguments are of; serve if none can be told.
  private static String asked(ParameterException e) {
    String name = e.getCommandLine().getCommandName();
    return new Grammar().knows(name) ? name : "serve";
  }

  private Command command(Grammar grammar, ParseResult parsed) {
    ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    String name = last.commandSpec().name();
    if (last.hasMatchedOption(Grammar.HELP)) {
      return new Command.ShowHelp(grammar.help(name));
    }
    if (parsed.hasMatchedOption(Grammar.VERSION)) {
      return new Command.ShowVersion();
    }
    return switch (name) {
      case "serve" -> new Command.Serve(settings(last));
      case Grammar.VERIFY -> {
        Settings settings = settings(last);
        yield new Command.VerifyHistory(settings.data(), settings.store());
      }
      case Grammar.BACKUP -> {
        Settings settings = settings(last);
        Path to = folder(last, Grammar.TO);
        yield new Command.MakeBackup(settings.data(), settings.store(), to);
      }
      case Grammar.RESTORE -> {
        Settings settings = settings(last);
        Path from = folder(last, Grammar.FROM);
        yield new Command.Restore(from, settings.data(), settings.store());
      }
      case Grammar.MIGRATE -> {
        Settings settings = settings(last);
        StoreAddress to =
            settings
                .store()
                .orElseThrow(() -> new StartRefused("--store is missing: the database to move to"));
        yield new Command.Migrate(settings.data(), to);
      }
      case "train" -> new Command.Train(Path.of(last.matchedPositionalValue(0, "")));
      default -> new Command.ShowHelp(grammar.help(last.matchedPositionalValue(0, "")));
    };
  }

  private static Path folder(ParseResult parsed, String flag) {
    Set<String> named = new LinkedHashSet<>(parsed.matchedOptionValue(flag, List.<String>of()));
    if (named.size() != 1) {
      throw new StartRefused(
          named.isEmpty() ? flag + " is missing" : flag + " names more than one folder");
    }
    return new Kind.Folder().parse(named.iterator().next());
  }

  private Settings settings(ParseResult parsed) {
    Values above = flags(parsed).orElse(Values.ofEnvironment(environment));
    Set<String> named = new LinkedHashSet<>(parsed.matchedOptionValue(Grammar.CONFIG, List.of()));
    if (named.size() > 1) {
      throw new StartRefused("--config names more than one file: " + String.join(", ", named));
    }
    if (named.isEmpty()) {
      Path file = above.get(Setting.DATA).resolve(DEFAULT_FILE);
      Values fromFile = load(file).orElseGet(Values::new);
      fromFile.find(Setting.DATA).ifPresent(CommandReader::refuseDataFolder);
      return Settings.of(above.orElse(fromFile));
    }
    Path file = new Kind.Folder().parse(named.iterator().next());
    Values fromFile =
        load(file).orElseThrow(() -> new StartRefused("--config: there is no file " + file));
    return Settings.of(above.orElse(fromFile));
  }

  /// It was found by the data folder, so it cannot name another one.
  private static void refuseDataFolder(Given given) {
    throw new StartRefused(
        given.place() + ": data cannot be set here; use --data, REPRISE_DATA or a --config file");
  }

  private static Values flags(ParseResult parsed) {
    Values values = new Values();
    for (Setting<?> setting : SettingTable.ALL) {
      if (setting.flag().isPresent()) {
        String flag = setting.flag().get();
        for (String value : parsed.matchedOptionValue(flag, List.<String>of())) {
          values.put(setting.name(), new Given(value, flag));
        }
      }
    }
    for (String assignment : parsed.matchedOptionValue(Grammar.SET, List.<String>of())) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new StartRefused("--set " + assignment + ": write it as --set name=value");
      }
      String name = assignment.substring(0, equals);
      values.put(name, new Given(assignment.substring(equals + 1), "--set " + name));
    }
    return values;
  }

  private Optional<Values> load(Path file) {
    try {
      return files.read(file).map(content -> YamlFile.read(file.toString(), content));
    } catch (IOException e) {
      throw new StartRefused("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}
