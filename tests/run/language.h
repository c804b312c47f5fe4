// Scenarios for tests, written as users write them.
#pragma once

#include "scenario/reader.h"
#include "scenario/variables.h"

#include <gtest/gtest.h>
#include <string>

namespace murphy::run {

inline const scenario::Project& project() {
  static const scenario::Project read = [] {
    auto result = scenario::read_project("murphy.toml", R"(
[app]
sign_in   = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}", Password = "${user.password}" } }
sign_out  = { submit = "Sign out" }
dashboard = { page = "/dashboard", shows = "[data-user]" }

[idp.company]
origin = "http://id.test"

[target.local]
url = "http://app.test"

[user.ada]
email    = "ada@example.com"
password = "correct horse 9"
)");
    EXPECT_TRUE(result.errors.empty()) << render(result.errors.front());
    return *result.project;
  }();
  return read;
}

// One scenario with these steps, each line one step as TOML.
inline scenario::Scenario scenario_of(const std::string& steps) {
  const std::string text = "feature = \"Test\"\n[[scenario]]\nname = \"case\"\nsteps = [\n" + steps + "\n]\n";
  auto read = scenario::read_feature("test.toml", text, project(), {});
  for (const Error& error : read.errors) ADD_FAILURE() << render(error);
  return read.feature ? read.feature->scenarios.front() : scenario::Scenario{};
}

// What `expect = { … }` says.
inline std::vector<scenario::Expectation> expectations(const std::string& inside) {
  const auto scenario = scenario_of("{ expect = { " + inside + " } }");
  return scenario.steps.empty() ? std::vector<scenario::Expectation>{} : scenario.steps.front().expect;
}

} // namespace murphy::run
