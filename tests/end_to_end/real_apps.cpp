#include "real_apps.h"

#include "evidence.h"
#include "tests/places.h"
#include "verdicts.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <toml++/toml.h>

namespace murphy::end_to_end {
namespace {

// Has the app's data on that server.
void use(Invocation& invocation, const std::string& postgresql) {
  if (postgresql.empty()) return;
  invocation.arguments.insert(invocation.arguments.end(), {"--target", "postgresql"});
  invocation.environment["POSTGRESQL"] = postgresql;
}

} // namespace

std::vector<Fault> faults_of(const std::string& target) {
  const toml::table file = toml::parse_file(folder_of(target) + "/faults.toml");
  std::vector<Fault> faults;
  for (const auto& [name, node] : file) {
    const toml::table& facts = *node.as_table();
    const auto text = [&](const char* key) { return facts.at_path(key).value_or(std::string()); };
    Fault& fault = faults.emplace_back(Fault{target,
                                             std::string(name),
                                             facts["fault"].value_or(std::string(name)),
                                             text("layer"),
                                             text("wrong"),
                                             text("right"),
                                             text("of"),
                                             text("scenario.file"),
                                             text("scenario.name"),
                                             facts["step"].value_or(std::size_t{0}),
                                             {}});
    if (const toml::array* databases = facts["databases"].as_array())
      for (const auto& database : *databases) fault.databases.push_back(database.value_or(std::string()));
  }
  return faults;
}

bool can_be_made_on(const Fault& fault, const std::string& database) {
  return fault.databases.empty() || std::ranges::find(fault.databases, database) != fault.databases.end();
}

std::string folder_of(const std::string& target) { return in_project("fixtures/targets/") + target; }

Invocation target_run(const std::string& target, std::vector<std::string> arguments, const std::string& fault) {
  Invocation invocation;
  invocation.arguments = {"run", "--project", folder_of(target) + "/murphy.toml"};
  invocation.arguments.insert(invocation.arguments.end(), arguments.begin(), arguments.end());
  invocation.environment["FAULT"] = fault;
  return invocation;
}

void expect_all_pass(const std::string& target, int at_least, const std::string& postgresql) {
  const TemporaryFolder folder;
  Invocation invocation =
      target_run(target, {folder_of(target) + "/scenarios", "--journal", (folder / "run.jsonl").string()});
  use(invocation, postgresql);
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  const record::Run run = run_of(folder / "run.jsonl");
  EXPECT_GE(record::totals(run).passed, at_least);
  EXPECT_EQ(record::totals(run).passed, record::totals(run).all());
  ASSERT_TRUE(run.control);
  EXPECT_TRUE(run.control->holds);
}

void expect_caught(const Fault& fault, const std::string& postgresql) {
  const TemporaryFolder folder;
  Invocation invocation = target_run(fault.target,
                                     {folder_of(fault.target) + "/scenarios/" + fault.file, "--name", fault.scenario,
                                      "--journal", (folder / "run.jsonl").string()},
                                     fault.name);
  use(invocation, postgresql);
  const Finished finished = run(invocation);
  EXPECT_EQ(finished.code, 1) << finished.out << finished.err;
  const record::CaseResult red = case_of(run_of(folder / "run.jsonl"), fault.scenario);
  EXPECT_EQ(red.outcome, record::Outcome::failed);
  ASSERT_EQ(red.steps.size(), fault.step) << "the last step that ran is the one that failed\n" << finished.out;
  EXPECT_EQ(red.steps.back().outcome, record::Outcome::failed);
  EXPECT_FALSE(red.steps.back().failures.empty());
  const toml::table faults = toml::parse_file(folder_of(fault.target) + "/faults.toml");
  expect_verdict(fault.target + " " + fault.name, *faults[fault.name].as_table(), red.steps.back(), true);
}

} // namespace murphy::end_to_end
