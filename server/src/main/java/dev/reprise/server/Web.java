package dev.reprise.server;

import dev.reprise.api.Limits;
import dev.reprise.server.access.Caller;
import dev.reprise.server.access.TokenVerifier;
import dev.reprise.server.access.TrustedIssuer;
import dev.reprise.server.access.discovery.Issuers;
import dev.reprise.server.access.issuer.StandIn;
import dev.reprise.server.callback.CallbackRoutes;
import dev.reprise.server.callback.Callbacks;
import dev.reprise.server.callback.Inbox;
import dev.reprise.server.callback.InboxRoutes;
import dev.reprise.server.clock.ClockRoutes;
import dev.reprise.server.clock.TimeMachine;
import dev.reprise.server.console.Console;
import dev.reprise.server.console.ConsoleRoutes;
import dev.reprise.server.contract.ContractRoutes;
import dev.reprise.server.dataset.DatasetRoutes;
import dev.reprise.server.dataset.Program;
import dev.reprise.server.dataset.Programs;
import dev.reprise.server.delivery.ResultRoutes;
import dev.reprise.server.delivery.SignedLinks;
import dev.reprise.server.execution.ExecutionRoutes;
import dev.reprise.server.execution.JooqLedgerStore;
import dev.reprise.server.execution.JooqProofStore;
import dev.reprise.server.execution.JooqRecentStore;
import dev.reprise.server.execution.LinkMaker;
import dev.reprise.server.execution.OverviewRoutes;
import dev.reprise.server.execution.ProofRoutes;
import dev.reprise.server.execution.SlotRoutes;
import dev.reprise.server.history.HistoryRoutes;
import dev.reprise.server.history.JooqHistoryStore;
import dev.reprise.server.metric.MetricRoutes;
import dev.reprise.server.problem.Admission;
import dev.reprise.server.problem.BrokenRequests;
import dev.reprise.server.problem.Connections;
import dev.reprise.server.problem.PatientSockets;
import dev.reprise.server.problem.Problems;
import dev.reprise.server.problem.Trail;
import dev.reprise.server.query.JooqQueryStore;
import dev.reprise.server.query.Queries;
import dev.reprise.server.query.QueryCheckRoutes;
import dev.reprise.server.query.QueryRoutes;
import dev.reprise.server.query.SystemQueries;
import dev.reprise.server.query.Trials;
import dev.reprise.server.report.JooqReportStore;
import dev.reprise.server.report.ManyReports;
import dev.reprise.server.report.OwnReportRoutes;
import dev.reprise.server.report.ReportDataset;
import dev.reprise.server.report.ReportLimits;
import dev.reprise.server.report.ReportRoutes;
import dev.reprise.server.report.Reports;
import dev.reprise.server.setting.Settings;
import dev.reprise.server.setting.StartRefused;
import dev.reprise.server.tls.ServerCertificate;
import dev.reprise.server.traffic.AccessLog;
import dev.reprise.server.traffic.AccessTarget;
import dev.reprise.server.wire.BaseUrl;
import dev.reprise.server.wire.Calls;
import dev.reprise.server.wire.Requests;
import dev.reprise.server.wire.WireProfile;
import dev.reprise.server.wire.Writer;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The calls of the service, joined to what they need, and the server that takes them.
final class Web implements AutoCloseable {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
  private static final HeaderName TICKET = HeaderNames.create("X-AadUserTicket");

  private static final int CONNECTIONS = 10_000;

  /// For the next bytes of a request, and for the next request.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration TRIAL_SLACK = Duration.ofSeconds(20);

  /// A body that is too large is read to its end, so that its sender hears why; a larger one is
  /// not.
  private static final long LARGEST_SWALLOWED = 16L * 1024 * 1024;

  private final Settings settings;
  private final Core core;
  private final Writer writer;
  private final Optional<StandIn> standIn;
  private final Issuers issuers;
  private final TokenVerifier verifier;
  private final Trials trials;
  private Map<String, Set<Method>> offered = Map.of();
  private final Optional<AccessLog> accessLog;
  private final Trail trail;
  private final WebServer server;

