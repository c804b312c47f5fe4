// `murphy schema`: what editors hold files to. All that the project ships keeps to it, and what is wrong by it is wrong
// to murphy check.
#include "command.h"
#include "project.h"

#include <filesystem>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class LanguageSchemas : public testing::Test {
protected:
  LanguageSchemas() {
    for (const std::string kind : {"scenario", "project"}) {
      Invocation murphy;
      murphy.arguments = {"schema", kind};
      folder_.write(kind + ".json", run(murphy).out);
    }
  }

  // What is wrong with the files by the schema, a line each.
  std::string faults(const std::string& kind, const std::vector<std::string>& files) const {
    Invocation python;
    python.binary = "/usr/bin/python3";
    python.arguments = {std::string(servers) + "/hold_to_schema.py", (folder_ / (kind + ".json")).string()};
    python.arguments.insert(python.arguments.end(), files.begin(), files.end());
    const Finished held = run(python);
    EXPECT_EQ(held.err, "");
    return held.out;
  }

  TemporaryFolder folder_;
};

TEST_F(LanguageSchemas, TakeAllThatTheProjectShips) {
  std::vector<std::string> projects, features;
  for (const char* folder : {"scenarios", "fixtures"}) {
    for (const auto& entry : fs::recursive_directory_iterator(in_project(folder))) {
      const std::string path = entry.path();
      if (entry.path().filename() == "murphy.toml") projects.push_back(path);
      if (path.ends_with(".toml") && entry.path().parent_path().filename() == "scenarios") features.push_back(path);
    }
  }
  EXPECT_GT(projects.size(), 3U);
  EXPECT_GT(features.size(), 10U);
  EXPECT_EQ(faults("project", projects), "");
  EXPECT_EQ(faults("scenario", features), "");
}

TEST_F(LanguageSchemas, TakeEveryExampleOfTheDocuments) {
  std::vector<std::string> projects, features;
  for (const auto& entry : fs::directory_iterator(in_project("docs"))) {
    if (entry.path().extension() != ".md") continue;
    const std::string text = read_file(entry.path());
    for (std::size_t at = text.find("```toml"); at != std::string::npos; at = text.find("```toml", at)) {
      const std::size_t begin = text.find('\n', at) + 1, end = text.find("\n```", begin) + 1;
      const std::string fence = text.substr(at, begin - at);
      at = end;
      if (fence == "```toml .taplo.toml\n") continue;
      const bool is_project = fence == "```toml murphy.toml\n";
      auto& files = is_project ? projects : features;
      const std::string name = entry.path().stem().string() + std::to_string(projects.size() + features.size());
      files.push_back(folder_.write(name + ".toml", text.substr(begin, end - begin)));
    }
  }
  EXPECT_GT(projects.size(), 5U);
  EXPECT_GT(features.size(), 10U);
  EXPECT_EQ(faults("project", projects), "");
  EXPECT_EQ(faults("scenario", features), "");
}

TEST_F(LanguageSchemas, RefuseWhatIsWrong) {
  const std::string feature = "feature = \"Any\"\n[[scenario]]\nname = \"Any\"\nsteps = [{ open = \"/\" }]\n";
  const std::string project = "[target.local]\nurl = \"http://127.0.0.1:1\"\n";
  std::size_t files = 0;
  for (const std::string kind : {"scenario", "project"}) {
    std::vector<std::string> wrong;
    for (const auto& entry : fs::directory_iterator(in_project("tests/end_to_end/wrong_files/") + kind))
      wrong.push_back(entry.path());
    files += wrong.size();
    const std::string found = "\n" + faults(kind, wrong);
    for (const std::string& file : wrong) {
      EXPECT_THAT(found, HasSubstr("\n" + file + ": "));
      folder_.write("murphy.toml", kind == "project" ? read_file(file) : project);
      folder_.write("scenarios/any.toml", kind == "project" ? feature : read_file(file));
      Invocation murphy;
      murphy.directory = folder_.path();
      murphy.arguments = {"check"};
      EXPECT_EQ(run(murphy).code, 2) << file;
    }
  }
  EXPECT_GE(files, 40U);
  EXPECT_EQ(faults("project", {folder_.write("murphy.toml", project)}), "");
  EXPECT_EQ(faults("scenario", {folder_.write("scenarios/any.toml", feature)}), "");
}

TEST_F(LanguageSchemas, AreOfTwoKinds) {
  Invocation murphy;
  murphy.arguments = {"schema", "scenarios"};
  const Finished done = run(murphy);
  EXPECT_EQ(done.code, 2);
  EXPECT_EQ(done.err, "there is no schema for \"scenarios\"\n  name scenario or project\n");
}

} // namespace
} // namespace murphy::end_to_end
