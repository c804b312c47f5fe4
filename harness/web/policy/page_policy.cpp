#include "web/policy/page_policy.h"

#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <utility>

namespace murphy::web {
namespace {

std::string_view token_of(SandboxFlag flag) {
  switch (flag) {
  case SandboxFlag::forms: return "allow-forms";
  case SandboxFlag::scripts: return "allow-scripts";
  case SandboxFlag::top_navigation: return "allow-top-navigation";
  case SandboxFlag::same_origin: break;
  }
  return "allow-same-origin";
}

// A person who presses something activates the page.
bool allows(std::string_view words, SandboxFlag flag) {
  return std::ranges::any_of(split(words, ' '), [&](std::string_view word) {
    return equal_ignoring_ascii_case(word, token_of(flag)) ||
           (flag == SandboxFlag::top_navigation &&
            equal_ignoring_ascii_case(word, "allow-top-navigation-by-user-activation"));
  });
}

} // namespace

const PagePolicy::Directive* PagePolicy::Stated::find(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto found = std::ranges::find(directives, name, &Directive::name);
    if (found != directives.end()) return &*found;
  }
  return nullptr;
}

PagePolicy::PagePolicy(Url self, const std::vector<record::Header>& headers) : self_(std::move(self)) {
  for (const std::string* value : record::find_headers(headers, "Content-Security-Policy")) {
    for (const std::string_view policy : split(*value, ',')) add(policy, record::Policy::From::header, 0);
  }
}

void PagePolicy::add_meta(std::string_view content, std::uint32_t place) {
  add(content, record::Policy::From::meta, place);
}

// https://w3c.github.io/webappsec-csp/#parse-serialized-policy
void PagePolicy::add(std::string_view policy, record::Policy::From from, std::uint32_t place) {
  Stated stated;
  stated.from = from;
  stated.place = place;
  for (const std::string_view part : split(policy, ';')) {
    Directive directive;
    directive.text = collapse_white_space(part);
    if (directive.text.empty()) continue;
    const std::size_t space = std::min(directive.text.find(' '), directive.text.size());
    directive.name = ascii_lower(directive.text.substr(0, space));
    const bool means_nothing =
        from == record::Policy::From::meta && (directive.name == "sandbox" || directive.name == "frame-ancestors");
    if (means_nothing || stated.find({directive.name}) != nullptr) continue;
    directive.sources = SourceList::parse(std::string_view(directive.text).substr(space));
    stated.directives.push_back(std::move(directive));
  }
  policies_.push_back(std::move(stated));
}

template <class Holds>
std::optional<record::Policy> PagePolicy::broken(std::initializer_list<std::string_view> names, Holds&& holds) const {
  for (const Stated& policy : policies_) {
    const Directive* directive = policy.find(names);
    if (directive != nullptr && !holds(policy, *directive)) return record::Policy{policy.from, directive->text};
  }
  return std::nullopt;
}

std::optional<record::Policy> PagePolicy::forbids_form(const Url& target, Reached reached) const {
  return broken({"form-action"}, [&](const Stated&, const Directive& directive) {
    return directive.sources.matches(target, self_, reached);
  });
}

std::optional<record::Policy> PagePolicy::forbids(const InlineScript& script) const {
  if (auto sandboxed = sandboxes(SandboxFlag::scripts)) return sandboxed;
  const auto allows = [&](const Stated& policy, const Directive& directive) {
    return script.place < policy.place || directive.sources.allows(script);
  };
  return script.kind == InlineScript::Kind::element ? broken({"script-src-elem", "script-src", "default-src"}, allows)
                                                    : broken({"script-src-attr", "script-src", "default-src"}, allows);
}

std::optional<record::Policy> PagePolicy::sandboxes(SandboxFlag flag) const {
  return broken({"sandbox"}, [&](const Stated&, const Directive& directive) { return allows(directive.text, flag); });
}

void PagePolicy::put_in_sandbox(std::string_view words) { frame_sandboxes_.push_back(collapse_white_space(words)); }

bool PagePolicy::is_framed_without(SandboxFlag flag) const {
  return std::ranges::any_of(frame_sandboxes_, [&](const std::string& words) { return !allows(words, flag); });
}

std::vector<std::string> PagePolicy::sandboxes() const {
  std::vector<std::string> all = frame_sandboxes_;
  for (const Stated& policy : policies_)
    if (const Directive* directive = policy.find({"sandbox"})) all.push_back(directive->text);
  return all;
}

bool PagePolicy::names_parents() const {
  return std::ranges::any_of(policies_,
                             [](const Stated& policy) { return policy.find({"frame-ancestors"}) != nullptr; });
}

std::optional<record::Policy> PagePolicy::forbids_frame(const Url& target, Reached reached) const {
  return broken({"frame-src", "child-src", "default-src"}, [&](const Stated&, const Directive& directive) {
    return directive.sources.matches(target, self_, reached);
  });
}

std::optional<record::Policy> PagePolicy::forbids_parent(const Url& parent) const {
  return broken({"frame-ancestors"}, [&](const Stated&, const Directive& directive) {
    return directive.sources.matches(parent, self_, Reached::by_redirect);
  });
}

bool PagePolicy::upgrades_insecure_requests() const {
  return std::ranges::any_of(
      policies_, [](const Stated& policy) { return policy.find({"upgrade-insecure-requests"}) != nullptr; });
}

} // namespace murphy::web
