package dev.reprise.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.schedule.CatchUp;
import dev.reprise.server.traffic.AccessTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {
  private final Map<String, String> environment = new HashMap<>();
  private final Map<Path, String> files = new HashMap<>();

  @Test
  void withIssuersTheStandInIsOffAndAnyHostMayBeListenedOn() {
    Settings settings =
        settings(
            "--host",
            "0.0.0.0",
            "--set",
            "access.issuers=https://i.example",
            "--set",
            "access.audiences=api://reports");
    assertThat(settings.access().hasStandIn()).isFalse();
    assertThat(settings.listen().host()).isEqualTo("0.0.0.0");
  }

  @ParameterizedTest
  @CsvSource({"off,Off", "STDOUT,Stdout", "stderr,Stderr", "./off,ToFile", "a/b.log,ToFile"})
  void theAccessLogGoesToAStreamOrAFileOrNowhere(String value, String target) {
    AccessTarget access = settings("--set", "log.access=" + value).log().access();
    assertThat(access.getClass().getSimpleName()).isEqualTo(target);
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() {
    files.put(Path.of(".reprise/reprise.yaml"), "listen.port: 1\nworkers: 5\nmisfire: skip\n");
    environment.put("REPRISE_LISTEN_PORT", "2");
    environment.put("REPRISE_WORKERS", "6");
    Settings settings = settings("--port", "3");
    assertThat(settings.listen().port()).isEqualTo(3);
    assertThat(settings.workers()).isEqualTo(6);
    assertThat(settings.misfire()).isEqualTo(CatchUp.SKIP);
  }

  @Test
  void theFileOfTheDataFolderIsReadWhereverThatFolderWasNamed() {
    environment.put("REPRISE_DATA", "/somewhere");
    files.put(Path.of("/somewhere/reprise.yaml"), "limits: {queries: 7}");
    assertThat(settings().limits().queries()).isEqualTo(7);
    assertThat(settings("--data", "/elsewhere").limits().queries()).isEqualTo(100);
  }

  @Test
  void aNamedFileReplacesTheOneInTheDataFolderAndMayNameTheDataFolder() {
    files.put(Path.of(".reprise/reprise.yaml"), "workers: 9");
    files.put(Path.of("my.yaml"), "data: /else where\n");
    Settings settings = settings("--config", "my.yaml");
    assertThat(settings.data()).isEqualTo(Path.of("/else where"));
    assertThat(settings.workers()).isEqualTo(3);
  }

  @Test
  void theSameValueTwiceOnTheCommandLineIsNoContradiction() {
    assertThat(settings("--port", "9000", "--set", "listen.port=9_000").listen().port())
        .isEqualTo(9000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --port 1 --set listen.port=2 | --set listen.port: listen.port is 2, but --port says 1
          --port 1 --port 2            | --port: listen.port is 2, but --port says 1
          --port 65536                 | --port: listen.port is 65536, but must be a whole number from 0 to 65,535 (TCP port, 0 for any that is free)
          --sample-rows 99999999999    | --sample-rows: sample-rows is 99999999999, but must be a whole number from 1 to 10,000,000 (rows per dataset)
          --port=-1                    | --port: listen.port is -1, but must be a whole number from 0 to 65,535 (TCP port, 0 for any that is free)
          --port=                      | --port: listen.port is empty, but must be a whole number from 0 to 65,535 (TCP port, 0 for any that is free)
          --profile modern             | --profile: wire-profile is modern, but must be documented or live
          --set misfire=newest         | --set misfire: misfire is newest, but must be skip or latest or all
          --set limits.lead-time=4h    | --set limits.lead-time: limits.lead-time is 4h, but must be a duration of whole seconds from PT0S to PT2160H, such as PT4H
          --set limits.minimum-interval=PT90M | --set limits.minimum-interval: limits.minimum-interval is PT90M, but must be a duration of whole hours from PT1H to PT2160H, such as PT4H
          --set engine.memory=1        | --set engine.memory: engine.memory is 1, but must be a size from 64MB to 1000GB, such as 512MB
          --host 0.0.0.0               | --host: listen.host is 0.0.0.0, but must be 127.0.0.1, ::1 or localhost: the built-in token service gives tokens to everyone who can reach it; set access.issuers to use another
          --set access.issuers=https://i.example --set access.audiences=a --host 0.0.0.0 --set access.stand-in=on | --host: listen.host is 0.0.0.0, but must be 127.0.0.1, ::1 or localhost: the built-in token service gives tokens to everyone who can reach it; set access.issuers to use another
          --set access.stand-in=off    | --set access.stand-in: access.stand-in is off and there are no access.issuers: nobody could get in
          --set console.client-id=console | --set console.client-id: console.client-id needs access.issuers beside it: people sign in at the first
          --set console.scopes=profile | --set console.scopes: console.scopes is profile, but must be scopes with a space between them, openid among them
          --set access.issuers=https://i.example | --set access.issuers: access.issuers needs access.audiences beside it: for whom the issuer makes your tokens, so that those for others are not accepted
          --set access.issuers=https://login.microsoftonline.com/common/v2.0 --set access.audiences=a | --set access.issuers: the issuer https://login.microsoftonline.com/common/v2.0 speaks for every tenant there is: set access.tenants to the ids of those you trust
          --set access.issuers=https://login.microsoftonline.com/organizations --set access.audiences=a | --set access.issuers: the issuer https://login.microsoftonline.com/organizations speaks for every tenant there is: set access.tenants to the ids of those you trust
          --set access.issuers=http://i.example | --set access.issuers: access.issuers is http://i.example, but must be https addresses with commas between them, each with tenant= before it if all its users are of one tenant; http only on loopback
          --set access.tenants=contoso | --set access.tenants: access.tenants is contoso, but must be tenant ids (GUIDs) with commas between them
          --set access.algorithms=none | --set access.algorithms: access.algorithms is none, but must be with commas between them some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512
          --set access.algorithms=HS256 | --set access.algorithms: access.algorithms is HS256, but must be with commas between them some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512
          --set access.role-names=a=Boss | --set access.role-names: access.role-names is a=Boss, but must be pairs such as report-admins=ReportAdmin with commas between them; the roles are ExecutiveReportViewer, ReportViewer, ReportAdmin
          --set access.clock-skew=PT11M | --set access.clock-skew: access.clock-skew is PT11M, but must be a duration of whole seconds from PT0S to PT10M, such as PT4H
          --set listen.tls.key=k.pem   | --set listen.tls.key: listen.tls.key needs listen.tls.certificate beside it
          --set listen.public-url=ftp://x | --set listen.public-url: listen.public-url is ftp://x, but must be an address such as https://reports.example
          --set listen.prot=1          | --set listen.prot: there is no setting listen.prot; did you mean listen.port?
          --set port=1                 | --set port: there is no setting port; did you mean listen.port?
          --set workers                | --set workers: write it as --set name=value
          --config missing.yaml        | --config: there is no file missing.yaml
          --config a.yaml --config b.yaml | --config names more than one file: a.yaml, b.yaml
          --prot 1                     | There is no --prot; did you mean --port? See ./reprise help serve
          """)
  void whatIsWrongOnTheCommandLineIsRefusedInOneLine(String arguments, String line) {
    assertThat(refusal(arguments.split(" "))).isEqualTo(line);
  }

  @Test
  void aFlagWithoutItsValueIsRefused() {
    assertThat(refusal("--port")).contains("--port").hasLineCount(1);
  }

  @Test
  void aCommandThatDoesNotExistIsRefused() {
    assertThat(read("sevre"))
        .isEqualTo(
            new Command.Refused("There is no sevre; did you mean serve? See ./reprise help serve"));
  }

  @Test
  void aFlagOfServeWithoutThatCommandIsRefused() {
    assertThat(read("--port", "1"))
        .isEqualTo(new Command.Refused("--port is for serve: write ./reprise serve --port"));
  }

  @Test
  void anUnknownVariableIsRefusedButOthersAreNotOurs() {
    environment.put("REPRISED", "x");
    environment.put("PATH", "x");
    assertThat(settings().workers()).isEqualTo(3);
    environment.put("REPRISE_LISTEN_PROT", "1");
    assertThat(refusal())
        .isEqualTo(
            "environment variable REPRISE_LISTEN_PROT: there is no setting REPRISE_LISTEN_PROT;"
                + " did you mean REPRISE_LISTEN_PORT?");
  }

  @Test
  void aBadValueIsRefusedAlsoWhereAnotherWins() {
    environment.put("REPRISE_WORKERS", "many");
    assertThat(refusal("--set", "workers=1"))
        .startsWith("environment variable REPRISE_WORKERS: workers is many, but must be");
  }

  @Test
  void theFileInTheDataFolderCannotNameTheDataFolder() {
    files.put(Path.of(".reprise/reprise.yaml"), "\ndata: x");
    assertThat(refusal()).startsWith(Path.of(".reprise/reprise.yaml") + ":2: data cannot be set");
  }

  @Test
  void aFileThatCannotBeReadIsRefused() {
    Command command =
        new CommandReader(
                Map.of(),
                file -> {
                  throw new IOException("no permission");
                })
            .read(List.of("serve"));
    assertThat(command)
        .isEqualTo(
            new Command.Refused(
                Path.of(".reprise/reprise.yaml") + " cannot be read: no permission"));
  }

  @Test
  void theVersionIsShownForItsFlag() {
    assertThat(read("--version")).isEqualTo(new Command.ShowVersion());
    assertThat(read("-V")).isEqualTo(new Command.ShowVersion());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "help", "--help", "-h"})
  void helpListsTheCommandsAndHidesTraining(String argument) {
    Command command = argument.isEmpty() ? read() : read(argument);
    assertThat(command).isInstanceOf(Command.ShowHelp.class);
    assertThat(((Command.ShowHelp) command).text()).contains("serve").doesNotContain("train");
  }

  @Test
  void helpOfServeListsEverySettingWithFlagAndDefault() {
    assertThat(read("serve", "--help")).isEqualTo(read("help", "serve"));
    String text = ((Command.ShowHelp) read("serve", "--help")).text();
    String oneLine = text.replaceAll("\\s+", "");
    for (Setting<?> setting : SettingTable.ALL) {
      assertThat(text).contains(setting.name()).contains(setting.flag().orElse(""));
      assertThat(oneLine).contains("default" + setting.shownFallback().replace(" ", ""));
    }
  }

  @Test
  void verifyingTheHistoryNeedsToKnowTheStoreOnly() {
    assertThat(read("verify-history"))
        .isEqualTo(new Command.VerifyHistory(Path.of(".reprise"), Optional.empty()));
    assertThat(read("verify-history", "--data", "/other"))
        .isEqualTo(new Command.VerifyHistory(Path.of("/other"), Optional.empty()));
    environment.put("REPRISE_DATA", "/elsewhere");
    assertThat(read("verify-history"))
        .isEqualTo(new Command.VerifyHistory(Path.of("/elsewhere"), Optional.empty()));
    assertThat(read("verify-history", "--port", "1")).isInstanceOf(Command.Refused.class);
    assertThat(read("verify-history", "--date", "x"))
        .isEqualTo(
            new Command.Refused(
                "There is no --date; did you mean --data? See ./reprise help verify-history"));
    assertThat(read("help", "verify-history")).isEqualTo(read("verify-history", "--help"));
    assertThat(((Command.ShowHelp) read("help", "verify-history")).text())
        .contains("verify-history", "--data");
  }

  @Test
  void trainingNamesAFolder() {
    assertThat(read("train", "/some where")).isEqualTo(new Command.Train(Path.of("/some where")));
    assertThat(read("train")).isInstanceOf(Command.Refused.class);
  }

  private Settings settings(String... arguments) {
    Command command = serve(arguments);
    assertThat(command).isInstanceOf(Command.Serve.class);
    return ((Command.Serve) command).settings();
  }

  private String refusal(String... arguments) {
    Command command = serve(arguments);
    assertThat(command).isInstanceOf(Command.Refused.class);
    return ((Command.Refused) command).line();
  }

  private Command serve(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "serve";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return read(all);
  }

  private Command read(String... arguments) {
    ConfigFiles content =
        file ->
            Optional.ofNullable(files.get(file)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    return new CommandReader(environment, content).read(List.of(arguments));
  }
}
