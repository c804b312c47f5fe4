#include "web/policy/source_list.h"

#include "base/percent.h"
#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace murphy::web {
namespace {

// How well a part matches. An upgrade (http to https, 80 to 443) of the one asks for that of the other.
enum class Match { no, exact, any, upgrade };

constexpr std::uint16_t http_port = 80;
constexpr std::uint16_t https_port = 443;

Match match_scheme(std::string_view allowed, const Url& url) {
  if (allowed == url.scheme()) return Match::exact;
  return allowed == "http" && url.secure() ? Match::upgrade : Match::no;
}

Match match_port(std::optional<std::uint16_t> allowed, const Url& url) {
  const std::uint16_t port = url.effective_port();
  const std::uint16_t usual = url.secure() ? https_port : http_port;
  if (allowed == port) return Match::exact;
  if (!allowed && port == usual) return Match::any;
  return (!allowed || *allowed == http_port) && port == https_port ? Match::upgrade : Match::no;
}

bool go_together(Match scheme, Match port) {
  if (scheme == Match::no || port == Match::no) return false;
  if (scheme == Match::upgrade && port == Match::exact) return false;
  return port != Match::upgrade || scheme == Match::upgrade;
}

bool matches_path(const std::string& allowed, const Url& url) {
  if (allowed.empty()) return true;
  const std::string path = percent_decode(url.path());
  return allowed.ends_with('/') ? path.starts_with(allowed) : path == allowed;
}

bool is_scheme(std::string_view text) {
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

bool is_host_character(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; }

// Letters, digits and hyphens between dots; an address in brackets is none, as the grammar has it.
bool is_host_name(std::string_view text) {
  const auto labels = split(text, '.');
  return std::ranges::all_of(
      labels, [](std::string_view label) { return !label.empty() && std::ranges::all_of(label, is_host_character); });
}

// What stands between the quotes behind a prefix, as 'nonce-…': none for another expression.
std::optional<std::string_view> quoted_value(std::string_view expression, std::string_view prefix) {
  if (expression.size() < prefix.size() + 3 || expression.front() != '\'' || expression.back() != '\'')
    return std::nullopt;
  const std::string_view inner = expression.substr(1, expression.size() - 2);
  if (!equal_ignoring_ascii_case(inner.substr(0, prefix.size()), prefix)) return std::nullopt;
  return inner.substr(prefix.size());
}

// base64url is read as base64.
std::string plain_base64(std::string_view digest) {
  std::string text(digest);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  return text;
}

} // namespace

std::optional<SourceList::Host> SourceList::parse_host(std::string_view expression) {
  Host host;
  // Query and fragment are overlooked.
  expression = expression.substr(0, expression.find_first_of("?#"));
  if (const auto colon = expression.find("://"); colon != std::string_view::npos) {
    if (!is_scheme(expression.substr(0, colon))) return std::nullopt;
    host.scheme = ascii_lower(expression.substr(0, colon));
    expression.remove_prefix(colon + 3);
  }
  const std::size_t slash = std::min(expression.find('/'), expression.size());
  host.path = percent_decode(expression.substr(slash));
  std::string_view name = expression.substr(0, slash);
  if (const auto colon = name.find(':'); colon != std::string_view::npos) {
    const std::string_view port = name.substr(colon + 1);
    name = name.substr(0, colon);
    host.port.any = port == "*";
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (!host.port.any && (error != std::errc() || end != port.data() + port.size())) return std::nullopt;
    if (!host.port.any) host.port.number = number;
  }
  if (name == "*") {
    host.any_below = true;
    return host;
  }
  if (name.starts_with("*.")) {
    host.any_below = true;
    name.remove_prefix(2);
  }
  if (!is_host_name(name)) return std::nullopt;
  host.name = ascii_lower(name);
  return host;
}

SourceList SourceList::parse(std::string_view value) {
  SourceList list;
  const std::string words = collapse_white_space(value);
  for (const std::string_view expression : split(words, ' ')) {
    if (expression.empty()) continue;
    const std::string lower = ascii_lower(expression);
    if (lower == "*")
      list.everything_ = true;
    else if (lower == "'self'")
      list.self_ = true;
    else if (lower == "'unsafe-inline'")
      list.unsafe_inline_ = true;
    else if (lower == "'unsafe-hashes'")
      list.unsafe_hashes_ = true;
    else if (lower == "'strict-dynamic'")
      list.strict_dynamic_ = true;
    else if (const auto nonce = quoted_value(expression, "nonce-"))
      list.nonces_.emplace_back(*nonce);
    else if (const auto sha256 = quoted_value(expression, "sha256-"))
      list.hashes_.push_back({DigestKind::sha256, plain_base64(*sha256)});
    else if (const auto sha384 = quoted_value(expression, "sha384-"))
      list.hashes_.push_back({DigestKind::sha384, plain_base64(*sha384)});
    else if (const auto sha512 = quoted_value(expression, "sha512-"))
      list.hashes_.push_back({DigestKind::sha512, plain_base64(*sha512)});
    else if (lower.ends_with(':') && is_scheme(std::string_view(lower).substr(0, lower.size() - 1)))
      list.schemes_.push_back(lower.substr(0, lower.size() - 1));
    else if (auto host = parse_host(expression))
      list.hosts_.push_back(std::move(*host));
  }
  return list;
}

bool SourceList::matches(const Host& host, const Url& url, const Url& self, Reached reached) {
  if (!go_together(match_scheme(host.scheme.empty() ? self.scheme() : host.scheme, url),
                   host.port.any ? Match::any : match_port(host.port.number, url)))
    return false;
  if (host.any_below ? !host.name.empty() && !url.host().ends_with("." + host.name) : url.host() != host.name)
    return false;
  return reached == Reached::by_redirect || matches_path(host.path, url);
}

bool SourceList::matches(const Url& url, const Url& self, Reached reached) const {
  if (everything_) return true;
  if (self_ && url.host() == self.host() && go_together(match_scheme(self.scheme(), url), match_port(self.port(), url)))
    return true;
  return std::ranges::any_of(schemes_,
                             [&](const std::string& scheme) { return match_scheme(scheme, url) != Match::no; }) ||
         std::ranges::any_of(hosts_, [&](const Host& host) { return matches(host, url, self, reached); });
}

// https://w3c.github.io/webappsec-csp/#match-element-to-source-list
bool SourceList::allows(const InlineScript& script) const {
  if (unsafe_inline_ && nonces_.empty() && hashes_.empty() && !strict_dynamic_) return true;
  const bool is_element = script.kind == InlineScript::Kind::element;
  if (is_element && !script.nonce.empty() && std::ranges::find(nonces_, script.nonce) != nonces_.end()) return true;
  if (!is_element && !unsafe_hashes_) return false;
  return std::ranges::any_of(hashes_,
                             [&](const Hash& hash) { return base64_digest(hash.kind, script.text) == hash.digest; });
}

} // namespace murphy::web
