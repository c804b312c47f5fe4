#include "run/form_rules/validate.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "run/form_rules/column_rules.h"
#include "run/form_rules/form_trial.h"
#include "run/form_rules/matrix.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>

namespace murphy::run {
namespace {

using record::FailureCode;
using record::Outcome;
using record::Standing;
using Kind = record::SubmissionEnd;

// Nobody waits for more, and an app may take as many for an attack.
constexpr std::size_t most_submissions = 1000;

// So many answers that went wrong are kept as evidence; the matrix names all.
constexpr int most_kept = 4;

// The line of the answer and its words: "200 /join, which says: …".
std::string answer_text(const Verdict& verdict) {
  return line_of(verdict.answer) + (verdict.words.empty() ? "" : ", which says: " + verdict.words);
}

// A value that Murphy makes to a length: another one serves as well.
bool is_made(const Recipe& recipe) {
  return recipe.kind == Recipe::Kind::stretched || recipe.kind == Recipe::Kind::wide;
}

bool is_refusal(const Verdict& verdict) {
  return verdict.kind == Kind::refused_here || verdict.kind == Kind::refused_elsewhere ||
         verdict.kind == Kind::refused_unplaced;
}

class Prover {
public:
  Prover(const ValidateSettings& settings, drive::Driver& driver, scenario::Scope& scope, record::StepResult& result)
      : settings_(settings), trial_(settings, driver, scope), result_(result) {}

  void run();

private:
  enum class Round { first, last };

  OrStop<void> prove();
  OrStop<std::vector<RuledField>> plan();
  void look_at_columns();
  OrStop<void> send_valid_ones(Round round);
  OrStop<void> prove_rule(const RuledField& rule);
  OrStop<Tried> try_probe(const RuledField& rule, const Trial& trial);
  void keep_evidence(Standing standing); // of the last probe
  OrStop<bool> takes_wide_letters(const RuledField& rule, std::size_t length);
  OrStop<bool> refuses_all(const RuledField& rule, const Recipe& recipe);
  OrStop<void> check_for_a_block(const Sent& sent);
  OrStop<void> refuse_what_harms();
  OrStop<void> put_back();
  std::unexpected<Stop> not_accepted_any_more(const Sent& sent);
  void keep(const RuledField& rule, record::ValidationCell cell);

