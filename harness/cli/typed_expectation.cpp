#include "cli/typed_expectation.h"

#include "base/make_error.h"
#include "scenario/reader.h"

#include <variant>

namespace murphy::cli {
namespace {

// What else a step may have is judged by nobody here.
bool is_only_expecting(const scenario::Step& step) {
  const auto* open = std::get_if<scenario::Open>(&step.verb);
  return open != nullptr && open->url.source == "/" && !step.expect.empty() && step.name.empty() &&
         step.capture.empty() && !step.when && !step.eventually && !step.timeout && step.follow_redirects &&
         step.errors.empty();
}

} // namespace

Result<std::vector<scenario::Expectation>> typed_expectations(const std::string& text,
                                                              const scenario::Project& project) {
  scenario::Checks checks;
  checks.is_given = [](std::string_view) { return true; };
  const std::string file =
      "feature = \"typed\"\n[[scenario]]\nname = \"typed\"\nsteps = [{ open = \"/\", expect = { " + text + " } }]\n";
  auto read = scenario::read_feature("typed", file, project, checks);
  if (!read.errors.empty()) {
    Error error = std::move(read.errors.front());
    error.place = {};
    error.source_line.clear();
    return std::unexpected(std::move(error));
  }
  scenario::Scenario& typed = read.feature->scenarios.front();
  if (read.feature->scenarios.size() != 1 || typed.steps.size() != 1 || !typed.cleanup.empty() ||
      !is_only_expecting(typed.steps.front()))
    return std::unexpected(
        usage_error("this is more than an expectation", "write what `expect` may have, such as title = \"Dashboard\""));
  return std::move(typed.steps.front().expect);
}

} // namespace murphy::cli