  /// @param realClock by which tokens are issued and verified, whatever clock reports go by
  Web(Settings settings, Core core, InstantSource realClock) {
    this.settings = settings;
    this.core = core;
    this.writer = new Writer(settings.wireProfile());
    Settings.Access access = settings.access();
    this.standIn =
        access.hasStandIn()
            ? Optional.of(StandIn.open(core.data.keys(), this::listenUrl, realClock))
            : Optional.empty();
    this.issuers = new Issuers(access.issuers(), access.tenants(), access.roles(), realClock);
    List<TrustedIssuer> trusted = new ArrayList<>(issuers.trusted());
    standIn.map(StandIn::trusted).ifPresent(trusted::add);
    this.verifier = new TokenVerifier(trusted, access.tokens(), realClock);
    this.trials =
        new Trials(
            core.engine,
            core.clock,
            Duration.ofSeconds(settings.limits().trySeconds()),
            settings.workers(),
            Connections::isGone);
    Duration patience = patience(settings.limits());
    this.accessLog = accessLog(settings.log().access());
    this.trail = new Trail(accessLog, realClock);
    this.server =
        WebServer.builder()
            .host(settings.listen().host())
            .port(settings.listen().port())
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .maxTcpConnections(CONNECTIONS)
            .idleConnectionTimeout(patience)
            .useNio(false)
            .connectionOptions(new PatientSockets(patience))
            .maxPayloadSize(LARGEST_SWALLOWED)
            .protocolsDiscoverServices(false)
            .addConnectionSelector(
                new Connections(
                    Http1Config.builder()
                        .maxPrologueLength(Limits.REQUEST_HEAD_BYTES)
                        .maxHeadersSize(Limits.REQUEST_HEAD_BYTES)
                        .build()))
            .errorHandling(ErrorHandling.builder().includeEntity(true).build())
            .directHandlers(new BrokenRequests(writer, trail)::install)
            .update(builder ->
                settings.listen().tls().ifPresent(files -> builder.tls(tls(files, realClock))))
            .routing(this::route)
            .build();
  }

  /// Who waits for a trial sends nothing meanwhile, and is there all the same.
  private static Duration patience(Settings.Limits limits) {
    Duration trial = Duration.ofSeconds(limits.trySeconds()).plus(TRIAL_SLACK);
    return trial.compareTo(PATIENCE) > 0 ? trial : PATIENCE;
  }

  private static Tls tls(Settings.Tls files, InstantSource realClock) {
    return Tls.builder()
        .sslContext(new ServerCertificate(files, realClock).context())
        .enabledProtocols(PROTOCOLS)
        .build();
  }

  /// Takes requests from now on.
  ///
  /// @throws StartRefused if the port is taken
  void start() {
    refusePortInUse();
    server.start();
    if (!server.isRunning()) { // It logs why and does not throw.
      throw new StartRefused(cannotListen("the log says why"));
    }
    if (core.testClock.isPresent()) {
      core.callbacks.openInbox(server.port());
    }
    issuers.start();
  }

