#include "diagnose/diagnose.h"

#include "base/text.h"
#include "diagnose/answer_codes.h"
#include "diagnose/cause_text.h"
#include "diagnose/failed_expectations.h"
#include "diagnose/fingerprint.h"
#include "diagnose/lines.h"
#include "diagnose/reliability.h"
#include "diagnose/request_lines.h"
#include "diagnose/sign_in_lines.h"
#include "diagnose/strangers.h"
#include "diagnose/suspect_by_errors.h"
#include "diagnose/suspects_without_error.h"
#include "diagnose/waiting_migrations.h"
#include "diagnose/wrong_name.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <span>
#include <utility>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::Layer;
using record::Suspect;

constexpr std::size_t most_suspects = 3;

// A suspect about the same two names as one before it says nothing more.
void leave_out_repeated(std::vector<Suspect>& suspects) {
  const auto names = [](const Suspect& suspect) { return std::minmax(suspect.identifier, suspect.suggestion); };
  std::vector<Suspect> kept;
  for (Suspect& each : suspects) {
    const bool repeats = !each.identifier.empty() && !each.suggestion.empty() &&
                         std::ranges::any_of(kept, [&](const Suspect& other) { return names(other) == names(each); });
    if (!repeats) kept.push_back(std::move(each));
  }
  suspects = std::move(kept);
}

// The evidence of a run with the requests of the step alone, and the page before it: what other steps sent and were
// answered is no part of how this one ended.
Evidence of_the_step(Evidence evidence) {
  if (!evidence.of_step) return evidence;
  auto& all = evidence.exchanges;
  std::size_t first = std::min(evidence.of_step->first_exchange, all.size());
  if (first > 0 && ascii_lower(all[first - 1].method) == "get") --first;
  if (first < all.size()) all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(first));
  evidence.of_step->first_exchange = std::min(evidence.of_step->first_exchange - first, all.size());
  return evidence;
}

// Whether a log is all there is, and all of it.
bool is_log_alone(const Evidence& evidence) {
  return evidence.exchanges.empty() && !evidence.of_step && !evidence.is_cut && trim(evidence.page).empty() &&
         evidence.locations.empty() && evidence.fields.empty() && evidence.errors.empty();
}

// Of the requests in a log, those that say how signing in ended though nobody saw its pages.
std::vector<Exchange> told_by_requests(const LogText& log) {
  const std::vector<Exchange> requests = requests_in(log.lines);
  if (const Exchange* lost = lost_answer_of_provider(requests)) return {*lost};
  return sign_in_that_worked(requests);
}

// An address that is not there, and that nothing of the app asks for.
bool asks_for_what_strangers_do(const Finding& finding) {
  const std::string& kind = finding.signature->kind;
  return (kind == "route" || kind == "asset") && is_asked_by_strangers(finding.name);
}

// Whether somebody has signed in since a warning, or since one visitor was refused.
bool is_over(const Finding& finding, const LogText& console, std::size_t sign_in) {
  if (finding.text != &console || finding.line >= sign_in) return false;
  const std::string& kind = finding.signature->kind;
  return finding.went_on || kind == "csrf" || kind == "origin";
}

// By the errors, the cause first, and then one that is about something else. `whole` is the evidence as it came.
std::vector<Suspect> by_errors(std::span<const Finding> findings, const SignInCourse& sign_in, const Evidence& evidence,
                               const Evidence& whole) {
  std::vector<Suspect> suspects{suspect_by_errors(findings, sign_in, evidence)};
  // It signed in all the same: whatever was logged did not break it.
  const Finding& first = findings.front();
  const bool on_page = first.text->source == EvidenceSource::page && first.weight > 4;
  // What writes a page while it is made breaks off behind a status of 200: only its words can tell that it is whole.
  const bool may_break_off = suspects.front().layer == Layer::view && trim(evidence.page).empty();
  const bool let_in = sign_in.ending == Ending::signed_in && !evidence.exchanges.empty() && !on_page && !may_break_off;
  // Nor does a warning say that anything broke.
  if (let_in || (first.went_on && (is_log_alone(whole) || sign_in.ending == Ending::undetermined)))
    suspects.front().confidence = Confidence::guess;
  const auto another = std::ranges::find_if(findings, [&](const Finding& each) {
    return each.name != first.name && each.signature->kind != first.signature->kind && each.weight >= 3;
  });
  if (another != findings.end()) {
    suspects.push_back(suspect_by_errors(std::span(another, findings.end()), sign_in, evidence));
    suspects.back().confidence = Confidence::low;
  }
  return suspects;
}

