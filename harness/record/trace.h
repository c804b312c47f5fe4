// What ties requests to the lines that an app writes of them: W3C Trace Context and X-Request-Id.
#pragma once

#include "record/exchange.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::record {

// A trace is 32 hexadecimal digits. Those of one run begin alike: the first eight are the run's, so that an id in a log
// is known for one of this run, and of another scenario.
std::string new_trace(std::string_view run);

// The headers that carry it.
std::vector<std::pair<std::string, std::string>> trace_headers(const std::string& trace);

// The trace that these requests carried; empty when they carried none.
std::string trace_of(const std::vector<Exchange>& exchanges);

// Whether a line of the app names the trace.
bool names_trace(std::string_view line, const std::string& trace);

// The address at which people see a trace: `template_url` with the id in place of ${trace}. Without one, the id.
std::string trace_link(std::string_view template_url, const std::string& trace);

// The lines without those of other traces of the same run, and without what continues such a line: frames of a stack,
// lines that are indented.
std::vector<std::string> lines_of_trace(std::vector<std::string> lines, std::string_view trace);

} // namespace murphy::record
