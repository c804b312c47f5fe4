// The rule of a field that does not hold: which side breaks it.
#include "diagnose/failed_expectations.h"

#include <gmock/gmock.h>
#include <ostream>

namespace murphy::diagnose {
namespace {

using record::Confidence;
using record::Layer;
using record::Standing;
using record::ValidationCell;

struct RuleRow {
  const char* name;
  Standing page, server;
  Layer layer;
  Layer also = Layer::unknown;
  Confidence confidence = Confidence::medium;
  Standing column = Standing::none;
  const char* rule = "max_length";
  std::size_t tested = 0; // how long the value was
  double weight = 6;
};

void PrintTo(const RuleRow& row, std::ostream* out) { *out << row.name; }

ValidationCell cell_of(const RuleRow& row) {
  ValidationCell cell;
  cell.field = "Email";
  cell.rule = row.rule;
  cell.bound = 254;
  cell.page = row.page;
  cell.server = row.server;
  cell.column = row.column;
  cell.tested.length = row.tested;
  cell.holds = false;
  return cell;
}

class BrokenRules : public testing::TestWithParam<RuleRow> {};

TEST_P(BrokenRules, AreOfTheSideThatBreaksThem) {
  Evidence evidence;
  evidence.of_step.emplace().broken = {cell_of(GetParam())};
  const auto hypothesis = hypothesis_by_rules(evidence);
  EXPECT_EQ(hypothesis.has_value(), GetParam().layer != Layer::unknown);
  if (!hypothesis) return;
  EXPECT_EQ(record::name_of(hypothesis->suspect.layer), record::name_of(GetParam().layer)) << hypothesis->suspect.cause;
  EXPECT_EQ(record::name_of(hypothesis->suspect.also), record::name_of(GetParam().also)) << hypothesis->suspect.cause;
  EXPECT_EQ(record::name_of(hypothesis->suspect.confidence), record::name_of(GetParam().confidence));
  EXPECT_EQ(hypothesis->suspect.identifier, "Email");
  EXPECT_EQ(hypothesis->kind, "rule");
  EXPECT_EQ(hypothesis->weight, GetParam().weight);
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenRules,
    testing::ValuesIn(std::vector<RuleRow>{
        {.name = "ThePageDoesNotDeclare",
         .page = Standing::missing,
         .server = Standing::enforced,
         .layer = Layer::view,
         .confidence = Confidence::high},
        {.name = "ThePageIsStricter",
         .page = Standing::stricter,
         .server = Standing::enforced,
         .layer = Layer::view,
         .confidence = Confidence::high},
        {.name = "TheColumnIsStricter",
         .page = Standing::enforced,
         .server = Standing::enforced,
         .layer = Layer::database,
         .also = Layer::model,
         .column = Standing::stricter},
        {.name = "TheColumnIsStricterAndNobodyAsked",
         .page = Standing::none,
         .server = Standing::none,
         .layer = Layer::database,
         .also = Layer::model,
         .column = Standing::stricter},
        {.name = "TheErrorIsAtAnotherField",
         .page = Standing::enforced,
         .server = Standing::misplaced,
         .layer = Layer::view,
         .confidence = Confidence::high},
        {.name = "ThePageDoesNotSayWhy",
         .page = Standing::enforced,
         .server = Standing::silent,
         .layer = Layer::view,
         .also = Layer::controller},
        {.name = "TheServerIsStricter",
         .page = Standing::enforced,
         .server = Standing::stricter,
         .layer = Layer::model},
        {.name = "TheServerDoesNotCheck",
         .page = Standing::enforced,
         .server = Standing::missing,
         .layer = Layer::model},
        {.name = "TheServerIsLooser", .page = Standing::enforced, .server = Standing::looser, .layer = Layer::model},
        {.name = "WhatHasToBeTakenFails",
         .page = Standing::enforced,
         .server = Standing::error,
         .layer = Layer::database,
         .tested = 254,
         .weight = 2},
        {.name = "WhatHasToBeRefusedFails",
         .page = Standing::enforced,
         .server = Standing::error,
         .layer = Layer::model,
         .tested = 255},
        {.name = "AnAcceptedValueFails",
         .page = Standing::enforced,
         .server = Standing::error,
         .layer = Layer::database,
         .rule = "accepts",
         .weight = 2},
        {.name = "AnotherRuleFails",
         .page = Standing::enforced,
         .server = Standing::error,
         .layer = Layer::model,
         .rule = "pattern"},
        {.name = "TheColumnIsTooSmall",
         .page = Standing::enforced,
         .server = Standing::error,
         .layer = Layer::database,
         .confidence = Confidence::high,
         .column = Standing::stricter},
        {.name = "TheColumnTakesIt",
         .page = Standing::enforced,
         .server = Standing::error,
         .layer = Layer::model,
         .column = Standing::looser,
         .rule = "accepts"},
        {.name = "NothingIsKnown", .page = Standing::unknown, .server = Standing::unknown, .layer = Layer::unknown},
    }),
    [](const auto& each) { return std::string(each.param.name); });

TEST(BrokenRules, TheFirstSpeaksForAll) {
  Evidence evidence;
  EXPECT_FALSE(hypothesis_by_rules(evidence)) << "no step";
  evidence.of_step.emplace();
  EXPECT_FALSE(hypothesis_by_rules(evidence)) << "none is broken";
  const ValidationCell of_page =
      cell_of({.name = "", .page = Standing::missing, .server = Standing::enforced, .layer = Layer::view});
  const ValidationCell of_server =
      cell_of({.name = "", .page = Standing::enforced, .server = Standing::missing, .layer = Layer::model});
  evidence.of_step->broken = {of_server, of_page, of_page};
  EXPECT_EQ(hypothesis_by_rules(evidence)->suspect.layer, Layer::model);
}

} // namespace
} // namespace murphy::diagnose
