#include "record/bounds.h"

#include "record/journal.h"
#include "samples.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::record {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<Table> tables(int count, const std::string& name) {
  std::vector<Table> all;
  for (int number = 0; number < count; ++number) {
    Table& table = all.emplace_back();
    table.name = fmt::format("{}_{}", name, number);
    for (int column = 0; column < 40; ++column)
      table.columns.push_back({.name = fmt::format("column_{}", column), .type = "character varying", .length = 255});
  }
  return all;
}

std::size_t written(const EvidenceGathered& gathered) { return journal_line(gathered).size(); }

TEST(Bounds, LeaveUsualEvidenceAsItIs) {
  for (const Event& event : full_events()) {
    const auto* gathered = std::get_if<EvidenceGathered>(&event);
    if (gathered == nullptr) continue;
    EvidenceGathered bounded = *gathered;
    keep_within_bounds(bounded);
    EXPECT_EQ(bounded, *gathered);
  }
}

TEST(Bounds, OfALargeDatabaseKeepWhatSignInRestsOn) {
  EvidenceGathered gathered;
  gathered.schema = Schema{.engine = "postgresql", .tables = tables(2000, "invoice")};
  gathered.schema->tables.push_back(full_tables().front());
  keep_within_bounds(gathered);
  EXPECT_LE(written(gathered), most_of_schema + 1000);
  EXPECT_GT(written(gathered), most_of_schema / 2) << "as much as there is room for";
  EXPECT_EQ(gathered.schema->tables.back().name, "users");
  EXPECT_EQ(gathered.schema->tables.front().name, "invoice_0") << "in the order they had";
  EXPECT_EQ(gathered.schema->left_out, 2001 - static_cast<std::int64_t>(gathered.schema->tables.size()));
}

TEST(Bounds, HoldWhateverThereIs) {
  const std::string hostile(200, '\x01'); // six bytes each in JSON
  EvidenceGathered gathered;
  gathered.schema = Schema{.engine = "mysql", .tables = tables(3000, "user" + hostile)};
  KnownGood& known = gathered.known_good.emplace();
  known.tables = tables(1000, "session");
  for (int number = 0; number < 20'000; ++number) {
    KnownVisit& visit = known.visits.emplace_back();
    visit.request = fmt::format("GET /{}/{}", hostile, number);
    visit.title = hostile;
    known.console.push_back(fmt::format("ERROR {} {}", hostile, number));
    gathered.signatures.emplace_back().says = hostile;
  }
  keep_within_bounds(gathered);
  EXPECT_LE(written(gathered), std::size_t{5'000'000}) << "what docs/journal.md promises";
  EXPECT_THAT(gathered.known_good->console, testing::Not(IsEmpty()));
  EXPECT_THAT(gathered.known_good->visits, IsEmpty()) << "they go first";
}

TEST(Bounds, KeepTheNewestLines) {
  std::vector<ConsoleLine> lines{
      {.at = {}, .text = "first"}, {.at = {}, .text = "second"}, {.at = {}, .text = "third"}};
  keep_newest(lines, 100);
  EXPECT_EQ(lines.size(), 3U);
  keep_newest(lines, 11);
  EXPECT_THAT(lines, ElementsAre(ConsoleLine{{}, "second"}, ConsoleLine{{}, "third"}));
  keep_newest(lines, 10);
  EXPECT_THAT(lines, ElementsAre(ConsoleLine{{}, "third"}));
  keep_newest(lines, 4);
  EXPECT_THAT(lines, IsEmpty());
}

} // namespace
} // namespace murphy::record
