import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A connection that stays open and sends the same few requests in turn, one at a time. Refuses
/// every answer that is not a 200 with the words that the request expects.
final class Connection {
  /// A request, all bytes of it, and what its answer has to contain.
  record Request(ByteBuffer bytes, byte[] expected) {
    static Request of(String text, String expected) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
      return new Request(direct, expected.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static final int LONGEST_ANSWER = 16 * 1024;
  private static final byte[] OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final List<Request> requests;
  private final ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
  private int next;
  private int answerLength;

  /// From when the answer under way is timed.
  long since;

  Connection(int port, Selector selector, List<Request> requests) throws IOException {
    this.requests = requests;
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  void send(long timedFrom) throws IOException {
    since = timedFrom;
    answer.clear();
    answerLength = 0;
    ByteBuffer bytes = requests.get(next).bytes().clear();
    while (bytes.hasRemaining()) { // Far below what the socket takes at once.
      channel.write(bytes);
    }
  }

  /// Reads what is there.
  ///
  /// @param shared where bytes pass through
  /// @return whether the answer is whole
  boolean receive(ByteBuffer shared) throws IOException {
    if (channel.read(shared.clear()) < 0) {
      throw new EOFException("the service closed the connection");
    }
    answer.put(shared.flip());
    if (answerLength == 0) {
      answerLength = lengthOf(answer);
    }
    if (answerLength == 0 || answer.position() < answerLength) {
      return false;
    }
    Request request = requests.get(next);
    if (!startsWith(OK) || find(request.expected(), answer.array(), answerLength) < 0) {
      throw new IOException(
          StandardCharsets.US_ASCII.decode(request.bytes().clear())
              + " was answered with "
              + StandardCharsets.UTF_8.decode(answer.flip()));
    }
    next = (next + 1) % requests.size();
    return true;
  }

  void close() throws IOException {
    channel.close();
  }

  /// Head and body together; 0 while the head is not whole.
  private static int lengthOf(ByteBuffer answer) throws IOException {
    byte[] bytes = answer.array();
    int end = find(HEAD_END, bytes, answer.position());
    if (end < 0) {
      return 0;
    }
    int at = find(LENGTH, bytes, end);
    if (at < 0) {
      throw new IOException(
          "an answer without Content-Length: "
              + new String(bytes, 0, end, StandardCharsets.US_ASCII));
    }
    int length = 0;
    for (int i = at + LENGTH.length; bytes[i] != '\r'; i++) {
      if (bytes[i] != ' ') {
        length = 10 * length + bytes[i] - '0';
      }
    }
    return end + HEAD_END.length + length;
  }

  private boolean startsWith(byte[] start) {
    return find(start, answer.array(), start.length) == 0;
  }

  /// Where the wanted bytes begin, letters of the text taken as small ones if those wanted are; -1
  /// if they are not there.
  private static int find(byte[] wanted, byte[] text, int length) {
    for (int i = 0; i <= length - wanted.length; i++) {
      int same = 0;
      while (same < wanted.length && isSame(wanted[same], text[i + same])) {
        same++;
      }
      if (same == wanted.length) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSame(byte wanted, byte found) {
    return wanted == found || (wanted >= 'a' && wanted <= 'z' && wanted == found + ('a' - 'A'));
  }
}