  const ValidateSettings& settings_;
  FormTrial trial_;
  record::StepResult& result_;
  Columns columns_; // beside the form's fields
  drive::Visit last_;
  int kept_ = 0;            // answers that went wrong
  int suspicious_ = 0;      // submissions in a row whose answers may be those of an app that takes no more
  bool is_no_lock_ = false; // a valid form was accepted in between
  record::Validation matrix_;
};

void Prover::look_at_columns() {
  const auto& schema = settings_.database.schema();
  if (!schema) return;
  if (*schema) {
    columns_ = columns_behind(**schema, trial_.form().fields);
    matrix_.table = columns_.table;
  } else {
    matrix_.database_note = schema->error().what;
  }
}

OrStop<std::vector<RuledField>> Prover::plan() {
  if (auto found = trial_.find(); !found) return std::unexpected(std::move(found.error()));
  matrix_.form = trial_.words();
  look_at_columns();
  const std::vector<ProvedField> proved = trial_.proved();
  std::vector<RuledField> rules;
  for (const ProvedField& field : proved) {
    std::ranges::move(rules_of(trial_.form(), {field}), std::back_inserter(rules));
    if (!columns_.table.empty())
      std::ranges::move(rules_of_column(columns_, trial_.form(), field), std::back_inserter(rules));
  }
  if (rules.empty()) return trial_.failed(trial_.failure(FailureCode::validate_without_rules));
  std::size_t planned = 2;
  for (const RuledField& rule : rules) planned += rule.trials.size();
  if (planned > most_submissions) {
    record::Failure failure = trial_.failure(FailureCode::validate_too_many);
    failure.wanted.number = most_submissions;
    failure.got.number = static_cast<std::int64_t>(planned);
    for (const ProvedField& field : proved) failure.others.push_back(trial_.entries()[field.field].called);
    return trial_.failed(std::move(failure));
  }
  return rules;
}

// What would do harm, or prove nothing, is not begun.
OrStop<void> Prover::refuse_what_harms() {
  const drive::FormSeen& form = trial_.form();
  const auto refuse = [&](FailureCode code, std::string part, std::string what) {
    record::Failure failure = trial_.failure(code);
    failure.part = std::move(part);
    failure.reason.what = std::move(what);
    return trial_.failed(std::move(failure));
  };
  for (const TrialField& entry : trial_.entries())
    if (form.is_get && is_password_type(entry.seen->type))
      return refuse(FailureCode::validate_by_get, entry.called, {});
  if (!form.sent_by_script.empty()) return refuse(FailureCode::validate_by_script, {}, form.sent_by_script);
  const bool is_answered = std::ranges::any_of(trial_.entries(), [](const TrialField& entry) {
    return entry.valid != nullptr && ascii_lower(entry.seen->name).contains("captcha");
  });
  if (!form.captcha.empty() && !is_answered) return refuse(FailureCode::validate_captcha, {}, form.captcha);
  std::vector<std::string> lost = trial_.lost_values();
  if (lost.empty() || settings_.validate.writes) return {};
  record::Failure failure = trial_.failure(FailureCode::validate_needs_writes);
  failure.others = std::move(lost);
  return trial_.failed(std::move(failure));
}

std::unexpected<Stop> Prover::not_accepted_any_more(const Sent& sent) {
  const Verdict& verdict = sent.verdict;
  Stop stop =
      trial_
          .could_not_judge(
              "the form is not accepted any more with the values it was accepted with at first: " +
                  answer_text(verdict),
              says_taken(verdict.words)
                  ? "a value that may be used only once is new each time as ${unique} or ${unique:email}"
                  : fmt::format("after {} submissions; does the app lock accounts after a number of them? raise its "
                                "limit for tests, or give the scenario an account of its own",
                                trial_.submissions()))
          .error();
  return with_evidence(std::move(stop), sent);
}

// The form with valid values only. It has to be accepted, first and last: else no refusal would mean anything.
OrStop<void> Prover::send_valid_ones(Round round) {
  auto sent = trial_.submit(nullptr, nullptr);
  // Many pages leave it to the server to say what is required; some servers say it of one field at a time.
  while (round == Round::first && sent && is_refusal(sent->verdict) && trial_.fill_in_what_lacked(sent->verdict))
    sent = trial_.submit(nullptr, nullptr);
  if (!sent) return std::unexpected(std::move(sent.error()));
  const Verdict& verdict = sent->verdict;
  if (round == Round::last) {
    // Of an app whose answers show nothing, the last shows as little as the first.
    const bool shows_nothing = verdict.kind == Kind::unknown && verdict.words.empty() && verdict.answer.status < 400;
    if (verdict.kind != Kind::accepted && !shows_nothing) return not_accepted_any_more(*sent);
    return {};
  }
  if (verdict.kind == Kind::accepted) {
    trial_.set_arrival(sent->visit);
    add_evidence(result_.evidence, sent->visit);
    return {};
  }
  record::Failure failure = trial_.failure(FailureCode::validate_refused);
  failure.got = record::got_text(verdict.words);
  failure.got.answer = verdict.answer;
  failure.part = trial_.made_up_field(verdict);
  failure.others = trial_.made_up_fields();
  if (says_taken(verdict.words)) failure.got.answer.traits.push_back(record::PageTrait::says_taken);
  return with_evidence(trial_.failed(std::move(failure)).error(), *sent);
}

// The app is left as it was, where the page showed how that is.
OrStop<void> Prover::put_back() {
  if (!trial_.has_to_put_back()) return {};
  auto sent = trial_.put_back();
  if (!sent) return std::unexpected(std::move(sent.error()));
  if (sent->verdict.kind == Kind::accepted) return {};
  // Its words may differ from those to other values; what the page shows from now on decides.
  if (sent->verdict.answer.status < 400 && trial_.shows_first_values()) return {};
  record::Failure failure = trial_.failure(FailureCode::validate_not_put_back);
  failure.got = record::got_text(sent->verdict.words);
  failure.got.answer = sent->verdict.answer;
  return with_evidence(trial_.failed(std::move(failure)).error(), *sent);
}

// An app that takes no more submissions answers each of them alike: a valid form distinguishes that from a refusal.
OrStop<void> Prover::check_for_a_block(const Sent& sent) {
  constexpr int most_suspicious = 2; // in a row; words of a lock are enough once
  if (!sent.verdict.might_be_a_lock) {
    suspicious_ = 0;
    return {};
  }
  const bool says_so = sent.verdict.answer.status < 400 || sent.verdict.answer.status == 422;
  if (is_no_lock_ || (++suspicious_ < most_suspicious && !says_so)) return {};
  auto valid = trial_.submit(nullptr, nullptr);
  if (!valid) return std::unexpected(std::move(valid.error()));
  suspicious_ = 0;
  is_no_lock_ = valid->verdict.kind == Kind::accepted;
  if (is_no_lock_) return {};
  Stop stop = trial_
                  .could_not_judge("the app blocks further submissions, valid ones too: " + answer_text(valid->verdict),
                                   fmt::format("it was submission {} of this step; raise the app's limit for tests, or "
                                               "give the scenario an account of its own",
                                               trial_.submissions()))
                  .error();
  return with_evidence(std::move(stop), *valid);
}

OrStop<Tried> Prover::try_probe(const RuledField& rule, const Trial& trial) {
  auto sent = trial_.submit(&rule, &trial.recipe);
  // A short one may be somebody's already: another is as good.
  for (int again = 0; again < 3 && is_made(trial.recipe) && sent && is_taken(sent->verdict); ++again)
    sent = trial_.submit(&rule, &trial.recipe);
  if (!sent) return std::unexpected(std::move(sent.error()));
  if (auto goes_on = check_for_a_block(*sent); !goes_on) return std::unexpected(std::move(goes_on.error()));
  last_ = std::move(sent->visit);
  Tried tried;
  tried.accept = trial.accept;
  tried.value = std::move(sent->value);
  tried.verdict = std::move(sent->verdict);
  tried.any_answer = rule.is_of_column;
  if (trial.recipe.kind == Recipe::Kind::listed && trial.accept) tried.taken = Tried::Taken::accepted;
  if (trial.recipe.kind == Recipe::Kind::listed && !trial.accept && settings_.is_of_account(*trial.recipe.listed))
    tried.taken = Tried::Taken::refused;
  // Every name of so few letters may be somebody's.
  if (trial.recipe.kind == Recipe::Kind::stretched && trial.recipe.length <= 3) tried.taken = Tried::Taken::accepted;
  return tried;
}

void Prover::keep_evidence(Standing standing) {
  if (standing == Standing::enforced || standing == Standing::unknown || standing == Standing::none) return;
  if (kept_ == 0) result_.evidence = {}; // what went wrong says more than what went well
  if (kept_++ >= most_kept) return;
  add_evidence(result_.evidence, last_);
  std::ranges::move(trial_.console_lines(), std::back_inserter(result_.evidence.console));
}

// Whether such letters are taken at all: a short value with them shows it.
OrStop<bool> Prover::takes_wide_letters(const RuledField& rule, std::size_t length) {
  const auto& stated = rule.rules != nullptr ? rule.rules->min_length : std::nullopt;
  const std::size_t least = stated ? *stated : trial_.form().fields[rule.field].min_length.value_or(1);
  Recipe control;
  control.kind = Recipe::Kind::wide;
  control.length = std::max<std::size_t>({length / 4, least, 2});
  auto sent = trial_.submit(&rule, &control);
  if (!sent) return std::unexpected(std::move(sent.error()));
  return sent->verdict.kind == Kind::accepted;
}

// Whether values of this making are refused whatever their length: one between the valid value and the bound shows it.
OrStop<bool> Prover::refuses_all(const RuledField& rule, const Recipe& recipe) {
  const std::size_t valid = trial_.valid_length(rule.field);
  Recipe control = recipe;
  control.length = (valid + recipe.length) / 2;
  if (control.length == recipe.length || control.length == valid || !trial_.can_make(rule, control)) return false;
  auto sent = trial_.submit(&rule, &control);
  if (!sent) return std::unexpected(std::move(sent.error()));
  return sent->verdict.kind != Kind::accepted;
}

void Prover::keep(const RuledField& rule, record::ValidationCell cell) {
  cell.place = settings_.step.place;
  std::string source_line = settings_.step.source_line;
  if (rule.rules != nullptr) {
    const auto at = rule.rules->rules_at.find(rule.rule);
    const scenario::Written& written = at != rule.rules->rules_at.end() ? at->second : rule.rules->written;
    cell.place = written.place;
    source_line = written.source_line;
  }
  for (record::Failure& failure : failures_of(cell, source_line)) result_.failures.push_back(std::move(failure));
  matrix_.cells.push_back(std::move(cell));
}

OrStop<void> Prover::prove_rule(const RuledField& rule) {
  std::vector<Tried> tried;
  std::optional<Tried> far;
  bool no_wide_letters = false, all_refused = false, took_wide = false;
  for (const Trial& trial : rule.trials) {
    if (took_wide && trial.accept && trial.recipe.kind == Recipe::Kind::stretched) continue;
    if (!trial_.can_make(rule, trial.recipe)) continue;
    auto one = try_probe(rule, trial);
    if (!one) return std::unexpected(std::move(one.error()));
    const Standing own = standing(*one);
    if (trial.recipe.kind == Recipe::Kind::wide && own == Standing::stricter) {
      const auto taken = takes_wide_letters(rule, trial.recipe.length);
      if (!taken) return std::unexpected(taken.error());
      if (!*taken) {
        no_wide_letters = true;
        continue;
      }
    }
    if (trial.recipe.kind == Recipe::Kind::wide && own != Standing::enforced) one->value.is_wide = true;
    took_wide = took_wide || (trial.accept && trial.recipe.kind == Recipe::Kind::wide && own == Standing::enforced);
    if (trial.recipe.kind == Recipe::Kind::stretched && own == Standing::stricter) {
      const auto all = refuses_all(rule, trial.recipe);
      if (!all) return std::unexpected(all.error());
      all_refused = *all;
    }
    // What is refused for its making says nothing of the value that is made in the same way and breaks the rule.
    one->refuses_all = all_refused && is_made(trial.recipe);
    keep_evidence(standing(*one));
    tried.push_back(std::move(*one));
  }
  const auto slipped = [](const Tried& each) { return !each.accept && each.verdict.kind == Kind::accepted; };
  const auto stopped = [](const Tried& each) { return !each.accept && each.verdict.kind != Kind::accepted; };
  if (rule.far && std::ranges::any_of(tried, slipped) && std::ranges::none_of(tried, stopped) &&
      trial_.can_make(rule, rule.far->recipe)) {
    auto one = try_probe(rule, *rule.far);
    if (!one) return std::unexpected(std::move(one.error()));
    keep_evidence(standing(*one));
    far = std::move(*one);
  }
  record::ValidationCell cell = cell_of(rule, trial_.entries()[rule.field].called, tried, far);
  if (cell.notes.empty() && no_wide_letters) cell.notes = {{record::RuleNote::Kind::no_wide_letters, {}}};
  // What the server takes in its stride says nothing of a column that only bears the field's name.
  if (rule.is_of_column && rule.rule != "unique" && (tried.empty() || cell.server == Standing::none)) return {};
  compare_column(columns_, trial_.form().fields[rule.field], rule, tried, cell);
  keep(rule, std::move(cell));
  return {};
}

OrStop<void> Prover::prove() {
  const auto rules = plan();
  if (!rules) return std::unexpected(rules.error());
  if (auto harmless = refuse_what_harms(); !harmless) return harmless;
  const auto not_reached = [&](auto from) {
    for (; from != rules->end(); ++from)
      matrix_.cells.push_back(cell_not_reached(*from, trial_.entries()[from->field].called));
  };
  if (auto sent = send_valid_ones(Round::first); !sent) {
    if (sent.error().error) not_reached(rules->begin());
    return sent;
  }
  for (auto rule = rules->begin(); rule != rules->end(); ++rule) {
    auto proved = prove_rule(*rule);
    if (proved) continue;
    not_reached(rule);
    // What was accepted until then is put back all the same, as far as the app lets anyone.
    if (proved.error().error && proved.error().error->kind != ErrorKind::interrupted) (void)put_back();
    return proved;
  }
  auto last = send_valid_ones(Round::last);
  auto back = put_back();
  return last ? back : last;
}

void Prover::run() {
  OrStop<void> proved = prove();
  matrix_.submissions = trial_.submissions();
  matrix_.created = trial_.created();
  // Of a step that could not be judged to its end, no rule is known to hold.
  const bool is_judged = proved || !proved.error().error;
  if (!proved) {
    Stop& stop = proved.error();
    result_.evidence = std::move(stop.evidence);
    if (stop.failure) result_.failures.push_back(std::move(*stop.failure));
    if (stop.error) {
      if (stop.error->place.file.empty()) {
        stop.error->place = settings_.step.place;
        stop.error->source_line = settings_.step.source_line;
      }
      result_.failures.clear();
      result_.error = std::move(stop.error);
    }
  }
  const bool went_well = is_judged && result_.failures.empty();
  // Where no submission went wrong, the page is what does.
  if (proved && !went_well && kept_ == 0) result_.evidence = trial_.page_evidence();
  if (!matrix_.cells.empty()) result_.evidence.validation = std::move(matrix_);
  if (!went_well && result_.evidence.console.empty()) result_.evidence.console = trial_.console_lines();
  result_.outcome = !is_judged ? Outcome::error : result_.failures.empty() ? Outcome::passed : Outcome::failed;
}

} // namespace

void validate(const ValidateSettings& settings, drive::Driver& driver, scenario::Scope& scope,
              record::StepResult& result) {
  Prover(settings, driver, scope, result).run();
}

} // namespace murphy::run
