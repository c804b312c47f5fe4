// Hands mail to a server, by libcurl.
#pragma once

#include "base/secret.h"
#include "watch/notify/retry.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

namespace murphy::watch {

struct Letter {
  std::string from;
  std::vector<std::string> to;
  std::string text; // headers and body
};

struct LetterOutcome {
  Fate fate = Fate::sent;
  std::string why; // it was not taken; never the address of the server
};

// `server` is smtps://user:password@host:465, or smtp://host:587, which has to offer STARTTLS unless it is on this
// machine: what is sent is not for everybody to read. Blocks until the limit at most.
LetterOutcome send_letter(const Secret& server, const Letter& letter, std::chrono::seconds limit,
                          const std::stop_token& stop);

} // namespace murphy::watch
