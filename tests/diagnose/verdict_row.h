// A table of what the expectations that did not hold tell: steps in, layer, name and certainty out.
#pragma once

#include "diagnose/failed_expectations.h"
#include "step.h"

#include <gmock/gmock.h>
#include <ostream>
#include <string>
#include <vector>

namespace murphy::diagnose {

struct VerdictRow {
  const char* name;
  std::vector<Step> steps;                      // the last one failed
  record::Layer layer = record::Layer::unknown; // unknown: they tell nothing
  record::Layer also = record::Layer::unknown;
  record::Confidence confidence = record::Confidence::medium;
  std::string identifier = {};
  std::string suggestion = {};
  std::string kind = {};
  double weight = 4;
  std::string cause = {}; // its words, where they matter
};

inline void PrintTo(const VerdictRow& row, std::ostream* out) { *out << row.name; }

class Verdicts : public testing::TestWithParam<VerdictRow> {};

inline std::string name_of_row(const testing::TestParamInfo<VerdictRow>& row) { return row.param.name; }

} // namespace murphy::diagnose
