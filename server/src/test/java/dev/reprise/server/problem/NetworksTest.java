package dev.reprise.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class NetworksTest {
  @Test
  void everyAddressOfAnIpv6NetworkIsOneParty() throws Exception {
    assertThat(of("2001:db8:0:1::1")).isEqualTo(of("2001:db8:0:1:ffff::2"));
    assertThat(of("2001:db8:0:1::1")).isNotEqualTo(of("2001:db8:0:2::1"));
  }

  @Test
  void everyIpv4AddressIsAPartyOfItsOwn() throws Exception {
    assertThat(of("192.0.2.1")).isNotEqualTo(of("192.0.2.2"));
    assertThat(of("::ffff:192.0.2.1")).isEqualTo(of("192.0.2.1"));
  }

  private static String of(String address) throws Exception {
    return Networks.of(new InetSocketAddress(InetAddress.getByName(address), 1234));
  }
}
