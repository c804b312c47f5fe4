// A form that is sent again and again: each time from a fresh page, with the session as it was, all values valid but
// one.
#pragma once

#include "run/form_rules/trial_values.h"
#include "run/form_rules/valid_values.h"
#include "run/form_rules/validate.h"
#include "run/form_rules/verdict.h"
#include "run/shared/console_window.h"

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace murphy::run {

// Why there is nothing more to try: an error or a failure, and what shows it.
struct Stop {
  std::optional<Error> error;
  std::optional<record::Failure> failure;
  record::Evidence evidence;
};

template <class T> using OrStop = std::expected<T, Stop>;

struct Sent {
  Verdict verdict;
  drive::Visit visit;
  record::TestedValue value; // that was tried
};

class FormTrial {
public:
  // Everything given outlives the trial.
  FormTrial(const ValidateSettings& settings, drive::Driver& driver, scenario::Scope& scope)
      : settings_(settings), validate_(settings.validate), driver_(driver), scope_(scope),
        opened_at_(console_mark(settings.console)), sent_at_(opened_at_) {}
  // The session is again what it was at first.
  ~FormTrial();
  FormTrial(const FormTrial&) = delete;
  FormTrial& operator=(const FormTrial&) = delete;

  // Finds the form on the page at hand, its fields and what the scenario says of each. To be called once, before the
  // rest.
  OrStop<void> find();

  const std::string& words() const { return words_; } // of the form
  const drive::FormSeen& form() const { return form_; }
  const std::vector<TrialField>& entries() const { return entries_; } // beside the form's fields
  int submissions() const { return submissions_; }
  std::vector<ProvedField> proved() const; // in the order of the scenario, else of the page

  // Where an accepted submission leads: what later ones are compared with.
  void set_arrival(const drive::Visit& visit);

  // Sends the form with valid values, one of them changed by the recipe for the rule's field; both null: none. Waits
  // when the app says that it is asked too often.
  OrStop<Sent> submit(const RuledField* rule, const Recipe* recipe);

  // What the app wrote since the last submission was sent, or since the trial began; waits until it falls silent.
  std::vector<record::ConsoleLine> console_lines() const;
  // The form's page as it was opened for the last submission.
  record::Evidence page_evidence() const;

  // Whether there is such a value now.
  bool can_make(const RuledField& rule, const Recipe& recipe);

  // A failure of the step, about its form.
  record::Failure failure(record::FailureCode code) const;
  std::unexpected<Stop> failed(record::Failure failure) const;
  std::unexpected<Stop> could_not_judge(std::string what, std::string hint) const;

private:
  record::AnswerSeen answer_of(const drive::Page& page) const;
  OrStop<void> ask_for_fields(std::vector<std::string>& asked);
  OrStop<void> match_fields(const std::vector<std::string>& asked);
  OrStop<drive::Visit> open_form();
  OrStop<Sent> submit_once(const RuledField* rule, const Recipe* recipe);
  record::TestedValue fill(const RuledField* rule, const Recipe* recipe, std::vector<drive::Filling>& with,
                           std::vector<drive::SentEntry>& send);
  std::optional<std::string> text_for(const RuledField& rule, const Recipe& recipe);
  Value hidden(std::string text, const Recipe& recipe, std::size_t field);
  bool hides(std::size_t field) const;
  std::string valid_text(std::size_t field) const;
  OrStop<void> renew_values();
  std::unexpected<Stop> stopped_by(drive::Obstacle obstacle) const;

  const ValidateSettings& settings_;
  const scenario::Validate& validate_;
  drive::Driver& driver_;
  scenario::Scope& scope_;
  target::Console::Mark opened_at_,
      sent_at_;         // the console before the last submission's page was opened, and after that
  drive::Visit opened_; // that page
  std::string words_;
  std::string address_;                     // of the form's page
  drive::Driver::Kept first_;               // the session as it was when the step began
  drive::Driver::Kept kept_;                // the one that submissions start from
  drive::Driver::Kept left_;                // as the last submission left it
  std::shared_ptr<const drive::Page> page_; // as first seen
  drive::FormSeen form_;
  std::vector<TrialField> entries_;
  std::vector<std::optional<drive::FieldValue>> values_; // of the submission under way, beside entries_
  std::vector<std::string> first_valid_;                 // the texts of the first one that was accepted, the same way
  std::optional<Arrival> arrival_;
  std::uint64_t round_ = 0;
  std::chrono::milliseconds waited_{};
  int submissions_ = 0;
};

// What a visit shows of a submission, as evidence.
void add_evidence(record::Evidence& evidence, const drive::Visit& visit);

} // namespace murphy::run
