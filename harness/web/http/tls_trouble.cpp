#include "web/http/tls_trouble.h"

#include "base/make_error.h"
#include "base/text.h"

#include <array>
#include <cstddef>
#include <ctime>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace murphy::web {
namespace {

constexpr std::string_view trust_it = "to trust it for this target, add its PEM file: tls = { ca = \"…\" }";

// "2025-01-31 12:00:00 UTC"
std::string date(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "an unreadable date";
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

// The common name, or the whole name where it has none.
std::string common_name(const X509_NAME* name) {
  const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (at >= 0) {
    unsigned char* text = nullptr;
    const int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (length >= 0) {
      const std::string result(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
      CRYPTO_free(text, nullptr, 0); // OPENSSL_free() would put the path of this file into the program
      return one_line(result);
    }
  }
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253);
  const char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return one_line({text, static_cast<std::size_t>(length)});
}

// The names and addresses a certificate is for (RFC 6125: the subject's common name does not count).
std::string names_of(const X509* certificate) {
  std::vector<std::string> names;
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
      GENERAL_NAMES_free);
  for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(all.get(), i);
    if (name->type != GEN_DNS && name->type != GEN_IPADD) continue;
    const ASN1_STRING* text = name->type == GEN_DNS ? name->d.dNSName : name->d.iPAddress;
    const unsigned char* data = ASN1_STRING_get0_data(text);
    const auto length = static_cast<std::size_t>(ASN1_STRING_length(text));
    if (name->type == GEN_DNS) {
      names.push_back(one_line({reinterpret_cast<const char*>(data), length}));
    } else {
      std::array<char, INET6_ADDRSTRLEN> address{};
      if (inet_ntop(length == 4 ? AF_INET : AF_INET6, data, address.data(), address.size()) != nullptr)
        names.emplace_back(address.data());
    }
  }
  constexpr std::size_t shown_names = 5;
  if (names.size() > shown_names) {
    names.resize(shown_names);
    names.emplace_back("…");
  }
  return names.empty() ? std::string("no host at all (it has no subject alternative name)") : join(names, ", ");
}

} // namespace

Error certificate_trouble(X509_STORE_CTX* store, const std::string& host) {
  const X509* certificate = X509_STORE_CTX_get_current_cert(store);
  const int code = X509_STORE_CTX_get_error(store);
  if (certificate == nullptr)
    return target_error(fmt::format("the certificate cannot be verified: {}", X509_verify_cert_error_string(code)), {});
  // The depth counts from the server's own certificate, which is 0.
  const std::string which = X509_STORE_CTX_get_error_depth(store) == 0
                                ? fmt::format("the certificate of {}", host)
                                : fmt::format("the certificate “{}”, in the chain above that of {},",
                                              common_name(X509_get_subject_name(certificate)), host);
  switch (code) {
  case X509_V_ERR_CERT_HAS_EXPIRED:
    return target_error(fmt::format("{} expired on {}", which, date(X509_get0_notAfter(certificate))),
                        "renew it on the server; if that date is in the future, this machine's clock is wrong");
  case X509_V_ERR_CERT_NOT_YET_VALID:
    return target_error(fmt::format("{} is not valid before {}", which, date(X509_get0_notBefore(certificate))),
                        "if that date has passed, this machine's clock is wrong");
  case X509_V_ERR_HOSTNAME_MISMATCH:
  case X509_V_ERR_IP_ADDRESS_MISMATCH:
    return target_error(fmt::format("the certificate is for {}, not for {}", names_of(certificate), host),
                        "use a host that the certificate covers, or get a certificate for this host");
  case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    return target_error(fmt::format("{} is self-signed and not trusted", which), std::string(trust_it));
  case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    return target_error(fmt::format("the certificate of {} comes from “{}”, an issuer that is not trusted", host,
                                    common_name(X509_get_subject_name(certificate))),
                        std::string(trust_it));
  case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
  case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
  case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    return target_error(
        fmt::format("{} was issued by “{}”, an unknown issuer", which, common_name(X509_get_issuer_name(certificate))),
        fmt::format("{}; or the server omits an intermediate certificate", trust_it));
  default: return target_error(fmt::format("{} is not accepted: {}", which, X509_verify_cert_error_string(code)), {});
  }
}

Error handshake_trouble(unsigned long code, const std::string& host, bool has_client_certificate) {
  const std::string show_certificate =
      "the server requires a client certificate: tls = { certificate = \"…\", key = \"…\" }";
  if (code == 0) {
    return target_error(fmt::format("{} closed the connection during the TLS handshake", host),
                        "if this port speaks plain http, use http://");
  }
  if (ERR_GET_LIB(code) == ERR_LIB_SSL) {
    switch (ERR_GET_REASON(code)) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
      return target_error("this port seems to speak plain http, not TLS", "use http://");
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
    case SSL_R_UNSUPPORTED_PROTOCOL:
      return target_error(fmt::format("{} offers neither TLS 1.2 nor TLS 1.3", host),
                          "older versions are not safe; update the server");
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
      return target_error(fmt::format("{} refused a connection without a client certificate", host), show_certificate);
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
      if (has_client_certificate)
        return target_error(fmt::format("{} refused the client certificate ({})", host, ERR_reason_error_string(code)),
                            "check tls.certificate: its dates, and whether the server knows its issuer");
      break;
    default: break;
    }
  }
  const char* reason = ERR_reason_error_string(code);
  return target_error(fmt::format("the TLS handshake with {} failed: {}", host, reason ? reason : "unknown cause"),
                      has_client_certificate ? std::string() : "if " + show_certificate);
}

} // namespace murphy::web
