// What an app says itself of who signed in.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace murphy::diagnose {

// Whether an app says in this line that somebody has signed in: "User logged in.", "login ok", "Successful
// authentication for 'ada'". Not: that somebody should, or could not.
bool says_signed_in(std::string_view line);

// Which of the lines is the newest that says so; none where no line does.
std::optional<std::size_t> newest_sign_in(std::span<const std::string_view> lines);

} // namespace murphy::diagnose
