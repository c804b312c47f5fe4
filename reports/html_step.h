// A step of a scenario with all of its evidence, as a part of an HTML page. Pure.
#pragma once

#include "record/result.h"

#include <map>
#include <string>
#include <string_view>

namespace murphy::reports {

// How much of a step a report shows.
enum class StepDetail {
  evidence, // all but the page in a frame
  whole,    // the page as it looked, too
};

// Pages that a report shows already, each once: the fragment that leads to it by the digest of its markup.
using PagesShown = std::map<std::string, std::string>;

// `number` counts from 1. Addresses of the target are shown without its origin. What an app wrote or sent is text; its
// page stands in a frame that runs no script and asks nothing of any server.
std::string html_step(const record::StepResult& step, std::size_t number, std::string_view target, StepDetail detail,
                      PagesShown& pages);

} // namespace murphy::reports
