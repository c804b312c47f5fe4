// The evidence of a step, as a part of an HTML page. Pure.
#pragma once

#include "record/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::reports {

// Each is empty where there is nothing to show.
std::string html_requests(const std::vector<record::Exchange>& exchanges, std::string_view target);
std::string html_curl(const std::vector<record::Exchange>& exchanges);
std::string html_cookies(const std::vector<record::Exchange>& exchanges);
std::string html_form(const record::FilledForm& form);
std::string html_console(const std::vector<record::ConsoleLine>& console, record::Instant from);
std::string html_validation(const record::Validation& validation);
std::string html_probes(const record::Probes& probes);

// The page as text: what it says of errors, then its words.
std::string html_page(const record::PageSeen& page);

// The page that an answer is, in a frame that is empty of rights; empty for what is no HTML.
std::string html_frame(const record::Exchange& answer);

} // namespace murphy::reports
