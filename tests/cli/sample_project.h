// A project in a scratch folder, for tests of what commands make of their files.
#pragma once

#include "command.h"

#include <filesystem>
#include <string>

namespace murphy::cli {

// A target on this machine that nothing has to listen on, an app that can be signed in to, and one user.
inline constexpr const char* sample_project = R"(
[app]
sign_in = { page = "/login", submit = "Sign in", fields = { Email = "${user.email}", Password = "${user.password}" } }

[target.local]
url = "http://127.0.0.1:8080"

[target.staging]
url = "https://www.example.com"

[target.live]
url        = "https://www.example.com"
production = true

[user.ada]
email    = "ada@example.com"
password = { env = "ADA_PASSWORD" }
)";

inline constexpr const char* sample_feature = R"(
feature = "Sign in"

[[scenario]]
name  = "Reaches the dashboard"
tags  = ["smoke"]
steps = [{ open = "/dashboard", expect = { status = 200 } }]

[[scenario]]
name  = "Changes the name"
tags  = ["writes"]
steps = [{ open = "/profile", expect = { status = 200 } }]

[[scenario]]
name  = "Signs in"
tags  = ["signs-in"]
steps = [{ sign_in = "ada" }]
)";

class SampleProject {
public:
  explicit SampleProject(const std::string& project = sample_project, const std::string& feature = sample_feature) {
    std::filesystem::create_directory(folder_.path() / "scenarios");
    folder_.file("murphy.toml", project);
    folder_.file("scenarios/sign-in.toml", feature);
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    return folder_.file(name, text).string();
  }

private:
  reports::ScratchFolder folder_;
};

} // namespace murphy::cli
