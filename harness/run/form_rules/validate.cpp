#include "run/form_rules/validate.h"

#include "base/text.h"
#include "run/form_rules/column_rules.h"
#include "run/form_rules/form_trial.h"
#include "run/form_rules/matrix.h"

#include <algorithm>
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
  void keep(const RuledField& rule, record::ValidationCell cell);

  const ValidateSettings& settings_;
  FormTrial trial_;
  record::StepResult& result_;
  Columns columns_; // beside the form's fields
  drive::Visit last_;
  int kept_ = 0; // answers that went wrong
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

// The form with valid values only. It has to be accepted, first and last: else no refusal would mean anything.
OrStop<void> Prover::send_valid_ones(Round round) {
  const bool first = round == Round::first;
  auto sent = trial_.submit(nullptr, nullptr);
  if (!sent) return std::unexpected(std::move(sent.error()));
  const Verdict& verdict = sent->verdict;
  if (verdict.kind == Kind::accepted && first) {
    trial_.set_arrival(sent->visit);
    add_evidence(result_.evidence, sent->visit);
  }
  if (verdict.kind == Kind::accepted || (!first && verdict.kind == Kind::unknown)) return {};

  const bool is_taken = says_taken(verdict.words);
  Stop stop;
  if (first) {
    record::Failure failure = trial_.failure(FailureCode::validate_refused);
    failure.got = record::got_text(verdict.words);
    failure.got.answer = verdict.answer;
    if (is_taken) failure.got.answer.traits.push_back(record::PageTrait::says_taken);
    stop = trial_.failed(std::move(failure)).error();
  } else {
    stop =
        trial_
            .could_not_judge(
                fmt::format("the form is not accepted any more with the values it was accepted with at first: {}{}",
                            line_of(verdict.answer), verdict.words.empty() ? "" : ", which says: " + verdict.words),
                is_taken
                    ? "a value that may be used only once is new each time as ${unique} or ${unique:email}"
                    : fmt::format("after {} submissions; does the app lock accounts after a number of them? raise its "
                                  "limit for tests, or give the scenario an account of its own",
                                  trial_.submissions()))
            .error();
  }
  stop.evidence = {};
  add_evidence(stop.evidence, sent->visit);
  return std::unexpected(std::move(stop));
}

OrStop<Tried> Prover::try_probe(const RuledField& rule, const Trial& trial) {
  auto sent = trial_.submit(&rule, &trial.recipe);
  if (!sent) return std::unexpected(std::move(sent.error()));
  last_ = std::move(sent->visit);
  return Tried{trial.accept, std::move(sent->value), std::move(sent->verdict), rule.rule == "rejects",
               rule.is_of_column};
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
  bool no_wide_letters = false;
  for (const Trial& trial : rule.trials) {
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
    keep_evidence(own);
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
  if (auto sent = send_valid_ones(Round::first); !sent) return sent;
  for (const RuledField& rule : *rules)
    if (auto proved = prove_rule(rule); !proved) return proved;
  return send_valid_ones(Round::last);
}

void Prover::run() {
  OrStop<void> proved = prove();
  matrix_.submissions = trial_.submissions();
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
  if (is_judged && !matrix_.cells.empty()) result_.evidence.validation = std::move(matrix_);
  if (!went_well && result_.evidence.console.empty()) result_.evidence.console = trial_.console_lines();
  result_.outcome = !is_judged ? Outcome::error : result_.failures.empty() ? Outcome::passed : Outcome::failed;
}

} // namespace

void validate(const ValidateSettings& settings, drive::Driver& driver, scenario::Scope& scope,
              record::StepResult& result) {
  Prover(settings, driver, scope, result).run();
}

} // namespace murphy::run
