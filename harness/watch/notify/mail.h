// Alerts as mail (RFC 5322), in plain text. All mails of an incident are one thread. Pure.
#pragma once

#include "watch/alert.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace murphy::watch {

// "murphy@example.com": one address without a name, and nothing in it that would begin another header.
bool is_mail_address(const std::string& text);

struct MailAddresses {
  std::string from;
  std::vector<std::string> to;
};

// The whole message, with lines that end in CR LF. `delivery` is the same in every attempt at the same alert, and so is
// the id of the message.
std::string mail_of(const Alert& alert, const MailAddresses& addresses, std::optional<std::int64_t> delivery,
                    Instant now);

} // namespace murphy::watch
