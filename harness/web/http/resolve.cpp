#include "web/http/resolve.h"

#include "base/make_error.h"
#include "base/text.h"
#include "web/url/host.h"
#include "web/url/host_ip.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include <netdb.h>
#include <sys/socket.h>

namespace murphy::web {
namespace {

std::unexpected<Error> no_override(std::string_view text, std::string_view cause) {
  return std::unexpected(
      usage_error(fmt::format("“{}” is not a value for --resolve: {}", one_line(text), cause),
                  "write HOST:PORT:ADDRESS, such as app.example:443:127.0.0.1 or app.example:443:[::1]"));
}

std::string without_brackets(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) return std::string(host.substr(1, host.size() - 2));
  return std::string(host);
}

// Cuts off what stands before the next colon; a part that begins with a bracket goes to the closing one.
std::optional<std::string_view> take_part(std::string_view& text) {
  const std::size_t from = text.starts_with('[') ? std::min(text.find(']'), text.size()) : 0;
  const std::size_t colon = text.find(':', from);
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view part = text.substr(0, colon);
  text.remove_prefix(colon + 1);
  return part;
}

// What the asking and the looking-up thread share; whoever leaves last frees it.
struct Pending {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::optional<Result<std::vector<std::string>>> answer;
};

} // namespace

Result<ResolveOverride> parse_resolve(std::string_view text) {
  std::string_view rest = text;
  const auto host = take_part(rest);
  const auto port = host ? take_part(rest) : std::nullopt;
  if (!port) return no_override(text, "it needs a host, a port and an address");

  const Result<std::string> parsed_host = parse_host(*host);
  if (!parsed_host) return no_override(text, fmt::format("the host cannot be read: {}", parsed_host.error().what));
  ResolveOverride override{.host = *parsed_host, .port = 0, .addresses = {}};

  const auto [end, failure] = std::from_chars(port->data(), port->data() + port->size(), override.port);
  if (failure != std::errc{} || end != port->data() + port->size() || override.port == 0)
    return no_override(text, fmt::format("“{}” is not a port", one_line(*port)));

  for (const std::string_view part : split(rest, ',')) {
    const std::string address = without_brackets(trim(part));
    if (!parse_ipv6(address) && !(parse_ipv4(address) && serialise_ipv4(*parse_ipv4(address)) == address))
      return no_override(text, fmt::format("“{}” is not an IP address", one_line(part)));
    override.addresses.push_back(address);
  }
  return override;
}

Result<std::vector<std::string>> system_lookup(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  const int status = getaddrinfo(host.c_str(), nullptr, &hints, &found);
  if (status != 0) {
    std::string cause = status == EAI_SYSTEM ? std::generic_category().message(errno) : gai_strerror(status);
    return std::unexpected(
        target_error(std::move(cause), "check the spelling of the host, and that this machine can resolve it"));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  std::vector<std::string> addresses;
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (getnameinfo(entry->ai_addr, entry->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0)
      addresses.emplace_back(text.data());
  }
  return addresses;
}

std::optional<Result<std::vector<std::string>>> addresses_of(const std::string& host, const Lookup& lookup,
                                                             std::chrono::steady_clock::time_point deadline,
                                                             const std::stop_token& stop) {
  if (is_ip_address(host)) return std::vector<std::string>{without_brackets(host)};
  if (is_loopback(host)) return std::vector<std::string>{"::1", "127.0.0.1"};

  // getaddrinfo cannot be interrupted: a thread of its own waits for it, and is left behind when it takes too long.
  const auto pending = std::make_shared<Pending>();
  try {
    std::thread([pending, lookup, host] {
      Result<std::vector<std::string>> answer = lookup(host);
      const std::scoped_lock lock(pending->mutex);
      pending->answer = std::move(answer);
      pending->changed.notify_all();
    }).detach();
  } catch (const std::system_error& error) {
    return std::unexpected(internal_error(fmt::format("cannot start a thread: {}", error.what())));
  }

  std::unique_lock lock(pending->mutex);
  const bool answered = pending->changed.wait_until(lock, stop, deadline, [&] { return pending->answer.has_value(); });
  if (!answered) return std::nullopt;
  return std::move(pending->answer);
}

} // namespace murphy::web
