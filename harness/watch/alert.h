// What people are told of an incident: five short lines, of which the first alone must do, and the same as JSON. Pure.
#pragma once

#include "watch/judge.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::watch {

struct Alert {
  std::string event; // "opened", "updated", "reminder", "resolved", "test"
  Severity severity = Severity::critical;
  std::string incident;           // its id
  std::string key;                // see Incident
  std::vector<std::string> lines; // the first is the title; none has a line break
  std::string body;               // one line of JSON: all that is known, for programs
};

// Of how many scenarios the watch knows.
Alert alert_of(const Notice& notice, const std::string& target, std::size_t scenarios);

// To try the channels with.
Alert test_alert(const std::string& target, Instant at);

// "critical", "warning"
std::string_view name_of(Severity severity);

} // namespace murphy::watch