  private void refusePortInUse() {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(settings.listen().host(), settings.listen().port()));
    } catch (IOException e) {
      throw new StartRefused(cannotListen(e.getMessage()), e);
    }
  }

  private String cannotListen(@Nullable String why) {
    return "Port %d on %s cannot be listened on: %s; choose another with --port"
        .formatted(settings.listen().port(), settings.listen().host(), why);
  }

  /// Where callers reach the service, without a slash at the end.
  String baseUrl() {
    return settings.listen().publicUrl().orElseGet(this::listenUrl);
  }

  /// Where it listens, without a slash at the end.
  String listenUrl() {
    String host = settings.listen().host();
    String scheme = settings.listen().tls().isPresent() ? "https://" : "http://";
    return scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
  }

  /// The methods of each path, such as `/insights/{version}/{program}/ScheduledReport`.
  Map<String, Set<Method>> offered() {
    return offered;
  }

  @Override
  public void close() {
    server.stop();
    issuers.close();
    trials.close();
    accessLog.ifPresent(AccessLog::close);
  }

  private static Optional<AccessLog> accessLog(AccessTarget target) {
    if (target instanceof AccessTarget.Off) {
      return Optional.empty();
    }
    try {
      return Optional.of(AccessLog.open(target));
    } catch (IOException e) {
      throw new StartRefused("The access log cannot be written (log.access): " + e, e);
    }
  }

  private void route(HttpRouting.Builder routing) {
    routing.addFilter(trail);
    var requests = new Requests();
    requests.install(routing);
    standIn.map(StandIn::routes).ifPresent(routing::register);
    routing.register(new MetricRoutes(Measures.of(core, requests)));
    routing.register(
        new HealthRoutes(core::trouble, issuers, core.nodes::living, core.watchdog::findings));
    routing.register(ConsoleRoutes.PATH, new ConsoleRoutes(console()));
    var links = new SignedLinks(core.data.keys(), core.clock, core.filesClock);
    boolean packed = writer.profile() == WireProfile.LIVE;
    routing.register(
        SignedLinks.PATH, new ResultRoutes(links, core.results, core.executions::result, packed));
    var admission = new Admission(this::authenticate, settings.rateLimit(), System::nanoTime);
    var calls = new Calls(writer, admission, new BaseUrl(settings.listen().publicUrl()));
    addTo(calls, links);
    addCallbacks(calls, admission);
    calls.addTo(routing);
    offered = calls.offered();
    new Problems(writer).install(routing);
  }

  private Console console() {
    List<String> programs = core.catalog.programs().stream().map(Program::name).toList();
    boolean testClock = core.testClock.isPresent();
    Optional<Console.Issuer> issuer =
        settings
            .signIn()
            .map(signIn -> new Console.Issuer(signIn.issuer(), signIn.client(), signIn.scopes()));
    return new Console(Version.current(), programs, standIn.isPresent(), testClock, issuer);
  }

  private void addTo(Calls calls, SignedLinks links) {
    var programs = new Programs(core.catalog);
    Settings.Limits set = settings.limits();
    var queries =
        new Queries(
            new JooqQueryStore(core.store),
            SystemQueries.load(core.catalogFiles),
            core.rights,
            core.clock,
            set.queries());
    new DatasetRoutes(programs).addTo(calls);
    new QueryRoutes(queries, trials, programs, set.tryRows()).addTo(calls);
    new QueryCheckRoutes(core.catalog).addTo(calls);

    var limits =
        new ReportLimits(
            set.activeReports(),
            set.executeNow(),
            set.leadTime(),
            Math.toIntExact(set.minimumInterval().toHours()));
    var reportStore = new JooqReportStore(core.store);
    var reports = new Reports(reportStore, queries, core.clock, limits, core.dispatcher);
    new ReportRoutes(reports, programs, limits).addTo(calls);
    new HistoryRoutes(new JooqHistoryStore(core.store)).addTo(calls);
    var dataset = new ReportDataset(core.catalog);
    var many = new ManyReports(reports, reportStore, dataset);
    var recent = new JooqRecentStore(core.store);
    new OverviewRoutes(reportStore, recent, dataset).addTo(calls);
    new OwnReportRoutes(reports, many).addTo(calls);

    var linkMaker = new LinkMaker(links, core.clock, settings.linkExpiry());
    var proofs = new JooqProofStore(core.store);
    new ProofRoutes(reportStore, proofs, core.results, core.exports).addTo(calls);
    new ExecutionRoutes(reportStore, core.executions, programs, linkMaker, core.clock).addTo(calls);
    new SlotRoutes(new JooqLedgerStore(core.store), core.clock).addTo(calls);
    core.testClock.ifPresent(clock ->
        new ClockRoutes(
                new TimeMachine(
                    clock,
                    core.executions,
                    core.dispatcher,
                    core.callbacks.sender(),
                    core.retention))
            .addTo(calls));
    new ContractRoutes(programs, writer.profile(), core.testClock.isPresent()).addTo(calls);
  }

  private void addCallbacks(Calls calls, Calls.Access access) {
    var reports = new JooqReportStore(core.store);
    var parts = core.callbacks;
    var callbacks =
        new Callbacks(reports, parts.store(), parts.secrets(), core.clock, parts.sender()::wake);
    new CallbackRoutes(callbacks).addTo(calls);
    if (core.testClock.isPresent()) {
      var inbox = new Inbox(parts.store(), reports, parts.secrets(), core.clock);
      new InboxRoutes(inbox, writer, access).addTo(calls);
    }
  }

  private Caller authenticate(ServerRequest request) {
    TokenVerifier.Known known =
        verifier.authenticate(
            request.headers().first(HeaderNames.AUTHORIZATION), request.headers().first(TICKET));
    core.rights.shown(known.caller(), known.since());
    return known.caller().through(request.headers().first(HeaderNames.USER_AGENT));
  }
}
