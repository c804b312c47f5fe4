// The places of a name in throw-away repositories.
#include "source/code.h"

#include "source/program.h"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>

namespace murphy::source {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using record::CodePlace;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

class Folder : public testing::Test {
protected:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "murphy-code-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~Folder() override { fs::remove_all(folder_); }

  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((folder_ / file).parent_path());
    std::ofstream(folder_ / file) << text;
  }

  fs::path folder_;
};

class Repository : public Folder {
protected:
  Repository() { git("init -q -b main"); }

  void git(const std::string& arguments) const {
    const std::string command =
        "cd '" + folder_.string() +
        "' && env -u GIT_DIR -u GIT_INDEX_FILE git -c user.name=Ada -c user.email=ada@example.com " + arguments +
        " >/dev/null 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }
  void commit(const std::string& subject, const std::string& when = {}) const {
    git("add -A");
    const std::string dates = when.empty() ? "" : "GIT_AUTHOR_DATE='" + when + "' GIT_COMMITTER_DATE='" + when + "' ";
    const std::string command = "cd '" + folder_.string() + "' && " + dates +
                                "git -c user.name=Ada -c user.email=ada@example.com commit -qm '" + subject + "'";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }
  std::vector<CodePlace> places_of(const std::string& name, const std::vector<std::string>& left_out = {}) const {
    return Code(folder_, left_out, 60s).places_of(name);
  }
};

auto place(const std::string& file, std::uint32_t line) {
  return AllOf(Field("file", &CodePlace::file, file), Field("line", &CodePlace::line, line));
}

TEST_F(Repository, NamesTheLineAndTheCommitThatWroteIt) {
  write("db/001.sql", "CREATE TABLE users (\n  password_hash TEXT\n);\n");
  commit("First", "2026-01-01T10:00:00Z");
  write("db/002.sql", "-- again\nALTER TABLE users RENAME password_hash TO pasword_hash;\n");
  commit("Redevelop users");
  write("readme.txt", "Hello\n");
  commit("Say hello");
  const auto found = places_of("pasword_hash");
  ASSERT_THAT(found, ElementsAre(place("db/002.sql", 2)));
  EXPECT_EQ(found.front().subject, "Redevelop users");
  EXPECT_THAT(found.front().commit, SizeIs(testing::Ge(7U)));
  EXPECT_LT(found.front().age, 1h);
  EXPECT_FALSE(found.front().is_new);
}

TEST_F(Repository, PutsWhatIsNotCommittedFirstThenTheNewestCommit) {
  write("a.py", "emial\n");
  commit("Old", "2020-01-01T10:00:00Z");
  write("b.py", "emial\n");
  commit("New");
  write("c.py", "x = 1\n");
  commit("Other");
  write("c.py", "x = 1\nprint(emial)\n");
  const auto found = places_of("emial");
  ASSERT_THAT(found, ElementsAre(place("c.py", 2), place("b.py", 1), place("a.py", 1)));
  EXPECT_TRUE(found[0].is_new);
  EXPECT_EQ(found[1].subject, "New");
  EXPECT_EQ(found[2].subject, "Old");
  EXPECT_GT(found[2].age, 24h * 365);
}

TEST_F(Repository, LooksForWholeWordsInTrackedFilesOfTheAppAlone) {
  write("app.py", "emial_address\nemail\n");
  write("scenarios/a.toml", "with = { emial = 1 }\n");
  write("docs/a.md", "emial\n");
  write("tests/a.py", "emial\n");
  write("run.log", "emial\n");
  commit("All");
  write("new.py", "emial\n");
  EXPECT_THAT(places_of("emial", {(folder_ / "scenarios/a.toml").string()}), IsEmpty());
}

TEST_F(Repository, KnowsANameInAnotherStyle) {
  write("User.java", "class User {\n  String paswordHash;\n}\n");
  commit("All");
  const auto found = places_of("pasword_hash");
  ASSERT_THAT(found, ElementsAre(place("User.java", 2)));
  EXPECT_EQ(found.front().name, "paswordHash");
}

TEST_F(Repository, NamesNothingThatIsEverywhere) {
  for (const char* file : {"a", "b", "c", "d", "e"}) write(std::string(file) + ".py", "email\n");
  commit("Old");
  for (int i = 0; i < 10; ++i) {
    write("other.txt", std::to_string(i));
    commit("Other");
  }
  EXPECT_THAT(places_of("email"), IsEmpty());
  write("f.py", "email\n");
  commit("The slip");
  EXPECT_THAT(places_of("email"), ElementsAre(place("f.py", 1))) << "what the newest commit wrote, alone";
}

TEST_F(Repository, ChangesNothing) {
  write("a.py", "emial\n");
  commit("All");
  const auto before = fs::last_write_time(folder_ / ".git/index");
  std::ofstream(folder_ / "a.py", std::ios::app) << "emial\n";
  EXPECT_THAT(places_of("emial"), SizeIs(1));
  EXPECT_EQ(fs::last_write_time(folder_ / ".git/index"), before);
  EXPECT_FALSE(fs::exists(folder_ / ".git/index.lock"));
}

TEST_F(Repository, IsKnownFromAFolderInside) {
  write("app/views/a.erb", "<%= @usr %>\n");
  commit("All");
  EXPECT_TRUE(is_checkout(folder_ / "app"));
  EXPECT_THAT(Code(folder_ / "app", {}, 60s).places_of("usr"), ElementsAre(place("views/a.erb", 1)));
}

TEST_F(Folder, WithoutGitIsSearchedItself) {
  EXPECT_FALSE(is_checkout(folder_));
  write("app/a.php", "<?php\necho $emial;\n");
  write("node_modules/x/a.js", "emial\n");
  write("a.bin", std::string("emial\0", 6));
  const auto found = Code(folder_, {}, 60s).places_of("emial");
  ASSERT_THAT(found, ElementsAre(place("app/a.php", 2)));
  EXPECT_EQ(found.front().commit, "");
}

TEST_F(Folder, OfAShortNameOrANumberTellsNothing) {
  write("a.py", "id 9000\n");
  EXPECT_THAT(Code(folder_, {}, 60s).places_of("id"), IsEmpty());
  EXPECT_THAT(Code(folder_, {}, 60s).places_of("9000"), IsEmpty());
}

TEST(Program, IsEndedAtTheDeadlineAndBeyondTheBound) {
  EXPECT_FALSE(printed_by({"sleep", "1000"}, std::chrono::steady_clock::now(), 100).is_whole);
  const Printed endless = printed_by({"yes"}, std::chrono::steady_clock::now() + 60s, 1000);
  EXPECT_FALSE(endless.is_whole);
  EXPECT_GT(endless.text.size(), 1000U);
  EXPECT_TRUE(printed_by({"echo", "a"}, std::chrono::steady_clock::now() + 60s, 1000).is_whole);
  EXPECT_FALSE(printed_by({"no-such-program"}, std::chrono::steady_clock::now() + 60s, 1000).is_whole);
}

} // namespace
} // namespace murphy::source
