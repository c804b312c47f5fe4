// URLs as browsers read them: the WHATWG URL standard (https://url.spec.whatwg.org/) for http and https.
#pragma once

#include "base/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace murphy::web {

// A parsed http or https URL, its parts already percent-encoded and serialised as the standard says. A value.
class Url {
public:
  // Parses `input`, against `base` when given. Errors: usage, saying what cannot be read; a scheme other than http and
  // https (mailto:, javascript:) is an error whose text names the scheme.
  static Result<Url> parse(std::string_view input, const Url* base = nullptr);

  const std::string& scheme() const { return scheme_; } // "http", "https"
  bool secure() const { return scheme_ == "https"; }
  const std::string& username() const { return username_; }
  const std::string& password() const { return password_; }
  const std::string& host() const { return host_; }           // serialised: lower case, punycode, "[::1]"
  std::optional<std::uint16_t> port() const { return port_; } // none when it is the scheme's own
  std::uint16_t effective_port() const { return port_ ? *port_ : static_cast<std::uint16_t>(secure() ? 443 : 80); }
  const std::string& path() const { return path_; }                  // begins with "/"
  const std::optional<std::string>& query() const { return query_; } // without "?"
  const std::optional<std::string>& fragment() const { return fragment_; }

  std::string href() const;             // the whole URL
  std::string without_fragment() const; // what a Referer or a record shows; user name and password left out
  std::string request_target() const;   // path and query, as it stands in a request line
  std::string host_and_port() const;    // as in a Host header
  std::string origin() const;           // "https://example.com:8443"

  void set_query(std::optional<std::string> query); // already encoded
  void set_fragment(std::optional<std::string> fragment);
  Url without_credentials() const; // the same address without user name and password
  bool operator==(const Url&) const = default;

private:
  friend class UrlParser;
  std::string scheme_, username_, password_, host_, path_;
  std::optional<std::uint16_t> port_;
  std::optional<std::string> query_, fragment_;
};

// Whether two URLs share scheme, host and port.
bool same_origin(const Url& left, const Url& right);

// https, or http on this machine (https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy).
bool is_potentially_trustworthy(const Url& url);

} // namespace murphy::web
