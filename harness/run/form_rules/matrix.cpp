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

bool is_taken(const Verdict& verdict) {
  const bool is_refusal = verdict.kind == Kind::refused_here || verdict.kind == Kind::refused_elsewhere ||
                          verdict.kind == Kind::refused_unplaced;
  return is_refusal && (says_taken(verdict.words) || verdict.answer.status == 409);
}

Standing standing(const Tried& tried) {
  switch (tried.verdict.kind) {
  case Kind::server_error: return Standing::error;
  case Kind::accepted:
    if (tried.any_answer) return Standing::none;
    return tried.accept ? Standing::enforced : Standing::looser;
  case Kind::refused_here:
  case Kind::refused_unplaced:
    if (tried.any_answer) return Standing::enforced;
    if (is_taken(tried.verdict) && tried.taken != Tried::Taken::refused)
      return tried.accept && tried.taken == Tried::Taken::accepted ? Standing::enforced : Standing::unknown;
    if (tried.refuses_all) return Standing::unknown;
    return tried.accept ? Standing::stricter : Standing::enforced;
  case Kind::refused_elsewhere:
    if (tried.any_answer) return Standing::enforced;
    return tried.accept || is_taken(tried.verdict) || tried.refuses_all ? Standing::unknown : Standing::misplaced;
  case Kind::refused_silently:
    if (tried.any_answer || tried.refuses_all) return Standing::unknown;
    return tried.accept ? Standing::stricter : Standing::silent;
  default: return Standing::unknown;
  }
}

namespace {

std::optional<record::RuleNote> why_unknown(const Tried& tried) {
  if (tried.refuses_all) return record::RuleNote{Note::refuses_all, {}};
  if (is_taken(tried.verdict)) return record::RuleNote{Note::taken, {}};
  switch (tried.verdict.kind) {
  case Kind::unknown: {
    if (tried.verdict.answer.status >= 400 || tried.verdict.answer.has(record::PageTrait::unreadable))
      return std::nullopt;
    return record::RuleNote{Note::unclear, tried.verdict.words};
  }
  default: return std::nullopt;
  }
}

// Whether the rule counts as proved only when the server's side of it was judged.
bool has_to_be_judged(const record::ValidationCell& cell) {
  const bool is_declared = !cell.declared.empty() || cell.choices > 0;
  if (cell.end != Kind::none) return cell.required.is_stated || is_declared;
  const bool has_no_value = std::ranges::any_of(cell.notes, [](const record::RuleNote& note) {
    return note.kind == Note::no_value_between || note.kind == Note::always_chosen;
  });
  return cell.required.is_stated && !has_no_value;
}

} // namespace

record::ValidationCell cell_not_reached(const RuledField& rule, const std::string& field) {
  record::ValidationCell cell = cell_of(rule, field, {}, {});
  cell.notes = {{Note::not_reached, {}}};
  return cell;
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
  if (cell.server == Standing::unknown && cell.notes.empty() && decisive != nullptr)
    if (auto why = why_unknown(*decisive)) cell.notes = {std::move(*why)};
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
  if (cell.server == Standing::unknown && has_to_be_judged(cell)) add(rule_not_judged);
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
