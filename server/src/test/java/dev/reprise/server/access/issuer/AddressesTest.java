package dev.reprise.server.access.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080/contoso/",
        "http://127.0.0.1:9/contoso/v2.0",
        "http://localhost/contoso/",
        "https://127.0.0.2/contoso/v2.0",
        "http://[::1]:8080/contoso/",
        "http://[0:0:0:0:0:0:0:1]:8080/contoso/"
      })
  void anyLoopbackAddressWithThePathOfTheTenantIsOurs(String issuer) {
    assertThat(Addresses.isOurs(issuer, "contoso")).isTrue();
    assertThat(Addresses.isOurs(issuer, "fabrikam")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/contoso/",
        "http://127.0.0.1.example.com/contoso/",
        "http://127.0.0.1@example.com/contoso/",
        "http://example.com@127.0.0.1/contoso/",
        "ftp://127.0.0.1/contoso/",
        "http://127.0.0.1/contoso",
        "http://127.0.0.1/contoso/v3.0",
        "http://127.0.0.1/x/contoso/",
        "http://127.0.0.1/contoso/?x",
        "http://127.0.0.1/contoso/#x",
        "http:///contoso/",
        "/contoso/",
        "not an address",
        ""
      })
  void everythingElseIsNot(String issuer) {
    assertThat(Addresses.isOurs(issuer, "contoso")).isFalse();
  }
}
