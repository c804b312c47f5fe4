#include "reports/causes.h"

#include "base/hash.h"
#include "base/text.h"
#include "reports/evidence_text.h"
#include "reports/plain_text.h"
#include "reports/step_text.h"
#include "words/failure_text.h"
#include "words/note_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace murphy::reports {

namespace {

using record::Confidence;
using record::Outcome;

constexpr std::size_t digits = 16;

std::string id_of_words(std::string_view words) { return hex_digest(Hash::sha256, words).substr(0, digits); }

// What a failure without a named cause is put together by: what was expected of what, and what came instead.
std::string unnamed(const CauseMember& member) {
  if (member.step == nullptr) return words::note_text(member.result->note);
  if (!member.step->failures.empty()) {
    const words::FailureText text = words::failure_text(member.step->failures.front());
    return text.key + "\n" + folded(text.got);
  }
  return member.step->error ? folded(member.step->error->what) : member.step->title;
}

std::string words_of_unnamed(const CauseMember& member) {
  if (member.step == nullptr) return "cause unknown: " + plain_line(words::note_text(member.result->note));
  return "cause unknown: " + headline(*member.step);
}

CauseMember member_of(const record::CaseResult& result) {
  CauseMember member{.result = &result, .step = decisive_step(result), .place = result.plan->place};
  if (member.step != nullptr) member.place = place_of_trouble(*member.step);
  return member;
}

// Which member shows most: the one with most lines of evidence, of those the one with the fewest steps before.
std::size_t proof_of(const std::vector<CauseMember>& members) {
  const auto shows = [](const CauseMember& member) {
    const bool named = member.step != nullptr && !member.step->suspects.empty();
    const std::size_t lines = named ? member.step->suspects.front().evidence.size() : 0;
    return std::tuple(lines, -static_cast<std::ptrdiff_t>(member.result->steps.size()));
  };
  const auto most = std::ranges::max_element(members, {}, shows);
  return static_cast<std::size_t>(most - members.begin());
}

Cause cause_of_loss(const record::TargetLost& lost) {
  Cause cause;
  cause.lost = &lost;
  const std::string state = fmt::format("the {}: {}", state_of(lost.loss), plain_line(lost.error.what));
  if (const std::string_view key = cause_key(lost.suspects); !key.empty()) {
    cause.id = key;
    cause.suspect = &lost.suspects.front();
    cause.words = plain_line(record::described(*cause.suspect));
  } else {
    cause.id = id_of_words("lost\n" + folded(lost.error.what));
    cause.words = state;
  }
  return cause;
}

// Whether a case is not judged because the app was gone.
bool fell_with_app(const record::CaseResult& result, const CauseMember& member) {
  if (result.outcome == Outcome::not_run) return true;
  return result.outcome == Outcome::error && member.step != nullptr && member.step->error &&
         member.step->error->kind == ErrorKind::target && cause_key(member.step->suspects).empty();
}

} // namespace

const record::StepResult* decisive_step(const record::CaseResult& result) {
  const auto same = [&](const record::StepResult& step) { return step.outcome == result.outcome; };
  auto step = std::ranges::find_if(result.steps, same);
  if (step == result.steps.end())
    step = std::ranges::find_if(result.steps, record::is_red, &record::StepResult::outcome);
  return step == result.steps.end() ? nullptr : &*step;
}

std::string_view cause_key(const std::vector<record::Suspect>& suspects) {
  if (suspects.empty()) return {};
  const record::Suspect& first = suspects.front();
  const bool is_named = first.layer != record::Layer::unknown && first.confidence != Confidence::guess;
  return is_named ? std::string_view(first.fingerprint) : std::string_view();
}

bool Cause::is_judged() const {
  if (lost != nullptr && lost->loss == record::AppLoss::broken) return true;
  return std::ranges::any_of(members,
                             [](const CauseMember& member) { return member.result->outcome == Outcome::failed; });
}

std::map<const record::CaseResult*, CauseOfCase> by_case(const std::vector<Cause>& causes) {
  std::map<const record::CaseResult*, CauseOfCase> cases;
  for (std::size_t i = 0; i < causes.size(); ++i)
    for (const CauseMember& member : causes[i].members)
      cases.emplace(member.result, CauseOfCase{.number = i + 1,
                                               .proof = &causes[i].members[causes[i].proof],
                                               .is_named = causes[i].suspect != nullptr});
  return cases;
}

std::vector<Cause> causes_of(const record::Run& run) {
  std::vector<Cause> causes;
  if (run.lost) causes.push_back(cause_of_loss(*run.lost));
  std::map<std::string, std::size_t> position;
  if (run.lost) position.emplace(causes.front().id, 0);
  for (const record::FeatureResult& feature : run.features) {
    for (const record::CaseResult& result : feature.cases) {
      if (result.outcome == Outcome::passed || result.outcome == Outcome::skipped) continue;
      if (result.outcome == Outcome::not_run && !run.lost) continue;
      CauseMember member = member_of(result);
      if (run.lost && fell_with_app(result, member)) {
        causes.front().members.push_back(std::move(member));
        continue;
      }
      const std::string_view key = member.step == nullptr ? std::string_view() : cause_key(member.step->suspects);
      const std::string id = key.empty() ? id_of_words(unnamed(member)) : std::string(key);
      const auto [at, is_new] = position.try_emplace(id, causes.size());
      if (is_new) causes.emplace_back().id = id;
      causes[at->second].members.push_back(std::move(member));
    }
  }
  for (Cause& cause : causes) {
    if (cause.members.empty()) continue;
    cause.proof = proof_of(cause.members);
    const CauseMember& proof = cause.members[cause.proof];
    if (cause.lost != nullptr) continue;
    const bool is_named = proof.step != nullptr && !cause_key(proof.step->suspects).empty();
    if (is_named) cause.suspect = &proof.step->suspects.front();
    cause.words = is_named ? plain_line(record::described(*cause.suspect)) : words_of_unnamed(proof);
  }
  std::ranges::stable_sort(causes, [](const Cause& left, const Cause& right) {
    const auto rank = [](const Cause& cause) {
      const int confidence = cause.suspect == nullptr ? -1 : static_cast<int>(cause.suspect->confidence);
      return std::tuple(cause.lost != nullptr, confidence, cause.members.size());
    };
    return rank(left) > rank(right);
  });
  return causes;
}

} // namespace murphy::reports
