#include "verdicts.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <vector>

namespace murphy::end_to_end {
namespace {

struct Count {
  int strict = 0, right = 0, all = 0, named = 0, with_name = 0, high = 0;
};

// Prints when all tests are over; one regression alone needs no table.
class Table : public testing::Environment {
public:
  std::map<std::string, Count> by_layer;
  void TearDown() override {
    Count total;
    for (const auto& [layer, count] : by_layer) {
      total.strict += count.strict;
      total.right += count.right;
      total.all += count.all;
      total.named += count.named;
      total.with_name += count.with_name;
      total.high += count.high;
    }
    if (total.all < 2) return;
    fmt::print("\n{:12} {:>8} {:>16} {:>10} {:>6}\n", "layer", "right", "right or also", "name", "high");
    by_layer["all"] = total;
    for (const auto& [layer, count] : by_layer)
      fmt::print("{:12} {:3} of {:2} {:11} of {:2} {:4} of {:2} {:6}\n", layer, count.strict, count.all, count.right,
                 count.all, count.named, count.with_name, count.high);
  }
};

// Google Test owns it.
Table* const table = new Table;
const testing::Environment* const registered = testing::AddGlobalTestEnvironment(table);

std::vector<std::string> strings_of(const toml::node_view<const toml::node>& node) {
  std::vector<std::string> strings;
  if (const auto one = node.value<std::string>()) strings.push_back(*one);
  if (const auto* list = node.as_array())
    for (const auto& each : *list) strings.push_back(each.value_or(""));
  return strings;
}

bool contains(const std::vector<std::string>& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

std::string_view side_of(std::string_view layer) { return layer == "model" || layer == "database" ? "data" : layer; }

} // namespace

void expect_verdict(const std::string& regression, const toml::table& facts, const record::StepResult& failed,
                    bool sees_database) {
  const std::string layer = facts["layer"].value_or("");
  const auto also = strings_of(facts["also"]), names = strings_of(facts["name"]);
  const record::Suspect verdict = failed.suspects.empty() ? record::Suspect{} : failed.suspects.front();
  const std::string said(record::name_of(verdict.layer));
  const bool strict = sees_database ? said == layer : side_of(said) == side_of(layer);
  const bool right = strict || contains(also, said);
  const bool named = contains(names, verdict.identifier) || contains(names, verdict.suggestion);
  EXPECT_TRUE(right) << regression << ": " << layer << ", not: " << record::headline(verdict);
  EXPECT_TRUE(!sees_database || names.empty() || named)
      << regression << ": " << join(names, " or ") << ", not: " << record::headline(verdict);
  EXPECT_EQ(verdict.fingerprint.size(), 16U);

  Count& count = table->by_layer[layer];
  ++count.all;
  count.strict += strict ? 1 : 0;
  count.right += right ? 1 : 0;
  count.with_name += names.empty() ? 0 : 1;
  count.named += !names.empty() && named ? 1 : 0;
  count.high += verdict.confidence == record::Confidence::high ? 1 : 0;
}

} // namespace murphy::end_to_end
