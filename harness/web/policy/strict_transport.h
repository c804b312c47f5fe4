// HTTP Strict Transport Security (RFC 6797): hosts that a browser asks by https alone, once they have said so.
#pragma once

#include "record/exchange.h"
#include "web/url/url.h"

#include <map>
#include <string>
#include <vector>

namespace murphy::web {

// The hosts of one browser session. A value: copies are independent.
class StrictTransport {
public:
  // Takes what an answer to `url` says, where it came by https. Addresses and this machine have no part in it, as in
  // Chromium.
  void learn(const Url& url, const std::vector<record::Header>& headers, record::Instant now);

  // Whether a browser asks for this http URL by https.
  bool covers(const Url& url, record::Instant now) const;

private:
  struct Entry {
    record::Instant until{};
    bool subdomains = false;
  };
  std::map<std::string, Entry> hosts_;
};

// The same URL by https; the port stays, unless it is 80.
Url by_https(const Url& url);

} // namespace murphy::web
