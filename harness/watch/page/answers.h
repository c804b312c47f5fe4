// What a watch answers on which address, and the same as files. Pure.
#pragma once

#include "watch/page/published.h"
#include "watch/serve/ask.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace murphy::watch {

// Whether rounds go on: an app that is down is no reason why they would not.
enum class Pulse { beats, stopped };

Reply answer_to(const Ask& ask, const Published& published, Pulse pulse, Instant now);

// Names, which may hold a folder, and what is in them.
std::vector<std::pair<std::string, std::string>> status_files(const Published& published, Instant now);

// The name of one of them: "badge/sign-in.svg".
std::string badge_file(const std::string& slug);

} // namespace murphy::watch
