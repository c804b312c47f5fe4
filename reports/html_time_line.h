// Where the time of a scenario went, as a picture. Pure.
#pragma once

#include "record/result.h"

#include <string>
#include <vector>

namespace murphy::reports {

// One <svg>, its sizes and colours as attributes: it needs no style. Empty for steps that took no time.
std::string html_time_line(const std::vector<record::StepResult>& steps);

} // namespace murphy::reports
