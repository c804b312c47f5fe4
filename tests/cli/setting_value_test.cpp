// Values of settings, from where the project file says.
#include "cli/setting_value.h"

#include "command.h"

#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

scenario::Setting setting(scenario::Setting::From from, const std::string& text) {
  return {.from = from, .text = {text, {.file = "murphy.toml", .line = 7}, "", {}}};
}

TEST(SettingValues, OfTheEnvironmentAndOfFilesAreSecrets) {
  const reports::ScratchFolder folder;
  std::vector<std::string> learned;
  scenario::Inputs inputs;
  inputs.environment = [](const std::string& name) -> std::optional<ClearText> {
    if (name == "ALERT_URL") return ClearText("https://alerts.example.com/key");
    return std::nullopt;
  };
  inputs.learn_secret = [&](const std::shared_ptr<const Secret>& secret) { learned.push_back(secret->label()); };
  const auto plain = value_of(setting(scenario::Setting::From::text, "https://example.com"), inputs, "url");
  EXPECT_EQ(plain->text(), "https://example.com");
  const auto variable = value_of(setting(scenario::Setting::From::environment, "ALERT_URL"), inputs, "url");
  EXPECT_EQ(variable->shown(), "‹url›");
  const std::string file = folder.file("url", "https://alerts.example.com/other\n").string();
  EXPECT_TRUE(value_of(setting(scenario::Setting::From::file, file), inputs, "url")->is_secret());
  EXPECT_THAT(learned, testing::ElementsAre("url", "url"));
  const auto none = value_of(setting(scenario::Setting::From::environment, "NONE"), inputs, "url");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::usage);
  EXPECT_EQ(none.error().place.line, 7U);
}

} // namespace
} // namespace murphy::cli
