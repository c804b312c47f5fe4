// The public view as JSON, for programs. Pure.
#pragma once

#include "watch/page/status_view.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::watch {

inline constexpr int status_json_version = 1; // grows when a key changes its meaning or goes

std::string status_json(const StatusView& view);

// The slugs in what status_json() made; none of what somebody else did.
std::vector<std::string> slugs_in(std::string_view status_json);

} // namespace murphy::watch
