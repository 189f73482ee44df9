package dev.reprise.server.access.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerAddressTest {
  private static final String T = "6e3b5d2c-0000-4000-8000-00000000000a";
  private static final String OTHER = "6e3b5d2c-0000-4000-8000-00000000000b";
  private static final Set<String> ALLOWED = Set.of(T);

  @ParameterizedTest
  @CsvSource({
    "https://login.microsoftonline.com/T/v2.0, https://login.microsoftonline.com/T/v2.0, T, T",
    "https://login.microsoftonline.com/T/v2.0/, https://login.microsoftonline.com/T/v2.0, T, T",
    "https://login.microsoftonline.com/T, https://sts.windows.net/T/, T, T",
    "https://sts.windows.net/T/, https://sts.windows.net/T/, T, T",
    "https://login.microsoftonline.us/T, https://sts.windows.net/T/, T, T",
    "https://login.partner.microsoftonline.cn/T/, https://sts.chinacloudapi.cn/T/, T, T",
    "https://login.microsoftonline.com/common/v2.0, https://login.microsoftonline.com/T/v2.0, T, T",
    "https://login.microsoftonline.com/organizations, https://sts.windows.net/T/, T, T",
    "x=https://login.microsoftonline.com/T/v2.0, https://login.microsoftonline.com/T/v2.0, T, x",
    "https://id.example/realms/a, https://id.example/realms/a, , id.example/realms/a",
    "https://id.example/realms/a/, https://id.example/realms/a/, b, id.example/realms/a",
    "https://id.example:8443, https://id.example:8443/, , id.example:8443",
    "Contoso=https://id.example/realms/a, https://id.example/realms/a, fabrikam, contoso"
  })
  void theTenantFollowsFromTheAddress(String address, String iss, String tid, String tenant) {
    assertThat(tenant(address, iss, tid)).contains(tenant.replace("T", T));
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.microsoftonline.com/T/v2.0, https://login.microsoftonline.com/T/v2.0, OTHER",
    "https://login.microsoftonline.com/T/v2.0, https://login.microsoftonline.com/OTHER/v2.0, OTHER",
    "https://login.microsoftonline.com/T/v2.0, https://sts.windows.net/T/, T",
    "https://login.microsoftonline.com/common/v2.0, https://login.microsoftonline.com/OTHER/v2.0, OTHER",
    "https://login.microsoftonline.com/common/v2.0, https://login.microsoftonline.com/OTHER/v2.0, T",
    "https://login.microsoftonline.com/common/v2.0, https://login.microsoftonline.com/T/v2.0, ",
    "https://login.microsoftonline.com/common/v2.0, https://login.microsoftonline.com/{tenantid}/v2.0, {tenantid}",
    "https://login.microsoftonline.com/common/v2.0, https://evil.example/T/v2.0, T",
    "https://id.example/realms/a, https://id.example/realms/a//, ",
    "https://id.example/realms/a, https://id.example/realms/A, ",
    "https://id.example/realms/a, , ",
    "https://id.example/realms/a, http://id.example/realms/a, "
  })
  void tokensOfOthersAreNotItsOwn(String address, String iss, String tid) {
    assertThat(tenant(address, iss == null ? "" : iss, tid)).isEmpty();
  }

  private static Optional<String> tenant(String address, String iss, String tid) {
    return IssuerAddress.parse(named(address))
        .tenant(named(iss), Optional.ofNullable(tid).map(IssuerAddressTest::named), ALLOWED);
  }

  private static String named(String text) {
    return text.replace("OTHER", OTHER).replaceAll("\\bT\\b", T);
  }

  @Test
  void theCasingOfATenantMakesNoDifference() {
    String shouted = T.toUpperCase(Locale.ROOT);
    assertThat(
            tenant(
                "https://login.microsoftonline.com/" + shouted + "/v2.0",
                "https://login.microsoftonline.com/" + T + "/v2.0",
                T))
        .contains(T);
  }

  @Test
  void anAllowListLeftEmptyAllowsNobody() {
    var common = IssuerAddress.parse("https://login.microsoftonline.com/common/v2.0");
    assertThat(common.isMultiTenant()).isTrue();
    assertThat(
            common.tenant(
                "https://login.microsoftonline.com/" + T + "/v2.0", Optional.of(T), Set.of()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "contoso",
        "http://id.example",
        "http://127.0.0.1.evil.example",
        "https://",
        "https://user@id.example",
        "https://id.example?x=1",
        "https://id.example#x",
        "https://login.microsoftonline.com/{tenantid}/v2.0",
        "ftp://id.example",
        "a b=https://id.example",
        "=https://id.example"
      })
  void whatCannotBeAskedSafelyIsNoAddress(String text) {
    assertThatThrownBy(() -> IssuerAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1/r", "http://localhost", "http://[::1]:8080/r"})
  void onLoopbackHttpWillDo(String text) {
    assertThat(IssuerAddress.parse(text).address()).hasToString(text);
  }

  @Test
  void aKeyForAnotherTenantSignsNothingHere() {
    var own = IssuerAddress.parse("https://login.microsoftonline.com/" + T + "/v2.0");
    var common = IssuerAddress.parse("https://login.microsoftonline.com/common/v2.0");
    var generic = IssuerAddress.parse("https://id.example/realms/a");
    String shared = "https://login.microsoftonline.com/{tenantid}/v2.0";
    String foreign = "https://login.microsoftonline.com/" + OTHER + "/v2.0";
    assertThat(own.mayHaveKeyOf(shared)).isTrue();
    assertThat(own.mayHaveKeyOf("https://login.microsoftonline.com/" + T + "/v2.0")).isTrue();
    assertThat(own.mayHaveKeyOf("")).isTrue();
    assertThat(own.mayHaveKeyOf(foreign)).isFalse();
    assertThat(common.mayHaveKeyOf(shared)).isTrue();
    assertThat(common.mayHaveKeyOf(foreign)).isFalse();
    assertThat(generic.mayHaveKeyOf(foreign)).isTrue();
  }
}
