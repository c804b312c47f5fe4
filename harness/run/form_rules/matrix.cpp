#include "run/form_rules/matrix.h"

#include <algorithm>
#include <array>

namespace murphy::run {
namespace {

using record::Standing;
using Kind = record::SubmissionEnd;
using Note = record::RuleNote::Kind;

// The worse a standing, the more it says of the rule.
int weight(Standing standing) {
  constexpr std::array order{Standing::none,     Standing::enforced, Standing::unknown,
                             Standing::stricter, Standing::silent,   Standing::misplaced,
                             Standing::looser,   Standing::missing,  Standing::error};
  return static_cast<int>(std::ranges::find(order, standing) - order.begin());
}

bool is_failing(Standing server, bool stated) {
  switch (server) {
  case Standing::missing:
  case Standing::looser:
  case Standing::misplaced:
  case Standing::silent:
  case Standing::error: return true;
  // A server may be stricter than its page; than what the scenario says is valid, it may not.
  case Standing::stricter: return stated;
  default: return false;
  }
}

bool is_failing_page(Standing page, bool stated) {
  return stated && (page == Standing::missing || page == Standing::stricter);
}

} // namespace

Standing standing(const Tried& tried) {
  switch (tried.verdict.kind) {
  case Kind::server_error: return Standing::error;
  case Kind::accepted:
    if (tried.any_answer) return Standing::none;
    return tried.accept ? Standing::enforced : Standing::looser;
  case Kind::refused_here:
  case Kind::refused_unplaced:
    if (tried.any_answer) return Standing::enforced;
    if (says_taken(tried.verdict.words) && !tried.is_named) return Standing::unknown;
    return tried.accept ? Standing::stricter : Standing::enforced;
  case Kind::refused_elsewhere:
    if (tried.any_answer) return Standing::enforced;
    return tried.accept || says_taken(tried.verdict.words) ? Standing::unknown : Standing::misplaced;
  case Kind::refused_silently:
    if (tried.any_answer) return Standing::unknown;
    return tried.accept ? Standing::stricter : Standing::silent;
  default: return Standing::unknown;
  }
}

record::ValidationCell cell_of(const RuledField& rule, const std::string& field, const std::vector<Tried>& tried,
                               const std::optional<Tried>& far) {
  record::ValidationCell cell;
  cell.field = field;
  cell.rule = rule.rule;
  cell.required = rule.required;
  cell.page = rule.page;
  cell.declared = rule.declared;
  cell.choices = rule.choices;
  cell.page_refuses = rule.page_refuses;
  cell.bound = rule.bound;
  cell.notes = rule.notes;
  const Tried* decisive = nullptr;
  bool any_refusal = false, all_accepted = true; // of what had to be refused
  for (const Tried& each : tried) {
    const Standing own = standing(each);
    if (!each.accept) {
      any_refusal = true;
      all_accepted = all_accepted && each.verdict.kind == Kind::accepted;
    }
    // Among equals, the refusal says more than the acceptance.
    const bool tells_more =
        decisive != nullptr && weight(own) == weight(cell.server) && decisive->accept && !each.accept;
    if (decisive != nullptr && weight(own) <= weight(cell.server) && !tells_more) continue;
    cell.server = own;
    decisive = &each;
  }
  if (tried.empty() && cell.notes.empty()) cell.notes = {{Note::not_tested, {}}};
  if (tried.empty()) cell.server = Standing::unknown;
  if (cell.server == Standing::looser && any_refusal && all_accepted && (!rule.far || far)) {
    const bool far_too = !far || far->verdict.kind == Kind::accepted;
    if (far_too) cell.server = Standing::missing;
    if (far && far_too) decisive = &*far;
  }
  if (decisive != nullptr) {
    cell.tested = decisive->value;
    cell.end = decisive->verdict.kind;
    cell.answer = decisive->verdict.answer;
    cell.said = decisive->verdict.words;
  }
  const bool stated = rule.required.is_stated;
  cell.holds = !is_failing(cell.server, stated) && !is_failing_page(cell.page, stated);
  if (cell.notes.empty() && cell.page == Standing::looser) cell.notes = {{Note::page_looser, {}}};
  if (cell.notes.empty() && cell.server == Standing::stricter && !stated) cell.notes = {{Note::server_stricter, {}}};
  return cell;
}

std::vector<record::Failure> failures_of(const record::ValidationCell& cell, const std::string& source_line) {
  using enum record::FailureCode;
  std::vector<record::Failure> failures;
  const bool stated = cell.required.is_stated;
  const auto add = [&](record::FailureCode code) {
    record::Failure& failure = failures.emplace_back();
    failure.code = code;
    failure.place = cell.place;
    failure.source_line = source_line;
    failure.subject = cell.field;
    failure.part = cell.rule;
    failure.cell = cell;
  };
  if (is_failing_page(cell.page, stated))
    add(cell.page == Standing::missing ? rule_not_declared : rule_declared_stricter);
  if (!is_failing(cell.server, stated)) return failures;
  switch (cell.server) {
  case Standing::stricter: add(rule_refuses_valid); break;
  case Standing::misplaced: add(rule_error_misplaced); break;
  case Standing::silent: add(rule_error_silent); break;
  case Standing::error: add(rule_server_error); break;
  default: add(rule_accepts_invalid);
  }
  return failures;
}

} // namespace murphy::run
