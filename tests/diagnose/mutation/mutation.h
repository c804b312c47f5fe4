// What the copies of harness/diagnose that mutants.py makes ask for each of their layers.
#pragma once

#include "record/suspect.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <utility>

namespace murphy::mutation {

// Which layers each test reached, written to the file that MURPHY_MUTANTS_SEEN names when the process ends.
class Reached {
public:
  void note(int number) {
    const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
    if (test != nullptr) tests_.emplace(number, std::string(test->test_suite_name()) + "." + test->name());
  }
  ~Reached() {
    std::ofstream file(std::getenv("MURPHY_MUTANTS_SEEN"));
    for (const auto& [number, test] : tests_) file << number << ' ' << test << '\n';
  }

private:
  std::set<std::pair<int, std::string>> tests_;
};

// The layer, or another one where MURPHY_MUTANT is its number.
inline record::Layer layer(int number, record::Layer usual) {
  static const int flipped = [] {
    const char* asked = std::getenv("MURPHY_MUTANT");
    return asked == nullptr ? 0 : std::atoi(asked);
  }();
  static const bool noted = std::getenv("MURPHY_MUTANTS_SEEN") != nullptr;
  if (noted) {
    static Reached reached;
    reached.note(number);
  }
  if (number != flipped) return usual;
  // What is unknown could be the layer beside it again, which says no more: that would be no other verdict.
  if (usual == record::Layer::unknown) return record::Layer::network;
  return usual == record::Layer::view ? record::Layer::controller : record::Layer::view;
}

} // namespace murphy::mutation
