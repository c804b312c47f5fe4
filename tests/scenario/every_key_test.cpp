// No key is taken and passed over: whatever it is written beside, a value that no key takes is reported where it is.
#include "base/regex.h"
#include "scenario/reader.h"
#include "scenario/step_table.h"
#include "tests/places.h"
#include "vocabularies.h"

#include <cstdint>
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace murphy::scenario {
namespace {

using testing::Contains;
using testing::HasSubstr;

// JSON has no such number, everything else no list of lists.
const std::string nonsense = "[[nan]]";

const Project& known_project() {
  static const ReadProject read = read_project("murphy.toml", R"(
[app]
sign_in = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}" } }
sign_out = { submit = "Sign out" }
dashboard = { page = "/dashboard", shows = "[data-user]" }
[target.local]
url = "http://app.test"
[user.ada]
email = "ada@example.com"
)");
  EXPECT_TRUE(read.errors.empty());
  return *read.project;
}

// What is said of the last line of a file.
std::vector<std::string> said_of_last_line(File file, const std::string& text) {
  const Errors errors = file == File::project ? read_project("file.toml", text).errors
                                              : read_feature("file.toml", text, known_project(), {}).errors;
  const auto lines = static_cast<std::uint32_t>(std::ranges::count(text, '\n')) + 1;
  std::vector<std::string> said;
  for (const Error& error : errors)
    if (error.place.line == lines) said.push_back(error.what);
  return said;
}

TEST(EveryKey, IsReadWhereverItIsWritten) {
  for (const Home& home : homes()) {
    for (const Key& key : home.keys->keys) {
      std::string above = home.above;
      const std::string name(key.name);
      if (home.keys == &capture_keys && name == "attr") above += home.path + "css = \"a\"\n";
      EXPECT_FALSE(said_of_last_line(home.file, above + home.path + name + " = " + nonsense).empty())
          << home.path << name << " of " << home.keys->of << " is not read";
    }
  }
}

TEST(EveryKey, OfAVerbIsReadBesideEveryVerbThatTakesIt) {
  std::string step;
  for (const Home& home : homes())
    if (home.keys == &step_keys) step = home.above;
  int pairs = 0;
  for (const VerbRow& verb : verbs()) {
    for (const ModifierRow& modifier : modifiers()) {
      if (verb.key == modifier.key) continue;
      const std::string key(modifier.key);
      const auto said =
          said_of_last_line(File::feature, step + std::string(verb.example) + "\n" + key + " = " + nonsense);
      ASSERT_FALSE(said.empty()) << key << " beside " << verb.key << " is not read";
      if (verb.takes_it(modifier.modifier)) {
        ++pairs;
        for (const std::string& each : said) {
          EXPECT_THAT(each,
                      testing::AllOf(testing::Not(HasSubstr("has no meaning")), testing::Not(HasSubstr("belongs to"))))
              << key << " beside " << verb.key;
        }
      } else {
        EXPECT_THAT(said, Contains(testing::AnyOf(HasSubstr("does not apply to \"" + std::string(verb.key) + "\""),
                                                  HasSubstr("this step has \"" + std::string(verb.key) + "\""))));
      }
    }
  }
  EXPECT_GT(pairs, 40);
}

TEST(EveryKey, HasItsExampleAsItIsWritten) {
  for (const VerbRow& verb : verbs()) EXPECT_TRUE(verb.example.starts_with(verb.key)) << verb.key;
  for (const ModifierRow& modifier : modifiers())
    EXPECT_TRUE(modifier.example.starts_with(modifier.key)) << modifier.key;
}

TEST(EveryKey, IsInAVocabularyWithAHome) {
  std::ifstream file(in_project("harness/scenario/vocabulary.h"));
  std::ostringstream text;
  text << file.rdbuf();
  const std::string header = text.str();
  std::vector<std::string> named;
  for (std::size_t at = header.find("_keys"); at != std::string::npos; at = header.find("_keys", at + 1)) {
    const std::size_t begin = header.find_last_of(" ,", at) + 1;
    named.push_back(header.substr(begin, at + 5 - begin));
  }
  ASSERT_GT(named.size(), 10U);
  std::vector<std::string> known;
  for (const Home& home : homes()) known.push_back(home.name);
  EXPECT_THAT(known, testing::UnorderedElementsAreArray(named)) << "add the vocabulary to vocabularies.h";
}

} // namespace
} // namespace murphy::scenario
