#include "run/plan/written_addresses.h"

#include "base/address.h"

#include <set>
#include <variant>

namespace murphy::run {

namespace {

class Collector {
public:
  WrittenAddresses addresses;

  void add(const scenario::Text& text) {
    if (text.is_literal() && text.source.starts_with('/')) ++addresses[std::string(address_parts(text.source).path)];
  }

  void add(const std::vector<scenario::Expectation>& expectations) {
    for (const scenario::Expectation& each : expectations)
      if (const auto* page = std::get_if<scenario::ExpectPage>(&each.is);
          page != nullptr && !page->glob && page->path.kind == scenario::Matcher::Kind::equals)
        add(page->path.text);
  }

  void add(const std::vector<scenario::Step>& steps) {
    for (const scenario::Step& step : steps) {
      if (const auto* open = std::get_if<scenario::Open>(&step.verb)) add(open->url);
      if (const auto* request = std::get_if<scenario::Request>(&step.verb)) add(request->url);
      if (const auto* validate = std::get_if<scenario::Validate>(&step.verb); validate != nullptr && validate->before)
        add(validate->before->steps);
      // A flow is written once, however many use it.
      if (const auto* use = std::get_if<scenario::Use>(&step.verb);
          use != nullptr && flows_.insert(use->flow.get()).second)
        add(use->flow->steps);
      add(step.expect);
    }
  }

private:
  std::set<const scenario::Flow*> flows_;
};

} // namespace

WrittenAddresses written_addresses(const scenario::Project& project, const Plan& plan) {
  Collector all;
  const scenario::App& app = project.app;
  for (const auto* flow : {&app.sign_in, &app.sign_out})
    if (*flow) all.add((*flow)->steps);
  for (const auto& [name, flow] : app.sign_in_by) all.add(flow.steps);
  if (app.dashboard) all.add(app.dashboard->page);
  if (app.csrf && app.csrf->open) all.add(*app.csrf->open);
  for (const scenario::Target& target : project.targets)
    for (const scenario::Text& ready : target.ready) all.add(ready);
  std::set<const scenario::Scenario*> scenarios; // one has a case for each row of its examples
  for (const Case& each : plan.cases)
    if (scenarios.insert(each.scenario).second) {
      all.add(each.scenario->steps);
      all.add(each.scenario->cleanup);
    }
  return std::move(all.addresses);
}

} // namespace murphy::run
