#include "run/steps/expect_parts.h"

#include "base/label.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::run {
namespace {

using Found = std::vector<Mismatch>;
using scenario::Presence;

std::string shown_errors(const std::vector<drive::ShownError>& errors) {
  if (errors.empty()) return "the page shows no errors";
  std::string text = "the page shows:";
  for (const drive::ShownError& error : errors)
    text += fmt::format("\n  {}: {}", error.labels.empty() ? "(the form)" : error.labels.front(), error.words);
  return text;
}

std::string element_text(const drive::Element& element) {
  return element.text.empty() ? std::string("(no text)") : quoted(element.text, 120);
}

Result<Found> check_element(const scenario::ElementExpectation& wanted, Presence presence, const Observation& seen) {
  const auto elements = seen.visit.page->select(wanted.css);
  if (!elements) return std::unexpected(elements.error());
  Found found;
  const auto narrowed = [&](const drive::Element& element) -> Result<bool> {
    if (wanted.text) {
      const auto comparison = compare(*wanted.text, element.text, PlainString::part, seen.expand);
      if (!comparison) return std::unexpected(comparison.error());
      if (!comparison->holds) return false;
    }
    for (const auto& [name, matcher] : wanted.attributes) {
      const auto attribute = element.attributes.find(name);
      if (attribute == element.attributes.end()) return false;
      const auto comparison = compare(matcher, attribute->second, PlainString::whole, seen.expand);
      if (!comparison) return std::unexpected(comparison.error());
      if (!comparison->holds) return false;
    }
    return true;
  };
  if (presence == Presence::absent) {
    for (const drive::Element& element : *elements) {
      const auto matches = narrowed(element);
      if (!matches) return std::unexpected(matches.error());
      if (*matches) return Found{{{}, "no element " + wanted.css, "one with the text " + element_text(element), {}}};
    }
    return found;
  }
  if (wanted.count) {
    const auto comparison = compare(*wanted.count, std::to_string(elements->size()), PlainString::whole, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (!comparison->holds)
      found.push_back({"element.count",
                       fmt::format("{} of {}", comparison->expected, wanted.css),
                       std::to_string(elements->size()),
                       {}});
    if (elements->empty()) return found;
  } else if (elements->empty()) {
    return Found{{{}, wanted.css, "no such element on the page", {}}};
  }
  const drive::Element& first = elements->front();
  if (wanted.text) {
    const auto comparison = compare(*wanted.text, first.text, PlainString::part, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (!comparison->holds)
      found.push_back(
          {"element.text", fmt::format("{} in {}", comparison->expected, wanted.css), element_text(first), {}});
  }
  for (const auto& [name, matcher] : wanted.attributes) {
    const auto attribute = first.attributes.find(name);
    const std::string got = attribute == first.attributes.end() ? std::string() : attribute->second;
    const auto comparison = compare(matcher, got, PlainString::whole, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (attribute == first.attributes.end())
      found.push_back({"element.attr." + name, comparison->expected, "no such attribute", {}});
    else if (!comparison->holds)
      found.push_back({"element.attr." + name, comparison->expected, quoted(got), {}});
  }
  return found;
}

} // namespace

Mismatches check(const scenario::ExpectTitle& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  const std::string title = seen.visit.page->title();
  const auto comparison = compare(expected.title, title, PlainString::whole, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  if (comparison->holds) return Found{};
  return Found{{{}, comparison->expected, quoted(title), {}}};
}

Mismatches check(const scenario::ExpectText& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  const std::string text = seen.visit.page->text();
  Found found;
  for (const scenario::Matcher& matcher : expected.texts) {
    const auto comparison = compare(matcher, text, PlainString::part, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (comparison->holds == (expected.presence == Presence::there)) continue;
    found.push_back({{},
                     (expected.presence == Presence::absent ? "no " : "") + comparison->expected,
                     text.empty() ? "a page without text" : quoted(text),
                     {}});
  }
  return found;
}

Mismatches check(const scenario::ExpectElement& expected, const Observation& seen) {
  Found found;
  for (const scenario::ElementExpectation& element : expected.elements) {
    const auto mismatches = check_element(element, expected.presence, seen);
    if (!mismatches) return mismatches;
    found.insert(found.end(), mismatches->begin(), mismatches->end());
  }
  return found;
}

Mismatches check(const scenario::ExpectFieldError& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  const auto label = seen.expand(expected.label);
  if (!label) return std::unexpected(label.error());
  const auto errors = seen.visit.page->errors();
  std::string wanted, got;
  for (const drive::ShownError& error : errors) {
    if (!goes_by(error.labels, label->reveal())) continue;
    const auto comparison = compare(expected.words, error.words, PlainString::part_in_any_case, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (comparison->holds) return Found{};
    wanted = comparison->expected;
    got += (got.empty() ? "" : "; ") + quoted(error.words);
  }
  if (!got.empty()) return Found{{{}, wanted, got, {}}};
  const auto comparison = compare(expected.words, {}, PlainString::part_in_any_case, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  return Found{{{}, comparison->expected, fmt::format("no error at “{}”", label->shown()), shown_errors(errors)}};
}

Mismatches check(const scenario::ExpectNoFieldError& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  const auto errors = seen.visit.page->errors();
  std::vector<std::string> labels;
  for (const scenario::Text& text : expected.labels) {
    const auto label = seen.expand(text);
    if (!label) return std::unexpected(label.error());
    labels.push_back(std::string(label->reveal()));
  }
  Found found;
  for (const drive::ShownError& error : errors) {
    if (error.labels.empty()) continue;
    const bool asked = expected.any || std::any_of(labels.begin(), labels.end(), [&](const std::string& label) {
                         return goes_by(error.labels, label);
                       });
    if (asked) found.push_back({{}, "no error", fmt::format("{}: {}", error.labels.front(), quoted(error.words)), {}});
  }
  return found;
}

Mismatches check(const scenario::ExpectFormError& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  const auto errors = seen.visit.page->errors();
  for (const drive::ShownError& error : errors) {
    const auto comparison = compare(expected.words, error.words, PlainString::part_in_any_case, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (error.labels.empty() && comparison->holds) return Found{};
  }
  const auto comparison = compare(expected.words, {}, PlainString::part_in_any_case, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  const bool none =
      std::none_of(errors.begin(), errors.end(), [](const drive::ShownError& error) { return error.labels.empty(); });
  return Found{{{}, comparison->expected, none ? "no error of the form" : "other words", shown_errors(errors)}};
}

Mismatches check(const scenario::ExpectForm& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  const auto name = seen.expand(expected.name);
  if (!name) return std::unexpected(name.error());
  const auto there = seen.visit.page->has_form(name->reveal());
  if (there) return Found{};
  return Found{{{}, fmt::format("a form “{}”", name->shown()), there.error().what, there.error().hint}};
}

Mismatches check(const scenario::ExpectDashboard& expected, const Observation& seen) {
  const auto judged = seen.judge_dashboard(expected.state);
  if (!judged) return std::unexpected(judged.error());
  if (judged->holds) return Found{};
  return Found{{{}, judged->expected, judged->got, judged->hint}};
}

} // namespace murphy::run
