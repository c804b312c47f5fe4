// What a browser session says of itself beside cookies: headers of its own for one origin, and the credentials that a
// server has asked for. Credentials go to the origin that they are for, and to no other.
#pragma once

#include "base/authorization.h"
#include "web/http/message.h"
#include "web/navigation/challenge.h"
#include "web/url/url.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace murphy::web {

// A value: copies are independent. As browsers do, it answers a challenge with the credentials of the address, and goes
// on sending them to what lies beside and below that address.
class Authentication {
public:
  // `own` is the origin that headers and authorization are for.
  explicit Authentication(Url own) : own_(std::move(own)) {}

  // Basic is sent with every request, Digest once the server has asked for it. None: nothing is sent any more.
  void authorize(std::optional<Authorization> authorization);
  // A header of the same name takes the place of an earlier one.
  void set_headers(const std::vector<std::pair<std::string, Value>>& headers);

  // Adds what goes with a request. Those of `stated` stay as they are: the scenario has written them itself.
  void add_to(Request& request, const std::vector<RequestHeader>& stated);
  // Takes the Basic credentials that stand in `stated`, after an answer that has not refused them. A browser that asks
  // for a page with them knows them, and goes on sending them.
  void learn(const Request& request, const std::vector<RequestHeader>& stated);
  // Takes the challenge of an answer with the status 401. Whether there are credentials for it that the request did not
  // carry yet: then it is to be sent again.
  bool answer(const Request& request, const Response& response);

private:
  // Credentials that a server has asked for.
  struct Granted {
    std::string origin;
    std::string folder; // of the path that asked
    Value user, password;
    Challenge challenge;
    std::uint32_t count = 0; // of requests by this challenge
  };
  std::optional<Value> authorization_for(const Request& request);
  void grant(Granted granted);
  Granted* granted_for(const Url& url);
  const Granted* granted_in(const Url& url, const std::string& realm) const;

  Url own_;
  std::optional<Authorization> authorization_;
  std::vector<std::pair<std::string, Value>> headers_;
  std::vector<Granted> granted_;
};

} // namespace murphy::web
