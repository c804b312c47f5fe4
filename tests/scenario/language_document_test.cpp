#include "base/text.h"
#include "scenario/reader.h"
#include "scenario/step_table.h"
#include "tests/places.h"
#include "vocabularies.h"

#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <sstream>

// docs/language.md against the reader: its examples are read, and every key is there.

namespace murphy::scenario {
namespace {

std::string document() {
  std::ifstream file(in_project("docs/language.md"));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

struct DocumentedExample {
  bool is_project = false;
  std::size_t line = 0; // of the document, where it begins
  std::string text;
};

std::vector<DocumentedExample> examples(const std::string& markdown) {
  std::vector<DocumentedExample> result;
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
  for (const DocumentedExample& example : examples(document())) {
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
  for (const Home& home : homes()) {
    const Vocabulary* const vocabulary = home.keys;
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

// What the table of the modifiers says of one.
std::string effect_of(const std::string& markdown, std::string_view modifier) {
  const std::size_t table = markdown.find("\n| modifier |");
  std::size_t row = markdown.find("\n| `", table);
  while (row != std::string::npos) {
    const std::size_t cell = markdown.find(" | ", row);
    const std::string keys = markdown.substr(row, cell - row);
    const std::string text = markdown.substr(cell, markdown.find('\n', cell) - cell);
    const std::string name(modifier);
    if (keys.contains("`" + name + " =") || keys.contains("`" + name + "`")) return text;
    row = markdown.find("\n| `", cell);
  }
  return {};
}

TEST(LanguageDocument, NamesTheVerbsOfEveryModifier) {
  const std::string markdown = document();
  for (const ModifierRow& modifier : modifiers()) {
    const std::string whole = effect_of(markdown, modifier.key);
    ASSERT_FALSE(whole.empty()) << modifier.key;
    const std::string effect = whole.substr(0, whole.find(". ")); // what follows may speak of single verbs
    const bool names_others = effect.contains("except ") || effect.contains("not for ");
    std::set<std::string> named, meant;
    bool goes_with_all = true;
    for (const VerbRow& verb : verbs()) {
      const std::string key(verb.key);
      const bool takes = verb.takes_it(modifier.modifier);
      goes_with_all = goes_with_all && takes;
      if (effect.contains("`" + key + "`")) named.insert(key);
      if (takes != names_others) meant.insert(key);
    }
    if (goes_with_all) continue;
    EXPECT_EQ(named, meant) << modifier.key << ":" << effect;
  }
}

TEST(LanguageDocument, NamesTheExpectationsThatAreNoConditions) {
  const std::string effect = effect_of(document(), "when");
  for (const Key& key : expect_keys.keys) {
    const bool named = effect.substr(std::min(effect.find("except "), effect.size())).contains(key.name);
    EXPECT_EQ(named, when_keys.find(key.name) == nullptr) << key.name;
  }
}

} // namespace
} // namespace murphy::scenario
