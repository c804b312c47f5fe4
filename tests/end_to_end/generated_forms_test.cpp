// `validate` against forms made at random, whose rules and holes are known: nothing that is not kept passes for proved,
// and nothing that is kept for broken. MURPHY_FORMS says how many forms (40), MURPHY_FORMS_SEED which ones.
#include "evidence.h"
#include "project.h"
#include "words/rule_text.h"

#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sstream>

namespace murphy::end_to_end {
namespace {

std::string from_environment(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : otherwise;
}

struct Truth {
  std::string answer; // how the server answers
  std::string kept;   // "kept", "hole" or "blocked"
};

using Cells = std::map<std::string, Truth>; // by "form 7, Text A, max_length"

Cells truth_of(const std::string& seed, const std::string& count) {
  Invocation asked;
  asked.binary = "/usr/bin/python3";
  asked.arguments = {std::string(servers) + "/generated_forms.py", "truth", seed, count};
  const Finished told = run(asked);
  EXPECT_EQ(told.code, 0) << told.err;
  Cells cells;
  std::istringstream lines(told.out);
  for (std::string number, answer, field, rule, kept; std::getline(lines, number, '\t');) {
    std::getline(lines, answer, '\t');
    std::getline(lines, field, '\t');
    std::getline(lines, rule, '\t');
    std::getline(lines, kept);
    cells[fmt::format("form {}, {}, {}", number, field, rule)] = {answer, kept};
  }
  return cells;
}

class GeneratedForms : public testing::Test {
protected:
  // What is said of each rule of the first so many forms, by the same names. A few at a time: no run may take long.
  std::map<std::string, record::ValidationCell> judge(int forms, const std::string& seed) {
    folder_.write("murphy.toml", fmt::format(R"([target.local]
url   = "http://127.0.0.1:${{port}}"
start = "exec /usr/bin/python3 -u {}/generated_forms.py serve ${{port}} {} taken"
ready = "/ready"
)",
                                             servers, seed));
    std::map<std::string, record::ValidationCell> cells;
    // Files run side by side, the scenarios of a file in turn.
    constexpr int at_a_time = 40, files = 4;
    for (int first = 0; first < forms; first += at_a_time) {
      std::vector<std::string> scenarios(files, "feature = \"Forms\"\n");
      for (int number = first; number < std::min(forms, first + at_a_time); ++number)
        scenarios[static_cast<std::size_t>(number % files)] +=
            fmt::format("\n[[scenario]]\nname = \"form {0}\"\nsteps = [ {{ open = \"/form/{0}\" }}, {{ validate "
                        "= \"Send\" }} ]\n",
                        number);
      for (int file = 0; file < files; ++file) {
        const std::string name = fmt::format("scenarios/forms-{}.toml", file);
        std::filesystem::remove(folder_ / name);
        if (first + file < forms) folder_.write(name, scenarios[static_cast<std::size_t>(file)]);
      }
      run_once(cells);
    }
    return cells;
  }

  int submissions_ = 0;

private:
  void run_once(std::map<std::string, record::ValidationCell>& cells) {
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.arguments = {"run", "--journal", "run.jsonl", "--jobs", "4"};
    const Finished finished = run(invocation);
    ASSERT_NE(finished.code, 2) << finished.out << finished.err;
    const record::Run kept = run_of(folder_ / "run.jsonl");
    for (const record::FeatureResult& feature : kept.features) {
      for (const record::CaseResult& result : feature.cases) {
        for (const record::StepResult& step : result.steps) {
          if (!step.evidence.validation) continue;
          submissions_ += step.evidence.validation->submissions;
          for (const record::ValidationCell& cell : step.evidence.validation->cells)
            cells[fmt::format("{}, {}, {}", result.plan->name, cell.field, cell.rule)] = cell;
        }
      }
    }
  }

  TemporaryFolder folder_;
};

TEST_F(GeneratedForms, HolesAreFoundAndRulesThatAreKeptPass) {
  const std::string count = from_environment("MURPHY_FORMS", "40"), seed = from_environment("MURPHY_FORMS_SEED", "1");
  const Cells truth = truth_of(seed, count);
  const auto said = judge(std::stoi(count), seed);
  const double sent = submissions_;
  const auto second = judge(std::stoi(count), seed);
  struct Figures {
    int kept = 0, holes = 0, false_green = 0, false_alarm = 0, not_judged = 0, missed = 0, differs = 0;
  };
  std::map<std::string, Figures> by_answer;
  Figures all;
  const auto count_in = [&](const std::string& answer, int Figures::* figure) {
    ++(by_answer[answer].*figure);
    ++(all.*figure);
  };
  for (const auto& [name, known] : truth) {
    const auto found = said.find(name);
    const bool is_hole = known.kept == "hole";
    count_in(known.answer, is_hole ? &Figures::holes : &Figures::kept);
    if (found == said.end()) {
      count_in(known.answer, &Figures::missed);
      ADD_FAILURE() << name << ": no row (" << known.answer << ")";
      continue;
    }
    const record::ValidationCell& cell = found->second;
    const std::string told =
        fmt::format("{} ({}): {}, {}", name, known.answer, words::tested_text(cell.tested), words::reply_text(cell));
    if (is_hole && record::is_proved(cell)) {
      count_in(known.answer, &Figures::false_green);
      ADD_FAILURE() << "passes for proved: " << told;
    }
    if (known.kept == "kept" && !cell.holds) {
      count_in(known.answer, &Figures::false_alarm);
      fmt::print("false alarm: {}\n", told);
    }
    if (known.kept == "kept" && !record::is_judged(cell)) {
      count_in(known.answer, &Figures::not_judged);
      fmt::print("not judged: {}: {}\n", told, words::note_text(cell));
    }
    const auto later = second.find(name);
    if (known.kept != "blocked" && (later == second.end() || later->second.holds != cell.holds ||
                                    record::is_judged(later->second) != record::is_judged(cell))) {
      count_in(known.answer, &Figures::differs);
      ADD_FAILURE() << "the second run says otherwise: " << told;
    }
  }
  by_answer["all"] = all;
  for (const auto& [answer, figures] : by_answer)
    fmt::print("{:9} {:5} kept {:5} holes {:3} false green {:3} false alarms {:3} not judged {:3} differ\n", answer,
               figures.kept, figures.holes, figures.false_green, figures.false_alarm, figures.not_judged,
               figures.differs);
  fmt::print("{:.2f} submissions for a rule\n", sent / static_cast<double>(said.size()));
  EXPECT_LE(all.false_alarm * 200, all.kept) << "at most one in two hundred";
  EXPECT_LE(all.not_judged * 100, all.kept) << "at most one in a hundred";
}

} // namespace
} // namespace murphy::end_to_end
