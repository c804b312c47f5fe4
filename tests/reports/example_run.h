// Runs to report on: one rich in everything a report shows, and the small ones that differ from it in one thing.
#pragma once

#include "record/run.h"

#include <vector>

namespace murphy::reports::example {

// Two features. Passed, failed with all evidence, error, skipped; then failed with odd characters and values of several
// lines, and interrupted before the last scenario. The negative control does not hold.
std::vector<record::Event> rich();

// Every scenario of one feature passed.
std::vector<record::Event> green();

// The app ended while the second of three scenarios ran.
std::vector<record::Event> lost();

// The app never answered: no scenario ran.
std::vector<record::Event> never_ready();

record::Run fold(const std::vector<record::Event>& events);

} // namespace murphy::reports::example
