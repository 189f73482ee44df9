import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Chromium without a window, told what to do over its DevTools protocol.
///
/// Nothing is listened to, so that nothing but the page itself takes the time that is measured: a library for
/// browser tests hears of every request and puts a script of 300 KB into each page.
final class Chromium implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--remote-debugging-port=0",
          "about:blank");
  private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final Pattern ANSWER = Pattern.compile("\\{\"id\":(\\d+),.*", Pattern.DOTALL);

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
  private int last;

  /// @param profile an empty folder
  Chromium(Path program, Path profile) throws IOException {
    var command = new ArrayList<>(List.of(program.toString(), "--user-data-dir=" + profile));
    command.addAll(FLAGS);
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    socket = client.newWebSocketBuilder().buildAsync(URI.create(address(process.inputReader())), new Answers()).join();
  }

  private static String address(BufferedReader said) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        Thread.ofPlatform().daemon().start(() -> said.lines().forEach(other -> {})); // Or it stands still when the pipe is full.
        return address.group(1);
      }
    }
    throw new IOException("The browser ended before it could be told anything");
  }

  /// Gives a method to the browser, or with a session to one of its pages, and waits for the answer.
  ///
  /// @param parameters in JSON, without the braces
  String call(String method, String parameters, String session) {
    int id = ++last;
    var answer = new CompletableFuture<String>();
    asked.put(id, answer);
    String to = session.isEmpty() ? "" : ",\"sessionId\":\"" + session + "\"";
    socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + parameters + "}" + to + "}", true);
    String said = answer.orTimeout(30, TimeUnit.SECONDS).join();
    if (said.contains("\"error\":{") || said.contains("\"exceptionDetails\":")) {
      throw new IllegalStateException(method + " was refused: " + said);
    }
    return said;
  }

  /// The value of a field of an answer, a text or a number.
  static String field(String answer, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(answer);
    if (!found.find()) {
      throw new IllegalStateException("no " + name + " in " + answer);
    }
    return found.group(1);
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    client.shutdownNow();
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Puts together what arrives in parts.
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean end) {
      part.append(data);
      if (end) {
        String whole = part.toString();
        part.setLength(0);
        Matcher answer = ANSWER.matcher(whole);
        if (answer.matches()) {
          asked.remove(Integer.valueOf(answer.group(1))).complete(whole);
        }
      }
      from.request(1);
      return null;
    }
  }
}
