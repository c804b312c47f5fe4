#include "explained.h"

#include "base/text.h"
#include "command.h"
#include "evidence.h"
#include "reports/suspect_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using record::Outcome;
using record::Suspect;

// The suspects of a case as murphy explain writes them.
std::string in_words(const std::string& id, const std::vector<Suspect>& suspects) {
  const Suspect verdict = suspects.empty() ? Suspect{} : suspects.front();
  std::string text = one_line(id) + "\n" + one_line(record::headline(verdict)) + ".\n";
  if (suspects.empty()) return text; // the advice is of no suspect
  const bool is_guess = verdict.confidence == record::Confidence::guess;
  if (is_guess) text += "Known: " + one_line(verdict.cause) + ".\n";
  std::size_t widest = 0;
  std::vector<reports::EvidenceText> lines;
  for (const record::EvidenceLine& line : verdict.evidence) lines.push_back(reports::evidence_text(line));
  for (const reports::EvidenceText& line : lines) widest = std::max(widest, line.source.size());
  for (const reports::EvidenceText& line : lines) text += fmt::format("  {:<{}}  {}\n", line.source, widest, line.text);
  text += verdict.advice + "\n";
  for (const record::CodePlace& place : verdict.places) text += one_line(record::described(place)) + "\n";
  for (std::size_t i = 1; i < suspects.size(); ++i)
    text += (is_guess ? "Possible: " : "Less likely: ") + one_line(record::described(suspects[i])) + ".\n";
  return text;
}

} // namespace

int expect_explained_as_by_its_run(const std::filesystem::path& journal) {
  const TemporaryFolder elsewhere;
  std::filesystem::copy_file(journal, elsewhere / "moved.jsonl");
  Invocation explain;
  explain.directory = elsewhere.path();
  explain.arguments = {"explain", "moved.jsonl"};
  const Finished in_text = run(explain);
  EXPECT_EQ(in_text.code, 0) << in_text.err;
  explain.arguments.emplace_back("--json");
  const Finished in_json = run(explain);
  int explained = 0;
  for (const record::FeatureResult& feature : run_of(journal).features) {
    for (const record::CaseResult& each : feature.cases) {
      const auto failed = std::ranges::find_if(each.steps, [](const record::StepResult& step) {
        return step.outcome == Outcome::failed || step.outcome == Outcome::error;
      });
      if (failed == each.steps.end()) continue;
      ++explained;
      EXPECT_THAT(in_text.out, testing::HasSubstr(in_words(each.plan->id, failed->suspects)));
      if (failed->suspects.empty()) continue;
      EXPECT_THAT(in_json.out, testing::HasSubstr("\"fingerprint\":\"" + failed->suspects.front().fingerprint + "\""));
    }
  }
  EXPECT_EQ(std::ranges::count(in_json.out, '\n'), explained) << "one verdict for each case that did not pass";
  return explained;
}

} // namespace murphy::end_to_end
