#include "diagnose/evidence_of_step.h"

#include "base/address.h"
#include "base/percent.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "diagnose/names.h"
#include "diagnose/one_step.h"
#include "diagnose/suspects_by_baseline.h"
#include "diagnose/waiting_migrations.h"
#include "diagnose/wrong_name.h"
#include "record/set_cookie.h"
#include "record/trace.h"
#include "record/visits.h"

#include <algorithm>
#include <set>
#include <utility>

namespace murphy::diagnose {

namespace {

using Answered = record::Exchange;
using record::Reason;
using record::StepResult;

std::vector<const Answered*> own_exchanges(const StepResult& step) {
  return record::own_exchanges(step.evidence.exchanges);
}

CookieSet read_cookie(const std::string& line, const Answered& exchange) {
  const auto set = record::parse_set_cookie(line);
  CookieSet cookie;
  cookie.name = set ? set->name : set.error().name;
  if (set) cookie.path = set->path;
  cookie.set_by = address_parts(exchange.url).path;
  const auto dropped = std::ranges::find(exchange.dropped_cookies, cookie.name, &record::DroppedCookie::name);
  if (dropped != exchange.dropped_cookies.end()) cookie.dropped = *dropped;
  return cookie;
}

// The form that a step submitted, or the fields of a request that it made up.
std::optional<SentForm> sent_by(const StepResult& step) {
  SentForm sent;
  if (const auto& form = step.evidence.form) {
    sent.method = form->method;
    sent.path = address_parts(form->action).path;
    sent.encoding = form->encoding;
    for (const record::FilledField& field : form->fields)
      sent.fields.push_back({field.name, field.label, field.type, field.value});
    return sent;
  }
  const auto own = own_exchanges(step);
  if (own.empty() || own.front()->reason != Reason::requested) return std::nullopt;
  sent.made_up = true;
  sent.method = own.front()->method;
  sent.path = address_parts(own.front()->url).path;
  const std::string* type = record::find_header(own.front()->request_headers, "Content-Type");
  sent.encoding = type == nullptr ? "" : *type;
  if (!own.front()->request_body.empty() && sent.encoding.starts_with("application/x-www-form-urlencoded"))
    for (const std::string_view pair : split(own.front()->request_body, '&'))
      sent.fields.push_back({repair_utf8(form_urldecode(pair.substr(0, pair.find('=')))), {}, {}, {}});
  return sent;
}

bool sets_cookie(const Answered& answer) {
  return std::ranges::any_of(record::find_headers(answer.headers, "Set-Cookie"), [&](const std::string* line) {
    return record::cookie_set_by(*line, answer.started).has_value();
  });
}

// Whether the step was answered as in the baseline, where it went well: with the same statuses, addresses and title,
// and without errors. A title that changes says nothing.
bool is_as_recorded(const StepResult& step, const record::KnownGood& known_good) {
  return std::ranges::any_of(record::visits_of(step), [&](const record::KnownVisit& visit) {
    return std::ranges::any_of(known_good.visits, [&](const record::KnownVisit& before) {
      return before.request == visit.request && before.answers == visit.answers && !before.title.empty() &&
             before.title == visit.title && before.errors.empty();
    });
  });
}

// Whether a form with a password was accepted, by what followed: an app that takes it shows what guests do not see, or
// goes on to a page that does not ask for the password again, and notes who is there in a cookie where it does not
// redirect.
// A user who has made an account may be asked to sign in to it.
bool is_accepted(const StepResult& step, const std::vector<const Answered*>& own, const SignInAttempt& attempt,
                 const record::KnownGood* known_good) {
  const Answered& last = *own.back();
  if (last.status < 200 || last.status >= 400) return false;
  const auto& page = step.evidence.page;
  if (page && page->has(record::PageTrait::shows_dashboard)) return true;
  const bool is_elsewhere = own.size() > 1 && address_parts(last.url).path != attempt.path;
  if (page && record::asks_for_password(*page)) return attempt.makes_account && is_elsewhere;
  if (own.size() > 1) return page || is_elsewhere;
  if (!page || !page->errors.empty()) return false;
  return std::ranges::any_of(own, [](const Answered* each) { return sets_cookie(*each); }) ||
         (known_good != nullptr && is_as_recorded(step, *known_good));
}

std::optional<SignInAttempt> attempt_of(const StepResult& step, const record::KnownGood* known_good) {
  const auto sent = sent_by(step);
  const auto own = own_exchanges(step);
  if (!sent || sent->made_up || own.empty()) return std::nullopt;
  SignInAttempt attempt;
  attempt.path = sent->path;
  attempt.account = account_in(*sent);
  int passwords = 0, others = 0;
  for (const SentField& field : sent->fields)
    if (is_typed(field) && !field.value.empty()) ++(is_password_type(field.type) ? passwords : others);
  if (passwords == 0) return std::nullopt;
  attempt.makes_account = passwords > 1 || others > 1;
  attempt.accepted = is_accepted(step, own, attempt, known_good);
  return attempt;
}

StepFacts facts_of(std::span<const StepResult> steps, const record::KnownGood* known_good) {
  StepFacts facts;
  std::size_t last_visit = 0; // how many requests the last step made that made any
  const StepResult& failed = steps.back();
  facts.failures = failed.failures;
  facts.tests_rules =
      failed.evidence.validation || std::ranges::any_of(failed.failures, [](const record::Failure& failure) {
        return failure.code >= record::FailureCode::validate_without_page;
      });
  if (failed.evidence.validation)
    for (const record::ValidationCell& cell : failed.evidence.validation->cells)
      if (!cell.holds) facts.broken.push_back(cell);
  std::set<std::string> asked;
  for (const StepResult& step : steps) {
    const auto own = own_exchanges(step);
    for (const Answered* exchange : own)
      for (const std::string* line : record::find_headers(exchange->headers, "Set-Cookie"))
        facts.cookies.push_back(read_cookie(*line, *exchange));
    if (&step == &failed) continue;
    facts.first_exchange += own.size();
    if (!own.empty()) last_visit = own.size();
    if (!own.empty()) asked.insert(own.front()->url);
    if (auto attempt = attempt_of(step, known_good)) facts.attempts.push_back(std::move(*attempt));
  }
  facts.sent = sent_by(failed);
  if (failed.evidence.page) facts.forms = failed.evidence.page->forms;
  const auto own = own_exchanges(failed);
  // What only looks is about what the step before it was answered.
  if (own.empty()) facts.first_exchange -= last_visit;
  if (own.empty()) return facts;
  const Answered& first = *own.front();
  facts.tags = read_markup(*own.back()).tags;
  facts.query = address_parts(first.url).query;
  // Earlier steps of the same attempt have become a part of this one.
  for (const Answered* exchange : own) {
    const bool is_again = !asked.insert(exchange->url).second;
    std::string query(address_parts(exchange->url).query);
    if (!is_again || query.empty()) continue;
    facts.asked_before = true;
    facts.query = query;
  }
  facts.from_a_link =
      own.back()->reason == Reason::clicked || (own.size() == 1 && failed.address_from == record::AddressFrom::capture);
  facts.own_cookie =
      first.reason == Reason::requested && record::find_header(first.request_headers, "Cookie") != nullptr;
  return facts;
}

} // namespace

Evidence evidence_of(std::span<const StepResult> all, const std::string& id, const record::EvidenceGathered& gathered) {
  Evidence evidence;
  const std::vector<StepResult> whole = with_whole_evidence(all);
  const std::vector<StepResult> steps = as_one_step(whole);
  evidence.id = id;
  evidence.schema = gathered.schema;
  evidence.database_note = gathered.database_note;
  for (const StepResult& step : steps) {
    for (const Answered* exchange : own_exchanges(step)) {
      evidence.exchanges.push_back(
          {exchange->method, std::string(address_parts(exchange->url).path), exchange->status, exchange->error});
      if (const std::string* location = record::find_header(exchange->headers, "Location"))
        evidence.locations.push_back(*location);
    }
    if (step.evidence.form) {
      evidence.fields.clear();
      for (const record::FilledField& field : step.evidence.form->fields) evidence.fields.push_back(field.name);
    }
  }
  if (steps.empty()) return evidence;
  const StepResult& failed = steps.back();
  evidence.code = code_of(failed.suspects);
  evidence.migrations = gathered.migrations;
  evidence.named_in = named_in_of(failed.suspects);
  if (failed.evidence.probes) evidence.probes = *failed.evidence.probes;
  if (failed.evidence.page) {
    evidence.errors = failed.evidence.page->errors;
    evidence.page = failed.evidence.page->text;
  }
  if (const auto own = own_exchanges(failed); evidence.page.empty() && !own.empty())
    evidence.page = read_markup(*own.back()).text;
  if (const auto own = own_exchanges(failed); !own.empty())
    for (const std::string* challenge : record::find_headers(own.back()->headers, "WWW-Authenticate"))
      evidence.challenges.push_back(*challenge);
  for (const record::ConsoleLine& line : failed.evidence.console) evidence.console.push_back(line.text);
  // Scenarios that ran at the same time write to the same console.
  evidence.console = record::lines_of_trace(std::move(evidence.console), record::trace_of(failed.evidence.exchanges));
  evidence.of_step = facts_of(steps, gathered.known_good ? &*gathered.known_good : nullptr);
  if (gathered.known_good) compare_with_baseline(evidence, whole, *gathered.known_good);
  return evidence;
}

} // namespace murphy::diagnose
