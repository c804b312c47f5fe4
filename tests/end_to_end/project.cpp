#include "project.h"

#include <fmt/format.h>

namespace murphy::end_to_end {

Project::Project(const std::string& target) {
  folder_.write("murphy.toml", fmt::format(R"([app]
sign_in   = {{ page = "/login", submit = "Sign in", fields = {{ Email = "${{user.email}}", Password = "${{user.password}}" }} }}
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}

[target.local]
{}

[user.ada]
email    = "ada@example.com"
password = "correct horse 9"
)",
                                           target));
}

void Project::open(const std::string& path) {
  scenarios_ += fmt::format(
      "\n[[scenario]]\nname  = \"{}\"\nsteps = [{{ open = \"{}\", expect.text = \"Welcome\" }}]\n", path, path);
}

Invocation Project::invocation(std::vector<std::string> arguments) const {
  folder_.write("scenarios/pages.toml", scenarios_);
  Invocation invocation;
  invocation.directory = folder_.path();
  invocation.arguments = {"run", "--journal", "run.jsonl", "--junit", "run.xml"};
  invocation.arguments.insert(invocation.arguments.end(), arguments.begin(), arguments.end());
  return invocation;
}

Finished Project::run(std::vector<std::string> arguments) const {
  return end_to_end::run(invocation(std::move(arguments)));
}

std::string misbehaving(const std::string& more) {
  return fmt::format("url   = \"http://127.0.0.1:${{port}}\"\n"
                     "start = \"exec /usr/bin/python3 -u {}/misbehaving.py ${{port}}\"\n"
                     "ready = \"/ready\"\n{}",
                     servers, more);
}

} // namespace murphy::end_to_end
