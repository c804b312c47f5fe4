#include "web/http/proxy.h"

#include "base/make_error.h"
#include "base/percent.h"
#include "base/text.h"
#include "web/url/host.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace murphy::web {
namespace {

struct Variable {
  std::string name;
  std::string value;
};

std::optional<Variable> first_set(const Environment& environment, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const char* value = environment(name);
    if (value != nullptr && *value != '\0') return Variable{name, value};
  }
  return std::nullopt;
}

// What goes wrong is reported without the text of the variable: it may hold a password.
Result<Proxy> parse_proxy(const Variable& variable) {
  const auto usage = [&](std::string what) {
    return std::unexpected(
        usage_error(std::move(what), fmt::format("write it like {}=http://proxy.example:3128", variable.name)));
  };
  std::string text = variable.value;
  const std::size_t scheme_end = text.find("://");
  if (scheme_end == std::string::npos) {
    text.insert(0, "http://");
  } else if (const std::string scheme = ascii_lower(text.substr(0, scheme_end)); scheme != "http") {
    return usage(fmt::format("the environment's {} has a {} proxy; Murphy supports http proxies only", variable.name,
                             one_line(scheme)));
  }
  const Result<Url> url = Url::parse(text);
  if (!url) return usage(fmt::format("the environment's {} is not the address of a proxy", variable.name));
  Proxy proxy{.host = url->host(), .port = url->effective_port(), .credentials = nullptr};
  if (!url->username().empty() || !url->password().empty()) {
    proxy.credentials = std::make_shared<const Secret>(
        percent_decode(url->username()) + ":" + percent_decode(url->password()), variable.name + " credentials");
  }
  return proxy;
}

// An entry of no_proxy, taken apart.
struct Exception {
  std::string host;
  std::optional<std::string> port;
};

Exception parse_exception(std::string_view entry) {
  Exception exception{.host = ascii_lower(trim(entry)), .port = std::nullopt};
  const std::size_t colon = exception.host.rfind(':');
  const bool port_follows =
      colon != std::string::npos && (exception.host.find(':') == colon || // not a bare IPv6 address
                                     exception.host[colon - 1] == ']');
  if (port_follows) {
    exception.port = exception.host.substr(colon + 1);
    exception.host.resize(colon);
  } else if (colon != std::string::npos && !exception.host.starts_with('[')) {
    exception.host = "[" + exception.host + "]";
  }
  exception.host.erase(0, exception.host.find_first_not_of('.'));
  if (const Result<std::string> host = parse_host(exception.host)) exception.host = *host;
  return exception;
}

bool matches(const Exception& exception, const Url& url) {
  if (exception.port && *exception.port != std::to_string(url.effective_port())) return false;
  if (exception.host.empty()) return false;
  if (exception.host == "*" || exception.host == url.host()) return true;
  return !is_ip_address(exception.host) && url.host().ends_with("." + exception.host);
}

} // namespace

Result<ProxySettings> proxy_settings(const Environment& environment) {
  ProxySettings settings;
  const auto all = first_set(environment, {"all_proxy", "ALL_PROXY"});
  const auto read = [&](std::optional<Variable> own, std::optional<Proxy>& into) -> Result<void> {
    if (!own) own = all;
    if (!own) return {};
    Result<Proxy> proxy = parse_proxy(*own);
    if (!proxy) return std::unexpected(proxy.error());
    into = *std::move(proxy);
    return {};
  };
  if (auto http = read(first_set(environment, {"http_proxy"}), settings.http); !http)
    return std::unexpected(http.error());
  if (auto https = read(first_set(environment, {"https_proxy", "HTTPS_PROXY"}), settings.https); !https)
    return std::unexpected(https.error());
  if (const auto direct = first_set(environment, {"no_proxy", "NO_PROXY"})) {
    for (const std::string_view entry : split(direct->value, ','))
      if (!trim(entry).empty()) settings.no_proxy.emplace_back(trim(entry));
  }
  return settings;
}

const Proxy* proxy_for(const Url& url, const ProxySettings& settings) {
  const std::optional<Proxy>& proxy = url.secure() ? settings.https : settings.http;
  if (!proxy) return nullptr;
  const bool loopback_too = std::ranges::find(settings.no_proxy, "<-loopback>") != settings.no_proxy.end();
  if (is_loopback(url.host()) && !loopback_too) return nullptr;
  for (const std::string& entry : settings.no_proxy)
    if (matches(parse_exception(entry), url)) return nullptr;
  return &*proxy;
}

} // namespace murphy::web
