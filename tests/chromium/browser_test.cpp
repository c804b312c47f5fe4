#include "chromium/browser.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <map>

namespace murphy::chromium {
namespace {

using Environment = std::map<std::string, std::string>;

Variable of(const Environment& environment) {
  return [environment](const char* name) -> const char* {
    const auto found = environment.find(name);
    return found == environment.end() ? nullptr : found->second.c_str();
  };
}

TEST(FindChromium, TakesWhatIsNamedAndWhatIsInstalled) {
  const Environment named{{"CHROMIUM", "/opt/chrome/chrome"}, {"PATH", "/usr/bin"}}, none{{"PATH", "/proc"}}, nothing;
  EXPECT_EQ(find_chromium(of(named)), "/opt/chrome/chrome");
  EXPECT_EQ(find_chromium(of(none)), std::nullopt);
  EXPECT_EQ(find_chromium(of(nothing)), std::nullopt);
}

TEST(HasDisplay, KnowsBothKinds) {
  const Environment x11{{"DISPLAY", ":0"}}, wayland{{"WAYLAND_DISPLAY", "wayland-0"}}, empty{{"DISPLAY", ""}};
  EXPECT_TRUE(has_display(of(x11)));
  EXPECT_TRUE(has_display(of(wayland)));
  EXPECT_FALSE(has_display(of(empty)));
}

// Its profiles are made in a folder of this test.
class Browsers : public testing::Test {
protected:
  Browsers() {
    if (const char* before = std::getenv("TMPDIR")) before_ = before;
    std::string name = (std::filesystem::temp_directory_path() / "murphy-browsers-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    setenv("TMPDIR", folder_.c_str(), 1);
  }
  ~Browsers() override {
    before_ ? setenv("TMPDIR", before_->c_str(), 1) : unsetenv("TMPDIR");
    std::filesystem::remove_all(folder_);
  }
  std::filesystem::path folder_;

private:
  std::optional<std::string> before_;
};

TEST_F(Browsers, LeaveNoProfileBehind) {
  {
    auto browser = Browser::start("/bin/true");
    ASSERT_TRUE(browser) << browser.error().what;
    EXPECT_FALSE(std::filesystem::is_empty(folder_));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(Browsers, OfferToKeepNoPassword) {
  const std::filesystem::path program = folder_ / "program";
  std::ofstream(program) << "#!/bin/sh\ncat \"${2#*=}/Default/Preferences\"\n";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  auto browser = Browser::start(program.string());
  ASSERT_TRUE(browser) << browser.error().what;
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!browser->exit() && std::chrono::steady_clock::now() < until) browser->receive([](std::string_view) {});
  EXPECT_THAT(browser->last_words(), testing::HasSubstr("\"credentials_enable_service\": false"));
}

TEST_F(Browsers, SayWhatAProgramThatIsNoneWrote) {
  auto browser = Browser::start("/nowhere/chromium");
  ASSERT_TRUE(browser) << browser.error().what;
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!browser->exit() && std::chrono::steady_clock::now() < until) browser->receive([](std::string_view) {});
  ASSERT_TRUE(browser->exit());
  EXPECT_THAT(browser->last_words(), testing::HasSubstr("/nowhere/chromium"));
}

} // namespace
} // namespace murphy::chromium
