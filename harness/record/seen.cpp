#include "record/seen.h"

#include "base/folded_name.h"
#include "base/text.h"
#include "record/visits.h"

#include <algorithm>

namespace murphy::record {
namespace {

constexpr std::string_view usual_encoding = "application/x-www-form-urlencoded";

KnownForm lasting(const PageForm& form, const std::string& url) {
  KnownForm known{lasting_path(url), form};
  known.form.name = folded(form.name);
  if (form.action.starts_with('/')) known.form.action = lasting_path(form.action);
  if (known.form.encoding == usual_encoding) known.form.encoding.clear();
  std::vector<PageField> fields;
  for (PageField& field : known.form.fields) {
    if (field.name.empty()) continue; // it is never sent
    field.name = folded_name(field.name);
    field.label = folded(field.label);
    // One field for each row of data is one field.
    if (std::ranges::find(fields, field.name, &PageField::name) == fields.end()) fields.push_back(std::move(field));
  }
  known.form.fields = std::move(fields);
  return known;
}

} // namespace

FormKey key_of(const KnownForm& form) { return {form.page, form.form.action, form.form.method, form.form.name}; }
VisitKey key_of(const KnownVisit& visit) { return {visit.request, visit.answers}; }

void keep_common(KnownForm& form, const KnownForm& other) {
  std::erase_if(form.form.fields, [&](PageField& field) {
    const auto same = std::ranges::find(other.form.fields, field.name, &PageField::name);
    if (same == other.form.fields.end()) return true;
    if (same->type != field.type) field.type.clear();
    if (same->label != field.label) field.label.clear();
    keep_equal(field.rules, same->rules);
    return false;
  });
}

void keep_common(KnownVisit& visit, const KnownVisit& other) {
  if (visit.title != other.title) visit.title.clear();
  keep_equal(visit.errors, other.errors);
  keep_equal(visit.outline, other.outline);
}

void Seen::take(const StepResult& step) {
  const auto cookies = cookies_of(step.evidence.exchanges);
  known_.cookies.insert(known_.cookies.end(), cookies.begin(), cookies.end());
  const auto& page = step.evidence.page;
  const auto visits = visits_of(step);
  for (const KnownVisit& visit : visits) take(visit, page.has_value() && &visit == &visits.back());
  // The pages that a sign-in came through, where they were kept.
  for (const EarlierStep& earlier : step.earlier)
    if (step.outcome == Outcome::passed && earlier.evidence.page) take_forms(*earlier.evidence.page);
  // A server's error page has forms of its own, for the developer.
  const auto own = own_exchanges(step.evidence.exchanges);
  if (page && (own.empty() || own.back()->status < 500)) take_forms(*page);
}

void Seen::take_forms(const PageSeen& page) {
  for (const PageForm& form : page.forms) {
    const KnownForm known = lasting(form, page.url);
    const auto [at, is_new] = forms_.try_emplace(key_of(known), known);
    if (!is_new) keep_common(at->second, known);
  }
}

// The page of a visit in the middle of a step was not kept.
void Seen::take(const KnownVisit& visit, bool has_page) {
  auto& [kept, kept_page] = visits_.try_emplace(key_of(visit), visit, has_page).first->second;
  if (has_page && kept_page) keep_common(kept, visit);
  if (has_page && !kept_page) kept = visit;
  kept_page = kept_page || has_page;
}

KnownGood Seen::finish() {
  for (auto& [key, form] : forms_) known_.forms.push_back(std::move(form));
  for (auto& [key, visit] : visits_) known_.visits.push_back(std::move(visit.first));
  known_.cookies = sorted(std::move(known_.cookies));
  return std::move(known_);
}

} // namespace murphy::record
