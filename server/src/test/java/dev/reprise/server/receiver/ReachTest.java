package dev.reprise.server.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
  private static final Target HOOKS = target("https://hooks.example/");

  private static Target target(String url) {
    return Target.within(url, "ID").orElseThrow();
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getAllByName(text)[0];
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /// A name that has these addresses.
  private static Reach named(String allowed, String... addresses) {
    List<String> texts = allowed.isEmpty() ? List.of() : List.of(allowed.split(" ", -1));
    InetAddress[] all = Stream.of(addresses).map(ReachTest::address).toArray(InetAddress[]::new);
    return new Reach(AllowedReceivers.parse(texts), host -> all, target -> false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.1",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:a9fe:a9fe",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "2001:10::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1"
      })
  void anAddressThatIsNotPublicIsNotCalled(String address) {
    assertThatThrownBy(() -> named("", address).addresses(HOOKS))
        .isInstanceOf(Reach.NotAllowed.class)
        .hasMessageContaining("hooks.example has no public address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2001:4860:4860::8888",
        "2606:4700::1111",
        "2a00:1450::1"
      })
  void aPublicAddressIsCalled(String address) throws IOException {
    assertThat(named("", address).addresses(HOOKS)).containsExactly(address(address));
  }

  @Test
  void ofSeveralAddressesOnlyThoseThatMayBeAreCalled() throws IOException {
    assertThat(named("", "10.0.0.1", "8.8.8.8", "::1").addresses(HOOKS))
        .containsExactly(address("8.8.8.8"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.1.2.3, true",
    "10.0.0.0/8, 11.1.2.3, true",
    "10.0.0.0/8, 192.168.0.1, false",
    "10.0.0.7, 10.0.0.7, true",
    "10.0.0.7, 10.0.0.8, false",
    "10.0.0.128/25, 10.0.0.127, false",
    "10.0.0.128/25, 10.0.0.129, true",
    "fd00::/8, fd12::1, true",
    "fd00::/8, fe80::1, false",
    "::1, ::1, true",
    "0.0.0.0/0, 127.0.0.1, true",
    "0.0.0.0/0, ::1, false",
    "hooks.example, 127.0.0.1, true",
    "HOOKS.example, 127.0.0.1, true",
    "example, 127.0.0.1, false",
    "x.hooks.example, 127.0.0.1, false"
  })
  void whatIsAllowedIsCalledToo(String allowed, String address, boolean called) {
    Reach reach = named(allowed, address);
    if (called) {
      assertThat(reachable(reach)).isTrue();
    } else {
      assertThat(reachable(reach)).isFalse();
    }
  }

  private static boolean reachable(Reach reach) {
    return reachable(reach, HOOKS);
  }

  private static boolean reachable(Reach reach, Target target) {
    try {
      return !reach.addresses(target).isEmpty();
    } catch (IOException no) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "10.0.0.0/33",
        "::/129",
        "10.0.0",
        "999.0.0.1",
        "*.example",
        "a,b",
        "http://a",
        "a:80",
        "-a",
        "10.0.0.0/"
      })
  void whatIsNoNameAddressOrNetworkIsRefused(String text) {
    assertThatThrownBy(() -> AllowedReceivers.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void portsOfOtherProtocolsAreNotCalledUnlessTheNameIsAllowed() throws IOException {
    Target mail = target("http://hooks.example:25/");
    assertThatThrownBy(() -> named("", "8.8.8.8").addresses(mail))
        .hasMessage("port 25 is one of another protocol");
    assertThat(named("hooks.example", "8.8.8.8").addresses(mail)).hasSize(1);
  }

  @Test
  void aNameWithoutAddressSaysSo() {
    var reach =
        new Reach(
            AllowedReceivers.NONE,
            host -> {
              throw new UnknownHostException(host);
            },
            target -> false);
    assertThatThrownBy(() -> reach.addresses(HOOKS))
        .hasMessage("the name hooks.example has no address");
  }

  /// The name is asked once; what it would answer the second time is never asked for.
  @Test
  void aNameThatChangesItsAddressIsCalledAtTheOneThatWasChecked() throws IOException {
    var answers = new ArrayDeque<>(List.of("8.8.8.8", "127.0.0.1"));
    var reach =
        new Reach(
            AllowedReceivers.NONE,
            host -> new InetAddress[] {address(answers.remove())},
            target -> false);
    assertThat(reach.addresses(HOOKS)).containsExactly(address("8.8.8.8"));
    assertThat(answers).hasSize(1);
  }

  @Test
  void noMoreThanFourAddressesAreTried() throws IOException {
    String[] many =
        Stream.iterate(1, i -> i + 1).limit(9).map(i -> "8.8.8." + i).toArray(String[]::new);
    assertThat(named("", many).addresses(HOOKS)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://localhost/",
        "http://127.0.0.1/", "http://[::ffff:7f00:1]/", "http://[::1]/", "http://0/"
      })
  void whateverStandsForLoopbackIsNotCalled(String url) {
    var reach = new Reach(AllowedReceivers.NONE, InetAddress::getAllByName, target -> false);
    Optional<Target> target = Target.within(url, "ID"); // Some are no address at all.
    assertThat(target.filter(one -> reachable(reach, one))).isEmpty();
  }

  @Test
  void whatIsOursIsCalledOnLoopbackOnly() throws IOException {
    var ours = new Reach(AllowedReceivers.NONE, InetAddress::getAllByName, target -> true);
    assertThat(ours.addresses(target("http://127.0.0.1/"))).hasSize(1);
    assertThatThrownBy(() -> ours.addresses(target("http://10.0.0.1/")))
        .isInstanceOf(Reach.NotAllowed.class);
  }
}
