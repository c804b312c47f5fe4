#include "evidence.h"

#include "record/journal.h"

#include <gtest/gtest.h>

namespace murphy::end_to_end {

record::Run run_of(const std::filesystem::path& journal) {
  record::Run run;
  const auto events = record::read_journal(journal.string());
  if (!events) {
    ADD_FAILURE() << render(events.error());
    return run;
  }
  for (const record::Event& event : *events) {
    const auto applied = record::apply(run, event);
    EXPECT_TRUE(applied) << (applied ? "" : render(applied.error()));
  }
  return run;
}

record::CaseResult case_of(const record::Run& run, const std::string& name) {
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& each : feature.cases)
      if (each.plan->name == name) return each;
  ADD_FAILURE() << "no scenario “" << name << "” in the run";
  return {};
}

std::string replaced(std::string text, const std::string& old, const std::string& by) {
  for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + by.size()))
    text.replace(at, old.size(), by);
  return text;
}

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

} // namespace murphy::end_to_end
