package dev.reprise.server.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatientSocketsTest {
  @Test
  void whoSendsNothingIsNotWaitedForLonger() throws Exception {
    try (var listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (var sender = SocketChannel.open(listener.getLocalAddress());
          var connection = listener.accept()) {
        new PatientSockets(Duration.ofMillis(20)).configureSocket(connection);
        assertThat(sender.isConnected()).isTrue();
        assertThatThrownBy(() -> connection.socket().getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
      }
    }
  }
}
