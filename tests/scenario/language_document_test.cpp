#include "base/text.h"
#include "scenario/reader.h"
#include "scenario/vocabulary.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

// docs/language.md against the reader: its examples are read, and every key is there.

namespace murphy::scenario {
namespace {

std::string document() {
  std::ifstream file(std::string(MURPHY_SOURCE_DIR) + "/docs/language.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Example {
  bool is_project = false;
  std::size_t line = 0; // of the document, where it begins
  std::string text;
};

std::vector<Example> examples(const std::string& markdown) {
  std::vector<Example> result;
  bool inside = false;
  std::size_t number = 0;
  for (const std::string_view line : split(markdown, '\n')) {
    ++number;
    if (line.starts_with("```")) {
      if (line.starts_with("```toml")) result.push_back({line == "```toml murphy.toml", number + 1, {}});
      inside = line.starts_with("```toml");
    } else if (inside) {
      result.back().text += std::string(line) + "\n";
    }
  }
  return result;
}

TEST(LanguageDocument, EveryExampleCanBeRead) {
  Checks checks;
  checks.is_given = [](std::string_view name) { return name == "domain"; };
  std::optional<Project> project; // the last one before a feature file
  int projects = 0, features = 0;
  for (const Example& example : examples(document())) {
    const std::string name = "docs/language.md, example at line " + std::to_string(example.line);
    Errors errors;
    if (example.is_project) {
      ReadProject read = read_project("murphy.toml", example.text, checks);
      errors = std::move(read.errors);
      project = std::move(read.project);
      ++projects;
    } else {
      ASSERT_TRUE(project) << "the document begins with a project file";
      errors = read_feature(name, example.text, *project, checks).errors;
      ++features;
    }
    for (const Error& error : errors) ADD_FAILURE() << name << "\n" << render(error);
  }
  EXPECT_GE(projects, 2);
  EXPECT_GE(features, 6);
}

TEST(LanguageDocument, ExplainsEveryKeyAndNamesWhatComesLater) {
  const std::string markdown = document();
  const std::size_t later = markdown.find("\n## What comes later");
  ASSERT_NE(later, std::string::npos);
  for (const Vocabulary* vocabulary :
       {&feature_keys, &scenario_keys, &step_keys,    &request_keys,   &expect_keys,        &matcher_keys,
        &element_keys, &cookie_keys,   &capture_keys, &flow_keys,      &known_failure_keys, &when_keys,
        &user_keys,    &project_keys,  &app_keys,     &sign_in_keys,   &sign_out_keys,      &dashboard_keys,
        &target_keys,  &tls_keys,      &setting_keys, &field_rule_keys}) {
    for (const Key& key : vocabulary->keys) {
      const std::string name(key.name);
      bool found = false;
      for (const std::string& written : {"`" + name + "`", "`" + name + " = ", "`{ " + name + " = ", "`[" + name + "]`",
                                         "`[[" + name + "]]`", "`[" + name + ".NAME]`"}) {
        const std::size_t at = markdown.find(written, key.later ? later : 0);
        found = found || (at != std::string::npos && (key.later || at < later));
      }
      EXPECT_TRUE(found) << name << " of " << vocabulary->of << " is not in docs/language.md"
                         << (key.later ? " under \"What comes later\"" : "");
    }
  }
}

} // namespace
} // namespace murphy::scenario
