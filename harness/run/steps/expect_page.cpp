#include "base/near_words.h"
#include "base/text.h"
#include "run/steps/expect_parts.h"
#include "run/steps/slip.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace murphy::run {
namespace {

using record::Failure;
using record::FailureCode;
using scenario::Presence;
using Found = std::vector<Failure>;

// One that was compared.
Failure failure_after(FailureCode code, std::string subject, const Comparison& comparison, std::string_view got) {
  Failure made = failure_about(code, std::move(subject));
  made.wanted = comparison.wanted;
  made.got = got_of(comparison, got);
  return made;
}

// Adds the words that are near the wanted ones, where the text has some.
void add_near_words(Failure& failure, std::string_view text, Extent extent) {
  const record::Wanted& wanted = failure.wanted;
  const bool is_text = wanted.kind == record::Wanted::Kind::part || wanted.kind == record::Wanted::Kind::equal;
  if (!is_text || wanted.is_negated || wanted.is_masked || !failure.others.empty()) return;
  const Extent needed = wanted.kind == record::Wanted::Kind::equal ? extent : Extent::part;
  for_a_while([&] {
    if (auto near = near_words(wanted.text, text, needed)) failure.others = {std::move(near->words)};
  });
}

// The same of an error, in which case does not count: one that has the words is only not where it should be.
void add_near_error(Failure& failure, const record::ShownError& error) {
  if (!fold_case(plain_words(error.words)).contains(fold_case(plain_words(failure.wanted.text))))
    add_near_words(failure, error.words, Extent::part);
}

// Of an element that is missing, the selector that may be meant.
Failure missing_element(FailureCode code, const std::string& css, const drive::Page& page) {
  Failure missing = failure_about(code, css);
  for_a_while([&] {
    if (auto meant = near_selector(css, page)) missing.others = {std::move(*meant)};
  });
  return missing;
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
      if (*matches) return Found{failure_after(FailureCode::unwanted_element, wanted.css, {}, element.text)};
    }
    if (!elements->empty()) return found;
    // What is misspelled is nowhere.
    for (std::string& meant : slipped_selectors(wanted.css, *seen.visit.page)) {
      const auto selected = seen.visit.page->select(meant);
      for (std::size_t i = 0; selected && i < selected->size(); ++i) {
        const auto matches = narrowed((*selected)[i]);
        if (!matches) return std::unexpected(matches.error());
        if (!*matches) continue;
        found = {failure_after(FailureCode::unwanted_element, wanted.css, {}, (*selected)[i].text)};
        found.back().others = {std::move(meant)};
        return found;
      }
    }
    return found;
  }
  if (wanted.count) {
    const auto comparison = compare(*wanted.count, std::to_string(elements->size()), PlainString::whole, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (!comparison->holds) {
      Failure& wrong = found.emplace_back(
          elements->empty() ? missing_element(FailureCode::wrong_element_count, wanted.css, *seen.visit.page)
                            : failure_about(FailureCode::wrong_element_count, wanted.css));
      wrong.key = "element.count";
      wrong.wanted = comparison->wanted;
      wrong.got.number = static_cast<std::int64_t>(elements->size());
    }
    // Nothing can be said of what a count of none leaves.
    const bool says_more = wanted.text || !wanted.attributes.empty();
    if (elements->empty() && found.empty() && says_more)
      return Found{missing_element(FailureCode::missing_element, wanted.css, *seen.visit.page)};
    if (elements->empty()) return found;
  } else if (elements->empty()) {
    return Found{missing_element(FailureCode::missing_element, wanted.css, *seen.visit.page)};
  }
  const drive::Element& first = elements->front();
  if (wanted.text) {
    const auto comparison = compare(*wanted.text, first.text, PlainString::part, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (!comparison->holds) {
      found.push_back(failure_after(FailureCode::wrong_element_text, wanted.css, *comparison, first.text));
      found.back().key = "element.text";
      add_near_words(found.back(), first.text, Extent::part);
    }
  }
  for (const auto& [name, matcher] : wanted.attributes) {
    const auto attribute = first.attributes.find(name);
    const std::string got = attribute == first.attributes.end() ? std::string() : attribute->second;
    const auto comparison = compare(matcher, got, PlainString::whole, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    const bool is_missing = attribute == first.attributes.end();
    if (!is_missing && comparison->holds) continue;
    Failure& wrong = found.emplace_back(
        failure_after(is_missing ? FailureCode::missing_element_attribute : FailureCode::wrong_element_attribute,
                      wanted.css, *comparison, got));
    wrong.key = "element.attr." + name;
    wrong.part = name;
  }
  return found;
}

// Only HTML has a title and elements: that another answer has none of them says nothing.
std::optional<Failure> not_html(const Observation& seen, std::string subject) {
  const drive::Page& page = *seen.visit.page;
  if (page.is_html()) return std::nullopt;
  Failure failure = failure_about(FailureCode::not_html, std::move(subject));
  if (const std::string* type = record::find_header(page.headers(), "Content-Type")) failure.part = *type;
  return failure;
}

} // namespace

Mismatches check(const scenario::ExpectTitle& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  if (auto other = not_html(seen, {})) return Found{std::move(*other)};
  const std::string title = seen.visit.page->title();
  const auto comparison = compare(expected.title, title, PlainString::words, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  if (comparison->holds) return Found{};
  Failure wrong = failure_after(FailureCode::wrong_title, {}, *comparison, title);
  add_near_words(wrong, title, Extent::whole);
  return Found{std::move(wrong)};
}

Mismatches check(const scenario::ExpectText& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  const std::string text = seen.visit.page->text();
  Found found;
  for (const scenario::Matcher& matcher : expected.texts) {
    const auto comparison = compare(matcher, text, PlainString::part, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (comparison->holds == (expected.presence == Presence::there)) {
      if (expected.presence == Presence::there || !matcher.text.is_literal() || matcher.regex) continue;
      const std::string meant = slipped_words(matcher.text.source, text);
      if (meant.empty()) continue;
      found.push_back(failure_after(FailureCode::unwanted_text, {}, *comparison, text));
      found.back().others = {meant};
      continue;
    }
    found.push_back(
        failure_after(expected.presence == Presence::absent ? FailureCode::unwanted_text : FailureCode::missing_text,
                      {}, *comparison, text));
    if (expected.presence == Presence::there) add_near_words(found.back(), text, Extent::part);
  }
  return found;
}

Mismatches check(const scenario::ExpectElement& expected, const Observation& seen) {
  Found found;
  for (const scenario::ElementExpectation& element : expected.elements) {
    if (auto other = not_html(seen, element.css)) return Found{std::move(*other)};
    const auto mismatches = check_element(element, expected.presence, seen);
    if (!mismatches) return mismatches;
    found.insert(found.end(), mismatches->begin(), mismatches->end());
  }
  return found;
}

Mismatches check(const scenario::ExpectFieldError& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  const auto label = seen.expand(*expected.label);
  if (!label) return std::unexpected(label.error());
  const auto errors = seen.visit.page->errors(seen.errors);
  Failure wrong = failure_about(FailureCode::wrong_field_error, label->shown());
  for (const record::ShownError& error : seen.visit.page->errors_at(in_clear(*label), seen.errors)) {
    const auto comparison = compare(expected.words, error.words, PlainString::part_in_any_case, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (comparison->holds) return Found{};
    wrong.wanted = comparison->wanted;
    wrong.shown.push_back(error);
    add_near_error(wrong, error);
  }
  if (!wrong.shown.empty()) return Found{std::move(wrong)};
  const auto comparison = compare(expected.words, {}, PlainString::part_in_any_case, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  Failure missing = failure_about(FailureCode::missing_field_error, label->shown());
  missing.wanted = comparison->wanted;
  missing.shown = errors;
  for (const record::ShownError& error : errors) add_near_error(missing, error);
  if (const auto there = seen.visit.page->has_field(in_clear(*label)); !there) missing.reason = there.error().reason;
  return Found{std::move(missing)};
}

Mismatches check(const scenario::ExpectNoFieldError& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  if (auto other = not_html(seen, {})) return Found{std::move(*other)};
  Found found;
  const auto add = [&found](const record::ShownError& error) {
    if (error.labels.empty()) return;
    found.push_back(failure_about(FailureCode::unwanted_field_error, error.labels.front()));
    found.back().shown = {error};
  };
  if (expected.any) std::ranges::for_each(seen.visit.page->errors(seen.errors), add);
  for (const scenario::Text& text : expected.labels) {
    const auto label = seen.expand(text);
    if (!label) return std::unexpected(label.error());
    // Of a field that is not there, nothing can be said.
    if (const auto there = seen.visit.page->has_field(in_clear(*label)); !there) {
      found.push_back(there.error());
      found.back().subject = label->shown();
      continue;
    }
    std::ranges::for_each(seen.visit.page->errors_at(in_clear(*label), seen.errors), add);
  }
  return found;
}

Mismatches check(const scenario::ExpectFormError& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  const auto errors = seen.visit.page->errors(seen.errors);
  for (const record::ShownError& error : errors) {
    const auto comparison = compare(expected.words, error.words, PlainString::part_in_any_case, seen.expand);
    if (!comparison) return std::unexpected(comparison.error());
    if (error.labels.empty() && comparison->holds) return Found{};
  }
  const auto comparison = compare(expected.words, {}, PlainString::part_in_any_case, seen.expand);
  if (!comparison) return std::unexpected(comparison.error());
  const bool none =
      std::none_of(errors.begin(), errors.end(), [](const record::ShownError& error) { return error.labels.empty(); });
  Failure wrong = failure_about(none ? FailureCode::missing_form_error : FailureCode::wrong_form_error);
  wrong.wanted = comparison->wanted;
  wrong.shown = errors;
  for (const record::ShownError& error : errors) add_near_error(wrong, error);
  return Found{std::move(wrong)};
}

Mismatches check(const scenario::ExpectForm& expected, const Observation& seen) {
  if (const auto readable = seen.visit.page->readable(); !readable) return std::unexpected(readable.error());
  const auto name = seen.expand(expected.name);
  if (!name) return std::unexpected(name.error());
  const auto there = seen.visit.page->has_form(in_clear(*name));
  if (there) return Found{};
  Failure missing = there.error();
  missing.subject = name->shown();
  return Found{std::move(missing)};
}

Mismatches check(const scenario::ExpectDashboard& expected, const Observation& seen) {
  const auto judged = seen.judge_dashboard(expected.state);
  if (!judged) return std::unexpected(judged.error());
  if (judged->holds) return Found{};
  return Found{judged->failure};
}

Mismatches check(const scenario::ExpectProvider& expected, const Observation& seen) {
  const auto judged = seen.judge_provider(expected);
  if (!judged) return std::unexpected(judged.error());
  if (judged->holds) return Found{};
  return Found{judged->failure};
}

} // namespace murphy::run
