// The evidence of a step, as people read it.
#pragma once

#include "record/event.h"
#include "reports/text_block.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::reports {

// One line for each thing that was asked for, with the way it took:
// "POST /login → 303 /dashboard → 302 /login → 200 (12 ms)". Addresses of the target are shown without its origin,
// and where they follow one another those of any origin; without a target, it is that of the first exchange.
std::vector<std::string> request_chains(const std::vector<record::Exchange>& exchanges, const ConsoleStyle& style,
                                        std::string_view target = {});

// "app is unavailable", or that it does not come up.
std::string_view state_of(record::AppLoss loss);

// "9 µs", "120 ms", "1.24 s", "2 min 05 s".
std::string duration_text(record::Duration duration, const ConsoleStyle& style);

// Writes what is there of: the requests with their redirects, the form as it was filled, the page with the errors it
// shows, and the most telling lines of the app's console. Bounded: about 60 lines whatever the evidence holds.
void write_evidence(TextBlock& block, const record::Evidence& evidence, std::string_view target = {});

// What went to hosts that the project does not name: "ada.password was sent to http://login.test, which …", each once.
std::vector<std::string> disclosures(const record::Evidence& evidence);
void write_disclosures(TextBlock& block, const record::Evidence& evidence);

// The most telling console lines behind a bar, and how many were left out.
void write_console(TextBlock& block, const std::vector<record::ConsoleLine>& console);

} // namespace murphy::reports
