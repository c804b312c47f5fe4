// What pages do by scripts, which Murphy does not run, and how a scenario says the same. Pure.
#pragma once

#include "drive/http_page.h"

#include <optional>
#include <string>
#include <string_view>

namespace murphy::drive {

// Whether people see something on the page only when its scripts run. It has no forms, fields, links and frames, and
// one of: no words, but an empty element for a script to fill; hardly a word, and a sign that it is loading; few words,
// and a noscript that asks for scripts.
bool is_made_by_scripts(const HttpPage& page);

// That a form or link of these words cannot be on such a page. Kind unseen.
Error made_by_scripts(std::string_view words);

// Of a link of these words that runs a script: what it is, and what to write in its place. None without such a link.
std::optional<Error> script_link(const HttpPage& page, std::string_view words);

} // namespace murphy::drive
