// A source that decides something has a test of its name beside it.
#include "project_files.h"
#include "tests/places.h"

#include <filesystem>
#include <gmock/gmock.h>
#include <map>

namespace murphy::architecture {
namespace {

namespace fs = std::filesystem;

// Rooms where it holds, and the sources whose test has another name, with the reason.
const std::map<std::string, std::map<std::string, std::string>> rooms{
    {"cli",
     {{"check_command", "cli/commands_test.cpp"},
      {"report_command", "cli/commands_test.cpp"},
      {"explain_command", "cli/commands_test.cpp"},
      // These need an app.
      {"run_command", "end_to_end/verdicts_test.cpp"},
      {"recorded_run", "end_to_end/verdicts_test.cpp"},
      {"gate_command", "end_to_end/gate_test.cpp"},
      {"gate_baseline", "end_to_end/gate_test.cpp"},
      {"history_command", "cli/history_store_test.cpp"},
      {"watch_command", "end_to_end/watch_test.cpp"},
      {"watch_status_command", "end_to_end/watch_test.cpp"},
      {"merge_command", "end_to_end/shards_test.cpp"},
      {"part_of_plan", "end_to_end/shards_test.cpp"},
      {"snapshot_command", "end_to_end/snapshot_test.cpp"},
      {"forms_command", "end_to_end/forms_test.cpp"},
      {"demo_command", "end_to_end/demo_test.cpp"},
      {"init_command", "end_to_end/init_test.cpp"},
      {"init_proof", "end_to_end/init_test.cpp"},
      {"init_refusals", "end_to_end/init_test.cpp"},
      {"init_walk", "end_to_end/init_test.cpp"},
      {"import_file", "end_to_end/import_har_test.cpp"},
      {"import_har_command", "end_to_end/import_har_test.cpp"},
      {"import_recording_command", "end_to_end/import_recording_test.cpp"},
      {"repro_command", "end_to_end/repro_test.cpp"},
      {"record_command", "end_to_end/record_test.cpp"},
      // These need a terminal.
      {"terminal_questions", "end_to_end/init_test.cpp"},
      // The options are tried on the program.
      {"main", "end_to_end/refusals_test.cpp"},
      {"command_line", "end_to_end/shells_test.cpp"},
      {"completion", "end_to_end/shells_test.cpp"},
      {"complete_command", "end_to_end/shells_test.cpp"},
      {"manual", "end_to_end/shells_test.cpp"}}},
    {"diagnose",
     {// Read by every rule about what did not hold, and made for each of them.
      {"failed_expectation_parts", "diagnose/failed_access_test.cpp"},
      // How the facts of a step are found.
      {"step_facts", "diagnose/evidence_of_step_test.cpp"},
      {"suspect_of", "diagnose/suspects_without_error_test.cpp"},
      {"evidence", "diagnose/finding_test.cpp"}}},
};

TEST(TestsBeside, AreThereForEverySourceThatDecides) {
  const fs::path project = in_project();
  for (const auto& [room, elsewhere] : rooms) {
    std::map<std::string, std::string> left = elsewhere;
    for (const SourceFile& file : project_files({"harness/" + room}, {".cpp"})) {
      const std::string stem = fs::path(file.name).stem();
      const auto other = left.find(stem);
      const std::string test = other == left.end() ? room + "/" + stem + "_test.cpp" : other->second;
      EXPECT_TRUE(fs::exists(project / "tests" / test)) << file.name << " has no tests/" << test;
      if (other != left.end()) left.erase(other);
    }
    for (const auto& [stem, test] : left) ADD_FAILURE() << "harness/" << room << " has no " << stem << " any longer";
  }
}

} // namespace
} // namespace murphy::architecture
