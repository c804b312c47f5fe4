#include "cli/alert_channels.h"

#include "base/make_error.h"
#include "cli/setting_value.h"

#include <fmt/format.h>
#include <utility>

namespace murphy::cli {
namespace {

using Kind = scenario::WatchChannel::Kind;

Result<std::shared_ptr<const Secret>> secret_of(const scenario::Setting& setting, const scenario::Inputs& inputs,
                                                const std::string& label) {
  const auto value = value_of(setting, inputs, label);
  if (!value) return std::unexpected(value.error());
  if (value->is_secret()) return value->secret();
  auto secret = std::make_shared<const Secret>(reveal(*value), label);
  if (inputs.learn_secret) inputs.learn_secret(secret);
  return secret;
}

Result<web::Url> url_of(const scenario::Setting& setting, const scenario::Inputs& inputs, const std::string& label) {
  const auto secret = secret_of(setting, inputs, label);
  if (!secret) return std::unexpected(secret.error());
  auto url = web::Url::parse((*secret)->reveal().view());
  if (url) return url;
  // What cannot be read may be the secret itself: it is not repeated.
  Error error = usage_error(label + " is no address of http or https", "write https://, a host and a path");
  error.place = setting.text.place;
  return std::unexpected(std::move(error));
}

constexpr const char* pagerduty_events = "https://events.pagerduty.com/v2/enqueue";

Result<void> read_mail(const scenario::WatchChannel& from, const scenario::Inputs& inputs, AlertChannel& channel) {
  auto server = secret_of(*from.url, inputs, from.name + ".url");
  if (!server) return std::unexpected(server.error());
  channel.server = std::move(*server);
  channel.mail = {.from = from.from.source, .to = from.to};
  std::vector<std::string> all = from.to;
  all.push_back(from.from.source);
  for (const std::string& each : all)
    if (!watch::is_mail_address(each)) {
      Error error = usage_error(fmt::format("\"{}\" is no mail address", each), "write name@example.com, and no more");
      return std::unexpected(at_place_of(from.from, std::move(error)));
    }
  return {};
}

} // namespace

Result<AlertAddresses> alert_addresses(const scenario::WatchSettings& settings, const scenario::Inputs& inputs) {
  AlertAddresses all;
  for (const scenario::WatchChannel& each : settings.notify) {
    AlertChannel channel{.name = each.name,
                         .kind = each.kind,
                         .least = each.least == scenario::WatchChannel::Least::warning ? watch::Severity::warning
                                                                                       : watch::Severity::critical,
                         .command = each.command};
    if (each.kind == Kind::mail) {
      const auto mail = read_mail(each, inputs, channel);
      if (!mail) return std::unexpected(mail.error());
    } else if (each.url) {
      auto url = url_of(*each.url, inputs, each.name + ".url");
      if (!url) return std::unexpected(url.error());
      channel.url = std::move(*url);
    }
    if (each.secret) {
      auto secret = secret_of(*each.secret, inputs, each.name + ".secret");
      if (!secret) return std::unexpected(secret.error());
      channel.secret = std::move(*secret);
    }
    if (each.key) {
      auto key = secret_of(*each.key, inputs, each.name + ".key");
      if (!key) return std::unexpected(key.error());
      channel.key = std::move(*key);
      if (!channel.url) channel.url = *web::Url::parse(pagerduty_events);
    }
    all.channels.push_back(std::move(channel));
  }
  if (settings.heartbeat) {
    auto url = url_of(*settings.heartbeat, inputs, "heartbeat");
    if (!url) return std::unexpected(url.error());
    all.heartbeat = std::move(*url);
  }
  if (settings.control) {
    auto url = url_of(*settings.control, inputs, "control");
    if (!url) return std::unexpected(url.error());
    all.control = std::move(*url);
  }
  return all;
}

} // namespace murphy::cli
