#include "cli/source.h"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;

class Source : public testing::Test {
protected:
  Source() {
    std::string pattern = (fs::temp_directory_path() / "murphy-source-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    fs::create_directories(folder_ / "app");
    write("app/a.py", "emial\n");
  }
  ~Source() override { fs::remove_all(folder_); }

  void write(const std::string& file, const std::string& text) const { std::ofstream(folder_ / file) << text; }
  std::string project(const std::string& app) const {
    write("murphy.toml", app + "[target.local]\nurl = \"http://127.0.0.1:8080\"\n");
    return (folder_ / "murphy.toml").string();
  }

  fs::path folder_;
};

TEST_F(Source, IsWhereTheProjectSaysOrWhereItIsACheckout) {
  EXPECT_EQ(code_of_app(project("")), nullptr) << "no checkout";
  const auto stated = code_of_app(project("[app]\nsource = \"app\"\n"));
  ASSERT_NE(stated, nullptr);
  ASSERT_EQ(stated->places_of("emial").size(), 1U);
  EXPECT_EQ(stated->places_of("emial").front().file, "a.py");
  fs::create_directories(folder_ / ".git");
  EXPECT_NE(code_of_app(project("")), nullptr);
}

TEST_F(Source, IsNoneWithoutAProject) {
  EXPECT_EQ(code_of_app(std::string()), nullptr);
  EXPECT_EQ(code_of_app((folder_ / "no.toml").string()), nullptr);
}

} // namespace
} // namespace murphy::cli
