package dev.reprise.server.access.issuer;

/// Every way in which the stand-in says no, with the words and numbers that clients of the real
/// token service know.
///
/// - Source: RFC 6749 section 5.2; Microsoft, "Microsoft Entra authentication error codes".
enum TokenFault {
  PARAMETER_MISSING(
      400,
      "invalid_request",
      900144,
      "The request body must contain the following parameter: '%s'."),
  FORM_MALFORMED(
      400,
      "invalid_request",
      9002313,
      "Invalid request. The body must be a form in UTF-8, each parameter given once."),
  FORM_TOO_LARGE(
      413, "invalid_request", 9002313, "Invalid request. The body is limited to %s bytes."),
  TENANT_INVALID(
      400,
      "invalid_request",
      900023,
      "Specified tenant identifier '%s' is neither a valid DNS name, nor a valid external domain."),
  GRANT_UNSUPPORTED(
      400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type '%s'."),
  SECRET_MISSING(
      401,
      "invalid_client",
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or"
          + " 'client_secret'."),
  REFRESH_TOKEN_INVALID(
      400,
      "invalid_grant",
      70000,
      "The refresh token is malformed, has expired, or was issued to another client or tenant.");

  private final int status;
  private final String error;
  private final int number;
  private final String text;

  TokenFault(int status, String error, int number, String text) {
    this.status = status;
    this.error = error;
    this.number = number;
    this.text = text;
  }

  int status() {
    return status;
  }

  /// The word that clients act on.
  String error() {
    return error;
  }

  int number() {
    return number;
  }

  /// The refusal.
  ///
  /// @param values what the `%s` of the text stand for, in order
  TokenAnswer.Denied deny(Object... values) {
    return new TokenAnswer.Denied(this, "AADSTS" + number + ": " + text.formatted(values));
  }
}
