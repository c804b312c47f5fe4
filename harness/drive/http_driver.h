// The driver without a screen: speaks HTTP as a browser does and runs no scripts.
#pragma once

#include "base/authorization.h"
#include "drive/driver.h"
#include "web/http/message.h"
#include "web/url/url.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::drive {

struct HttpDriverSettings {
  web::Transport transport;             // how requests are sent; may be shared by several drivers
  web::Url base;                        // addresses are resolved against it; its origin is the target's
  std::vector<web::Url> origins = {};   // further ones that belong to the app
  std::vector<web::Url> providers = {}; // where people sign in on behalf of the app
  // Hosts that may be asked beside these, with or without a port; "*.example.com" is each below one. Empty: all may,
  // and a password that goes to another host than those above is recorded.
  std::vector<std::string> allowed_hosts = {};
  std::optional<Authorization> authorization = {};         // of every session, for the origin of `base`
  std::vector<std::pair<std::string, Value>> headers = {}; // the same
};

std::unique_ptr<Driver> make_http_driver(HttpDriverSettings settings);

} // namespace murphy::drive
