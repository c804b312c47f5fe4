// What an app wrote, made readable line by line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::diagnose {

// Bytes. A line longer than this is data, not a message: only its beginning is read.
inline constexpr std::size_t longest_line = 4000;

// Whether a character belongs to the name of a program, a host or a library: a letter, a digit, or one of "._-".
bool is_of_token(char c);

// The line without what a collector of logs wrote before it: "web-1  | " (Compose, foreman, pm2), "[pod/web-7/app] "
// (kubectl), and behind a time of its own "stderr F " (the kubelet) or "host app[12]: " (syslog, journald, Heroku).
std::string_view without_collector(std::string_view line);

// The text without colours and other terminal sequences and carriage returns, as valid UTF-8, its lines without what a
// collector wrote before them; a line that is a JSON object of a logger becomes the texts in it (message, error, stack
// …), each on lines of its own.
std::string readable(std::string_view text);

// The same for a list of pieces, joined by line feeds.
std::string readable(const std::vector<std::string>& pieces);

// The text with the characters that an app escaped for HTML, and escaped once too often: `Unknown &quot;x&quot;`.
std::string without_entities(std::string text);

} // namespace murphy::diagnose
