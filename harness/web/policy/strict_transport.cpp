#include "web/policy/strict_transport.h"

#include "base/text.h"
#include "web/url/host.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace murphy::web {
namespace {

constexpr std::int64_t longest_life = 400LL * 24 * 60 * 60; // seconds; longer than any session of ours

struct Stated {
  std::int64_t seconds = 0;
  bool subdomains = false;
};

std::optional<std::int64_t> seconds_of(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  std::int64_t seconds = 0;
  for (const char digit : text) seconds = std::min(seconds * 10 + (digit - '0'), longest_life);
  return seconds;
}

// RFC 6797, section 6.1: every directive at most once, max-age always.
std::optional<Stated> parse(std::string_view value) {
  Stated stated;
  bool has_age = false;
  for (const std::string_view part : split(value, ';')) {
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string name = ascii_lower(trim(part.substr(0, equals)));
    if (name == "max-age") {
      const auto seconds = seconds_of(trim(part.substr(std::min(equals + 1, part.size()))));
      if (!seconds || has_age) return std::nullopt;
      stated.seconds = *seconds;
      has_age = true;
    } else if (name == "includesubdomains") {
      if (stated.subdomains || equals != part.size()) return std::nullopt;
      stated.subdomains = true;
    }
  }
  return has_age ? std::optional(stated) : std::nullopt;
}

} // namespace

void StrictTransport::learn(const Url& url, const std::vector<record::Header>& headers, record::Instant now) {
  if (!url.secure() || is_ip_address(url.host()) || is_loopback(url.host())) return;
  const std::string* value = record::find_header(headers, "Strict-Transport-Security");
  if (value == nullptr) return;
  const auto stated = parse(*value);
  if (!stated) return;
  if (stated->seconds == 0)
    hosts_.erase(url.host());
  else
    hosts_[url.host()] = {now + std::chrono::seconds(stated->seconds), stated->subdomains};
}

bool StrictTransport::covers(const Url& url, record::Instant now) const {
  if (url.secure()) return false;
  std::string_view host = url.host();
  for (bool is_host = true;; is_host = false) {
    const auto entry = hosts_.find(std::string(host));
    if (entry != hosts_.end() && entry->second.until > now && (is_host || entry->second.subdomains)) return true;
    const std::size_t dot = host.find('.');
    if (dot == std::string_view::npos) return false;
    host.remove_prefix(dot + 1);
  }
}

// An http URL is one with the other scheme, too.
Url by_https(const Url& url) { return *Url::parse("https" + url.href().substr(url.scheme().size())); }

} // namespace murphy::web
