#include "run/form_rules/matrix.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace murphy::run {
namespace {

using record::Standing;
using Kind = Verdict::Kind;

// The worse a standing, the more it says of the rule.
int weight(Standing standing) {
  constexpr std::array order{Standing::none,     Standing::enforced, Standing::unknown,
                             Standing::stricter, Standing::silent,   Standing::misplaced,
                             Standing::looser,   Standing::missing,  Standing::error};
  return static_cast<int>(std::ranges::find(order, standing) - order.begin());
}

std::string words_of(const Verdict& verdict) {
  switch (verdict.kind) {
  case Kind::accepted: return "accepted: " + verdict.where;
  case Kind::refused_silently: return "refused without a word: " + verdict.where;
  case Kind::server_error:
  case Kind::signed_out:
  case Kind::unknown: return verdict.where + (verdict.words.empty() ? "" : ", which says: " + verdict.words);
  default: return verdict.words.empty() ? verdict.where : verdict.words;
  }
}

// What the rule wants of the server, for people.
std::string wanted(const record::ValidationCell& cell) {
  if (!cell.required.empty()) return cell.required;
  return cell.declared.empty() ? cell.column_says : cell.declared + ", as the page declares";
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
  cell.note = rule.note;
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
  if (tried.empty() && cell.note.empty()) cell.note = "no value tells whether the server keeps it";
  if (tried.empty()) cell.server = Standing::unknown;
  if (cell.server == Standing::looser && any_refusal && all_accepted && (!rule.far || far)) {
    const bool far_too = !far || far->verdict.kind == Kind::accepted;
    if (far_too) cell.server = Standing::missing;
    if (far && far_too) decisive = &*far;
  }
  if (decisive != nullptr) {
    cell.probe = decisive->value;
    cell.words = words_of(decisive->verdict);
    if (cell.server == Standing::misplaced) cell.words = "the error stands at " + decisive->verdict.words;
  }
  const bool stated = !rule.required.empty();
  cell.holds = !is_failing(cell.server, stated) && !is_failing_page(cell.page, stated);
  if (cell.note.empty() && cell.page == Standing::looser) cell.note = "the page lets through what the server refuses";
  if (cell.note.empty() && cell.server == Standing::stricter && !stated)
    cell.note = "the server refuses what the page lets through";
  return cell;
}

std::vector<record::Failure> failures_of(const record::ValidationCell& cell, const std::string& source_line,
                                         const std::string& column) {
  std::vector<record::Failure> failures;
  const bool stated = !cell.required.empty();
  const auto add = [&](std::string expected, std::string got, std::string hint) {
    failures.push_back(
        {cell.field + ", " + cell.rule, cell.place, source_line, std::move(expected), std::move(got), std::move(hint)});
  };
  if (is_failing_page(cell.page, stated)) {
    add(fmt::format("the page to declare {}", wanted(cell)),
        cell.page == Standing::missing ? (cell.declared.empty() ? "nothing of it" : cell.declared)
                                       : fmt::format("{}, which is stricter", cell.declared),
        cell.page == Standing::missing ? "page = false beside the rule holds only the server to it"
                                       : "people cannot enter what they should be able to");
  }
  if (!is_failing(cell.server, stated)) return failures;
  const std::string got = fmt::format("{}: {}", cell.probe, cell.words);
  switch (cell.server) {
  case Standing::stricter: add("the server to accept it: " + wanted(cell), got, column); break;
  case Standing::misplaced:
    add(fmt::format("an error at {}: {}", cell.field, wanted(cell)), got,
        "people are told to correct a field that is right");
    break;
  case Standing::silent:
    add(fmt::format("words that say why: {}", wanted(cell)), got,
        "people see the form again and nothing that says what is wrong with it");
    break;
  case Standing::error: add("an answer, not a server error: " + wanted(cell), got, column); break;
  default:
    add("the server to refuse it: " + wanted(cell), got,
        cell.server == Standing::missing ? "nothing on the server enforces the rule" : "");
  }
  return failures;
}

} // namespace murphy::run
