package dev.reprise.server.problem;

import io.helidon.common.socket.SocketOptions;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Connections that wait so long for the next bytes and then end, so that senders who stall cannot
/// hold all of them. Helidon 4.5 has a read timeout but sets it on no connection of a server; and
/// only plain sockets, not NIO ones, keep to it.
public final class PatientSockets implements SocketOptions {
  private final SocketOptions usual = SocketOptions.create();
  private final Duration patience;

  public PatientSockets(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void configureSocket(SocketChannel connection) {
    SocketOptions.super.configureSocket(connection);
    try {
      connection.socket().setSoTimeout(Math.toIntExact(patience.toMillis()));
    } catch (SocketException e) {
      throw new UncheckedIOException("a new connection is gone", e);
    }
  }

  @Override
  public Duration readTimeout() {
    return patience;
  }

  @Override
  public Map<SocketOption<?>, Object> socketOptions() {
    return usual.socketOptions();
  }

  @Override
  public Duration connectTimeout() {
    return usual.connectTimeout();
  }

  @Override
  public Optional<Integer> socketReceiveBufferSize() {
    return usual.socketReceiveBufferSize();
  }

  @Override
  public Optional<Integer> socketSendBufferSize() {
    return usual.socketSendBufferSize();
  }

  @Override
  public boolean socketReuseAddress() {
    return usual.socketReuseAddress();
  }

  @Override
  public boolean socketKeepAlive() {
    return usual.socketKeepAlive();
  }

  @Override
  public boolean tcpNoDelay() {
    return usual.tcpNoDelay();
  }
}
