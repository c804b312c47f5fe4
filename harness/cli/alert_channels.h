// The channels of [watch], ready to be sent to.
#pragma once

#include "base/error.h"
#include "scenario/variables.h"
#include "scenario/watch_reader.h"
#include "watch/alert.h"
#include "watch/notify/mail.h"
#include "web/url/url.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace murphy::cli {

struct AlertChannel {
  std::string name;
  scenario::WatchChannel::Kind kind = scenario::WatchChannel::Kind::webhook;
  watch::Severity least = watch::Severity::critical;
  std::optional<web::Url> url = {};          // of all that are reached by HTTP
  std::shared_ptr<const Secret> secret = {}; // of webhook; may be null
  std::string command = {};                  // of exec
  std::shared_ptr<const Secret> key = {};    // of pagerduty
  std::shared_ptr<const Secret> server = {}; // of mail: its address
  watch::MailAddresses mail = {};            // of mail
};

struct AlertAddresses {
  std::vector<AlertChannel> channels;
  std::optional<web::Url> heartbeat;
  std::optional<web::Url> control{}; // that answers unless this machine has no network
};

// Addresses are secrets, whatever they come from: who knows one can speak in the watch's name. Errors: usage, at the
// place in the file, when a value is not there or is no address.
Result<AlertAddresses> alert_addresses(const scenario::WatchSettings& settings, const scenario::Inputs& inputs);

} // namespace murphy::cli
