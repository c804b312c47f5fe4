#include "imported/scenario_text.h"

#include "base/text.h"
#include "base/toml_literal.h"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>

namespace murphy::imported {
namespace {

std::string_view name_of(Verb verb) {
  switch (verb) {
  case Verb::open: return "open";
  case Verb::submit: return "submit";
  case Verb::click: return "click";
  case Verb::request: return "request";
  case Verb::sign_in: return "sign_in";
  }
  return {};
}

std::string table(const std::vector<Member>& members) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : members) parts.push_back(fmt::format("{} = {}", toml_key(key), value));
  return "{ " + join(parts, ", ") + " }";
}

// Without "${…}", whose names are those of the project.
std::string without_names(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t at = std::min(text.find("${"), text.size());
    const std::size_t end = text.find('}', at);
    const bool is_reference = end != std::string_view::npos && (at == 0 || text[at - 1] != '$');
    plain += text.substr(0, is_reference ? at : std::min(at + 2, text.size()));
    text.remove_prefix(is_reference ? end + 1 : std::min(at + 2, text.size()));
  }
  return plain;
}

// The texts of a value: what stands in quotes.
void add_texts(std::string_view value, std::vector<std::string>& parts) {
  for (std::size_t at = value.find('"'); at != std::string_view::npos; at = value.find('"', at + 1)) {
    const std::size_t begin = at + 1;
    for (at = begin; at < value.size() && value[at] != '"'; ++at)
      if (value[at] == '\\') ++at;
    at = std::min(at, value.size());
    parts.push_back(without_names(value.substr(begin, at - begin)));
  }
}

} // namespace

std::string step_text(const ImportedStep& step) {
  std::vector<Member> members{{std::string(name_of(step.verb)), step.argument}};
  if (!step.with.empty()) members.emplace_back("with", table(step.with));
  if (!step.expect.empty()) members.emplace_back("expect", table(step.expect));
  return table(members);
}

std::vector<std::string> recorded_parts(const ImportedScenario& scenario) {
  std::vector<std::string> parts = scenario.comments;
  for (const ImportedStep& step : scenario.steps) {
    parts.insert(parts.end(), step.comments.begin(), step.comments.end());
    add_texts(step.argument, parts);
    for (const auto& [name, value] : step.with) {
      parts.push_back(name);
      add_texts(value, parts);
    }
    for (const auto& [key, value] : step.expect)
      if (key != "dashboard" && key != "status" && key != "no_element") add_texts(value, parts);
  }
  return parts;
}

std::string scenario_text(const ImportedScenario& scenario) {
  std::string text;
  for (const std::string& comment : scenario.comments) text += "# " + one_line(comment) + "\n";
  text += fmt::format("feature = {}\n\n[[scenario]]\nname   = {}\nticket = {}\nsteps  = [\n",
                      toml_plain("Ticket " + scenario.ticket), toml_plain(scenario.name), toml_plain(scenario.ticket));
  for (const ImportedStep& step : scenario.steps) {
    for (const std::string& comment : step.comments) text += "  # " + one_line(comment) + "\n";
    text += "  " + step_text(step) + ",\n";
  }
  return text + "]\n";
}

} // namespace murphy::imported
