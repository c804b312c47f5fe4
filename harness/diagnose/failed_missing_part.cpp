#include "diagnose/failed_expectation_parts.h"

#include "base/nearest.h"
#include "base/text.h"
#include "diagnose/names.h"
#include "record/known_good.h"
#include "record/visits.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::FailureCode;
using record::Layer;

// What a step asks for by its words, and what there is of it: on the page now, and on the same page when all was well.
struct Part {
  std::string_view kind; // for people
  std::string words;
  std::vector<std::string> now, before;
  bool is_recorded = false;
};

bool has(const std::vector<std::string>& names, std::string_view words) {
  return std::ranges::any_of(names, [&](const std::string& each) { return fold_case(each) == fold_case(words); });
}

std::vector<std::string> names_in(const record::PageForm& form, FailureCode code) {
  if (code == FailureCode::missing_form) return form.name.empty() ? std::vector<std::string>() : std::vector{form.name};
  std::vector<std::string> labels;
  for (const record::PageField& field : form.fields)
    if (!field.label.empty()) labels.push_back(field.label);
  return labels;
}

std::optional<Part> missing_part(const FailedExpectations& failed) {
  const auto* failure = failed.failure({FailureCode::missing_form, FailureCode::missing_field});
  if (failure == nullptr || failure->subject.empty()) return std::nullopt;
  Part part{failure->code == FailureCode::missing_form ? "form" : "field", failure->subject, {}, {}, false};
  for (const record::PageForm& form : failed.facts().forms)
    for (std::string& name : names_in(form, failure->code)) part.now.push_back(std::move(name));
  const auto& good = failed.evidence().known_good;
  if (!good || !good->record || failed.evidence().exchanges.empty()) return part;
  const std::string page = record::lasting_path(failed.evidence().exchanges.back().path);
  for (const record::KnownForm& form : good->record->forms) {
    if (form.page != page) continue;
    part.is_recorded = true;
    for (std::string& name : names_in(form.form, failure->code)) part.before.push_back(std::move(name));
  }
  return part;
}

// The name that is there in its place: the near one, or the only one.
std::string instead_of(const std::string& words, const std::vector<std::string>& names) {
  if (const auto near = nearest(words, names); near.size() == 1) return near.front();
  return names.size() == 1 ? names.front() : std::string();
}

// The page is as it was when all was well: what it lacks, it never had.
bool is_as_recorded(const FailedExpectations& failed) {
  const auto& good = failed.evidence().known_good;
  if (!good || !good->record || good->seen.visits.empty()) return false;
  const record::KnownVisit* now = nullptr;
  for (const record::KnownVisit& visit : good->seen.visits)
    if (!visit.outline.empty()) now = &visit;
  if (now == nullptr) return false;
  return std::ranges::any_of(good->record->visits, [&](const record::KnownVisit& before) {
    return before.request == now->request && before.answers == now->answers && before.outline == now->outline &&
           before.title == now->title;
  });
}

Hypothesis of_scenario(std::string cause, std::string identifier, std::string suggestion) {
  Hypothesis hypothesis{
      suspect_of(Layer::harness, Layer::view, Confidence::medium, std::move(cause), std::move(identifier))};
  if (!suggestion.empty()) hypothesis.suspect.origin = record::SuggestionOrigin::baseline;
  hypothesis.suspect.suggestion = std::move(suggestion);
  return hypothesis;
}

std::optional<Hypothesis> about_part(const Part& part) {
  const auto folded_words = folded(part.words);
  std::vector<std::string> kept; // there now as when all was well
  for (const std::string& name : part.now)
    if (has(part.before, folded(name))) kept.push_back(name);
  if (part.is_recorded && !has(part.before, folded_words) && !kept.empty()) {
    const std::string meant = instead_of(part.words, kept);
    return of_scenario(
        meant.empty()
            ? fmt::format("the page never had a {} \"{}\"; it has {}", part.kind, part.words, join(kept, ", "))
            : fmt::format("the page never had a {} \"{}\"; the {} is \"{}\"", part.kind, part.words, part.kind, meant),
        part.words, meant);
  }
  // What the record has, the comparison with it reports.
  if (part.is_recorded && has(part.before, folded_words)) return std::nullopt;
  const auto near = nearest(part.words, part.now);
  if (near.size() != 1) return std::nullopt;
  return about_two_names(fmt::format("the page has no {} \"{}\"; there is \"{}\"", part.kind, part.words, near.front()),
                         part.words, near.front());
}

} // namespace

Hypothesis about_two_names(std::string cause, const std::string& wanted, const std::string& near) {
  const bool scenario_slipped = !is_usual(wanted) && is_usual(near);
  Hypothesis hypothesis{suspect_of(scenario_slipped ? Layer::harness : Layer::view,
                                   scenario_slipped ? Layer::view : Layer::harness, Confidence::medium,
                                   std::move(cause), wanted),
                        "wording"};
  hypothesis.suspect.suggestion = near;
  hypothesis.suspect.origin = record::SuggestionOrigin::choices_in_message;
  return hypothesis;
}

std::optional<Hypothesis> about_missing_part(const FailedExpectations& failed) {
  if (failed.has_server_error()) return std::nullopt;
  if (const auto part = missing_part(failed)) {
    const auto own = failed.own();
    return !own.empty() && own.back().status >= 400 ? std::nullopt : about_part(*part);
  }
  const auto* element = failed.failure({FailureCode::missing_element, FailureCode::dashboard_incomplete});
  if (element == nullptr || !is_as_recorded(failed)) return std::nullopt;
  const std::string& selector = element->code == FailureCode::missing_element ? element->subject : element->part;
  // The record knows elements by their names, ids and classes.
  if (selector.contains('[')) return std::nullopt;
  std::string cause = fmt::format("the page is as it was when all was well, and has no {}", selector);
  if (element->others.empty()) return of_scenario(std::move(cause), selector, {});
  const std::string& near = element->others.front();
  return of_scenario(fmt::format("{}; it has {}", cause, near), selector, near);
}

} // namespace murphy::diagnose
