// A scenario that was recorded elsewhere, and the feature file that says it. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace murphy::imported {

enum class Verb { open, submit, click, request, sign_in };

// A key and its value as TOML writes it.
using Member = std::pair<std::string, std::string>;

// What came of the step where it was recorded. Empty and 0: not known.
struct SeenThen {
  int status = 0;
  std::string path;        // a pattern: `*` stands for a part that may differ
  bool is_trouble = false; // something went wrong there
};

struct ImportedStep {
  Verb verb = Verb::open;
  std::string argument{};              // as TOML writes it
  std::vector<Member> with{};          // fields by what names them
  std::vector<Member> expect{};        //
  std::vector<std::string> comments{}; // lines above it
  SeenThen seen{};
};

struct ImportedScenario {
  std::string ticket;                // "SUP-1423"
  std::string name;                  // a sentence
  std::vector<std::string> comments; // lines at the top
  std::vector<ImportedStep> steps;
};

// What of it was recorded, each part by itself: the texts, the names of fields and the comments, without the words of
// the language and without references.
std::vector<std::string> recorded_parts(const ImportedScenario& scenario);

// One step as a line of it.
std::string step_text(const ImportedStep& step);

// The text of the file.
std::string scenario_text(const ImportedScenario& scenario);

} // namespace murphy::imported
