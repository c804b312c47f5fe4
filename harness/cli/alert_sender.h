// Sends one alert to one channel, over HTTP, by a command or by mail.
#pragma once

#include "cli/alert_channels.h"
#include "watch/notify/retry.h"
#include "web/http/http_client.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace murphy::cli {

struct SendOutcome {
  watch::Fate fate = watch::Fate::sent;
  std::string why;                                     // it was not sent, in a few words
  std::optional<std::chrono::seconds> asked_to_wait{}; // by the service
};

class AlertSender {
public:
  // The client must outlive it. Commands run in `directory`.
  AlertSender(web::HttpClient& client, std::string directory) : client_(client), directory_(std::move(directory)) {}

  // Several are sent as one. Blocks for 10 seconds at most, for a command or a mail 30. `delivery` is the same in every
  // attempt at the same alert; none: it is not in the store. Never throws: what cannot be put into words is
  // Fate::never.
  SendOutcome send(const AlertChannel& channel, const std::vector<watch::Alert>& alerts,
                   std::optional<std::int64_t> delivery, const std::stop_token& stop) const;
  // Tells the address that a round has finished.
  SendOutcome ping(const web::Url& heartbeat, const std::stop_token& stop) const;

  // Whether anything answers there, whatever it says.
  bool is_there(const web::Url& address, const std::stop_token& stop) const;

private:
  SendOutcome try_to_send(const AlertChannel& channel, const watch::Alert& alert, std::optional<std::int64_t> delivery,
                          const std::stop_token& stop) const;
  SendOutcome request(web::Request request, const std::stop_token& stop) const;
  static SendOutcome mail(const AlertChannel& channel, const watch::Alert& alert, std::optional<std::int64_t> delivery,
                          const std::stop_token& stop);
  SendOutcome run(const AlertChannel& channel, const watch::Alert& alert) const;

  web::HttpClient& client_;
  std::string directory_;
};

} // namespace murphy::cli
