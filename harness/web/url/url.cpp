#include "web/url/url.h"

#include "web/url/host.h"

namespace murphy::web {

std::string Url::href() const {
  std::string out = scheme_ + "://";
  if (!username_.empty() || !password_.empty()) {
    out += username_;
    if (!password_.empty()) out += ":" + password_;
    out += '@';
  }
  out += host_and_port() + request_target();
  if (fragment_) out += "#" + *fragment_;
  return out;
}

std::string Url::without_fragment() const { return origin() + request_target(); }

std::string Url::request_target() const { return query_ ? path_ + "?" + *query_ : path_; }

std::string Url::host_and_port() const { return port_ ? host_ + ":" + std::to_string(*port_) : host_; }

std::string Url::origin() const { return scheme_ + "://" + host_and_port(); }

void Url::set_query(std::optional<std::string> query) { query_ = std::move(query); }

Url Url::without_credentials() const {
  Url plain = *this;
  plain.username_.clear();
  plain.password_.clear();
  return plain;
}

void Url::set_fragment(std::optional<std::string> fragment) { fragment_ = std::move(fragment); }

bool same_origin(const Url& left, const Url& right) {
  return left.scheme() == right.scheme() && left.host() == right.host() && left.port() == right.port();
}

bool is_potentially_trustworthy(const Url& url) { return url.secure() || is_loopback(url.host()); }

} // namespace murphy::web