// Adds what speaks against another layer than the others. Of two that speak against the same one, the one that names
// something speaks for both.
void add(std::vector<Suspect>& suspects, Suspect suspect) {
  const auto same = std::ranges::find(suspects, suspect.layer, &Suspect::layer);
  if (same == suspects.end()) return suspects.push_back(std::move(suspect));
  if (!same->identifier.empty() || suspect.identifier.empty()) return;
  suspect.confidence = std::max(suspect.confidence, same->confidence);
  std::ranges::move(same->evidence, std::back_inserter(suspect.evidence));
  *same = std::move(suspect);
}

// The known-good record leads to another address than this.
bool leads_elsewhere(const Suspect& suspect) {
  return suspect.layer == Layer::config && suspect.confidence == Confidence::medium && !suspect.identifier.empty() &&
         !suspect.evidence.empty() && suspect.evidence.front().source == record::EvidenceSource::baseline;
}

bool is_of_probes(const Suspect& suspect) {
  return !suspect.evidence.empty() && suspect.evidence.front().source == record::EvidenceSource::probes;
}

// What the probes say of the layer that is named already is no other suspect, but speaks for the first.
bool supports(const Suspect& probed, std::vector<Suspect>& suspects) {
  if (suspects.empty() || !is_of_probes(probed)) return false;
  Suspect& first = suspects.front();
  if (probed.layer != first.layer && probed.layer != first.also && probed.also != first.layer) return false;
  std::ranges::copy_if(probed.evidence, std::back_inserter(first.evidence),
                       [](const record::EvidenceLine& line) { return line.source == record::EvidenceSource::probes; });
  return true;
}

} // namespace

Suspect Diagnosis::verdict() const {
  if (!suspects.empty()) return suspects.front();
  Suspect unknown;
  unknown.advice = advice_for(unknown, has_signed_in ? "worked" : "");
  return unknown;
}

