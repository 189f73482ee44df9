package dev.reprise.server.setting;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// The commands and their flags, built from the table of settings rather than by reflection, which
/// would cost time at every start.
final class Grammar {
  static final String HELP = "--help";
  static final String VERSION = "--version";
  static final String SET = "--set";
  static final String CONFIG = "--config";
  static final String VERIFY = "verify-history";
  static final String BACKUP = "backup";
  static final String RESTORE = "restore";
  static final String MIGRATE = "migrate";
  static final String TO = "--to";
  static final String FROM = "--from";

  private static final int WIDTH = 100;

  private final Map<String, CommandLine> commands = new LinkedHashMap<>();
  private final CommandLine program;

  Grammar() {
    commands.put("serve", commandLine(serveSpec()));
    commands.put(BACKUP, commandLine(backupSpec()));
    commands.put(RESTORE, commandLine(restoreSpec()));
    commands.put(MIGRATE, commandLine(migrateSpec()));
    commands.put(VERIFY, commandLine(verifySpec()));
    program = commandLine(programSpec());
    commands.forEach(program::addSubcommand);
    CommandSpec help = CommandSpec.create().name("help");
    help.usageMessage().description("Shows this, or all settings with 'help serve'.");
    help.addPositional(text("COMMAND", "0..1"));
    program.addSubcommand("help", commandLine(help));
    CommandSpec train = CommandSpec.create().name("train");
    train.usageMessage().hidden(true);
    train.addPositional(text("FOLDER", "1"));
    program.addSubcommand("train", commandLine(train));
  }

  ParseResult parse(List<String> arguments) {
    return program.parseArgs(arguments.toArray(String[]::new));
  }

  /// Every command and flag that is shown to users.
  List<String> words() {
    Stream<String> words = Stream.concat(commands.keySet().stream(), Stream.of("help", VERSION));
    return Stream.concat(words, flags("serve")).toList();
  }

  /// The words that may be meant after a command.
  List<String> words(String command) {
    return command.equals("serve") || !commands.containsKey(command)
        ? words()
        : flags(command).toList();
  }

  /// Whether it is one that has flags of its own.
  boolean knows(String command) {
    return commands.containsKey(command);
  }

  private Stream<String> flags(String command) {
    return Objects.requireNonNull(commands.get(command)).getCommandSpec().options().stream()
        .map(OptionSpec::longestName);
  }

  /// What there is to know of a command; of all of them if it has no page of its own.
  String help(String command) {
    return commands.getOrDefault(command, program).getUsageMessage(Ansi.OFF);
  }

  private static CommandLine commandLine(CommandSpec spec) {
    spec.usageMessage().width(WIDTH);
    return new CommandLine(spec)
        .setExpandAtFiles(false)
        .setPosixClusteredShortOptionsAllowed(false);
  }

  private static CommandSpec programSpec() {
    CommandSpec spec = CommandSpec.create().name("./reprise");
    spec.addOption(
        OptionSpec.builder("-h", HELP).usageHelp(true).description("Shows this.").build());
    spec.addOption(
        OptionSpec.builder("-V", VERSION)
            .versionHelp(true)
            .description("Shows the version.")
            .build());
    spec.usageMessage().header("Scheduled reports that can be paused and resumed.", "");
    spec.usageMessage().commandListHeading("%nCommands:%n");
    return spec;
  }

  private static CommandSpec verifySpec() {
    return storeSpec(VERIFY, "Checks that no history was changed; a service may run meanwhile.");
  }

  private static CommandSpec backupSpec() {
    CommandSpec spec =
        storeSpec(BACKUP, "Copies all that is kept into a folder; a service may run meanwhile.");
    spec.addOption(
        repeatable(TO, "FOLDER", "Where to; not there yet, or empty. It can be served."));
    return spec;
  }

  private static CommandSpec restoreSpec() {
    CommandSpec spec = storeSpec(RESTORE, "Makes a data directory from a backup.");
    spec.addOption(repeatable(FROM, "FOLDER", "The backup."));
    return spec;
  }

  private static CommandSpec migrateSpec() {
    return storeSpec(
        MIGRATE, "Moves what the data directory keeps in its file into the database of --store.");
  }

  /// A command that has to do with what is kept, and so takes the settings that say where.
  private static CommandSpec storeSpec(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    spec.addOption(repeatable(Setting.DATA.flag().orElseThrow(), Setting.DATA));
    spec.addOption(repeatable(Setting.STORE.flag().orElseThrow(), Setting.STORE));
    addFileAndSet(spec);
    spec.addOption(
        OptionSpec.builder("-h", HELP).usageHelp(true).description("Shows this.").build());
    return spec;
  }

  private static CommandSpec serveSpec() {
    CommandSpec spec = CommandSpec.create().name("serve");
    for (Setting<?> setting : SettingTable.ALL) {
      setting.flag().ifPresent(flag -> spec.addOption(repeatable(flag, setting)));
    }
    addFileAndSet(spec);
    spec.addOption(
        OptionSpec.builder("-h", HELP).usageHelp(true).description("Shows this.").build());
    spec.usageMessage()
        .sortOptions(false)
        .description("Runs the service.")
        .optionListHeading("%n")
        .footerHeading("%nSettings without a flag of their own:%n")
        .footer(
            SettingTable.ALL.stream()
                .filter(setting -> setting.flag().isEmpty())
                .map(setting -> "  %s%n      %s".formatted(setting.name(), words(setting)))
                .toArray(String[]::new));
    spec.usageMessage()
        .footer(
            concat(
                spec.usageMessage().footer(),
                "",
                "A setting is given as a flag, as an environment variable (listen.port is"
                    + " REPRISE_LISTEN_PORT),",
                "or in the YAML file; in this order the first wins."));
    return spec;
  }

  private static void addFileAndSet(CommandSpec spec) {
    spec.addOption(
        repeatable(
            CONFIG, "FILE", "A YAML file with settings; default reprise.yaml in the data folder."));
    spec.addOption(repeatable(SET, "NAME=VALUE", "Any setting, by its name; may be repeated."));
  }

  private static String[] concat(String[] first, String... more) {
    String[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  private static String words(Setting<?> setting) {
    return "%s%n      %s; default %s"
        .formatted(setting.doc(), capital(setting.kind().expected()), setting.shownFallback());
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static OptionSpec repeatable(String flag, Setting<?> setting) {
    String label = setting.name().substring(setting.name().lastIndexOf('.') + 1);
    String description =
        "%s %s; default %s (%s)."
            .formatted(
                setting.doc(),
                capital(setting.kind().expected()),
                setting.shownFallback(),
                setting.name());
    return repeatable(flag, label.toUpperCase(Locale.ROOT), description);
  }

  /// May be repeated, so that what is given twice is judged as the same setting given twice.
  private static OptionSpec repeatable(String flag, String label, String description) {
    return OptionSpec.builder(flag)
        .paramLabel(label)
        .arity("1")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .description(description)
        .build();
  }

  private static PositionalParamSpec text(String label, String arity) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .arity(arity)
        .required(arity.equals("1"))
        .type(String.class)
        .build();
  }
}