Diagnosis diagnose(const Evidence& whole, const Signatures& signatures) {
  Evidence evidence = of_the_step(whole);
  const LogText console(EvidenceSource::console, readable(evidence.console));
  const bool is_alone = is_log_alone(whole);
  if (is_alone) evidence.exchanges = told_by_requests(console);
  const LogText database_log(EvidenceSource::database_log, readable(evidence.database_log));
  // Debug pages break their sentences over lines of their own.
  LogText page(EvidenceSource::page, without_entities(readable(words_of_page(evidence))));
  const bool is_data = trim(evidence.page).starts_with('{') || trim(evidence.page).starts_with('[');
  page.of_error = is_data || (!evidence.exchanges.empty() && evidence.exchanges.back().status >= 500);
  const LogText answers(EvidenceSource::requests, answers_in_codes(evidence));
  const SignInCourse sign_in = how_it_ended(evidence);

  static const std::vector<std::string> nothing;
  std::vector<Finding> findings = find_errors({&console, &database_log, &page},
                                              evidence.known_good ? evidence.known_good->console : nothing, signatures);
  for (const LogText* text : std::initializer_list<const LogText*>{&answers, &page, &console})
    std::ranges::move(find_codes(*text), std::back_inserter(findings));
  if (is_alone) std::erase_if(findings, asks_for_what_strangers_do);
  auto newest = is_alone ? newest_sign_in(console.lines) : std::nullopt;
  if (newest && tell_of_trouble(requests_in(std::span(console.lines).subspan(*newest)))) newest.reset();
  if (newest) std::erase_if(findings, [&](const Finding& each) { return is_over(each, console, *newest); });
  std::ranges::stable_sort(findings, std::greater<>(), &Finding::weight);

  Diagnosis diagnosis;
  diagnosis.has_signed_in = newest.has_value() || (is_alone && sign_in.ending == Ending::signed_in);
  auto& suspects = diagnosis.suspects;
  // A form that is tested is no sign-in: what its answers lack says nothing of one.
  const bool tests_rules = evidence.of_step && evidence.of_step->tests_rules;
  auto silent = tests_rules ? std::vector<Suspect>() : suspects_without_error(sign_in, evidence);
  // What the record and the form prove outweighs words that follow from it; an error of an engine outweighs both.
  const bool proven = !silent.empty() && silent.front().confidence == Confidence::high;
  auto stated = hypothesis_by_rules(evidence);
  if (!stated) stated = hypothesis_by_expectations(evidence);
  if (stated) stated->suspect.advice = advice_for(stated->suspect, stated->kind);
  // That nothing is at an address is no other news.
  if (stated && stated->kind == "typo")
    std::erase_if(findings, [&](const Finding& each) {
      return each.signature->kind == "route" &&
             (each.name == stated->suspect.identifier || each.name == stated->suspect.suggestion);
    });
  const bool recorded = !silent.empty() && leads_elsewhere(silent.front());
  const bool stated_first = stated && (findings.empty() || stated->weight > findings.front().weight) &&
                            (!(proven || recorded) || stated->suspect.confidence == Confidence::high);
  if (stated_first) suspects.push_back(stated->suspect);
  if (!findings.empty() && !(proven && findings.front().weight < 3)) {
    auto errors = by_errors(findings, sign_in, evidence, whole);
    if (stated_first) errors.front().confidence = Confidence::low;
    std::ranges::move(errors, std::back_inserter(suspects));
  }
  std::erase_if(silent, [&](const Suspect& each) { return supports(each, suspects); });
  if (stated) {
    // How far the sign-in came is part of what was stated: only what the others name is more, and what was asked.
    std::erase_if(silent, [](const Suspect& each) {
      return each.identifier.empty() && each.confidence != Confidence::high && !is_of_probes(each);
    });
    if (!stated_first) silent.insert(proven || recorded ? std::next(silent.begin()) : silent.begin(), stated->suspect);
    for (Suspect& each : silent) add(suspects, std::move(each));
  } else {
    // It adds nothing to an error that says why; a log without requests, in which nothing is known, says nothing.
    const bool says_something =
        !trim(console.text).empty() || !trim(database_log.text).empty() || !trim(page.text).empty();
    const bool says_why = !findings.empty() || (sign_in.ending == Ending::undetermined && says_something);
    for (Suspect& each : silent)
      if (!says_why || each.confidence != Confidence::low || !each.identifier.empty())
        suspects.push_back(std::move(each));
  }
  leave_out_repeated(suspects);
  if (suspects.size() > most_suspects) suspects.resize(most_suspects);
  for (Suspect& each : suspects) {
    each.fingerprint = fingerprint_of(each);
    each.wrong_name = wrong_name(each, evidence);
    each.confidence = earned(each.confidence, each.reason, known_reliabilities());
    const auto finding = std::ranges::find_if(findings, [&](const Finding& one) {
      return one.name == each.identifier && each.reason.starts_with(reason_of(one));
    });
    if (finding != findings.end()) judge_by_migrations(each, *finding, evidence);
    if (const auto found = evidence.code.find(each.wrong_name); found != evidence.code.end())
      each.places = found->second;
  }
  // Whoever named the database wants to know that it could not help.
  if (!evidence.database_note.empty() && !suspects.empty())
    suspects.front().evidence.push_back({record::EvidenceSource::schema, evidence.database_note});
  return diagnosis;
}

} // namespace murphy::diagnose
