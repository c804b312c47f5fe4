// A form that is sent again and again: each time from a fresh page, with the session as it was, all values valid but
// one.
#pragma once

#include "base/text.h"
#include "run/form_rules/password_pairs.h"
#include "run/form_rules/trial_values.h"
#include "run/form_rules/valid_values.h"
#include "run/form_rules/validate.h"
#include "run/form_rules/verdict.h"
#include "run/shared/console_window.h"

#include <chrono>
#include <cstdint>
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
  const std::vector<std::string>& created() const { return created_; }
  std::vector<ProvedField> proved() const; // in the order of the scenario, else of the page

  // Where an accepted submission leads: what later ones are compared with.
  void set_arrival(const drive::Visit& visit);

  // Sends the form with valid values, one of them changed by the recipe for the rule's field; both null: none. Waits
  // when the app says that it is asked too often.
  OrStop<Sent> submit(const RuledField* rule, const Recipe* recipe);

  // Whether the app's record would be left changed by valid values: they replace what the page was loaded with, or the
  // password of before.
  bool has_to_put_back() const;
  // Sends what the page was loaded with, and the password of before.
  OrStop<Sent> put_back();
  // Whether the form's page, opened again, shows the values it had at first.
  bool shows_first_values();
  // The fields whose first values nobody knows, of a form that shows what the app has stored.
  std::vector<std::string> lost_values() const;

  // Has the fields that a refusal is about, and that went out empty, filled in from now on. Gives back whether there
  // are any.
  bool fill_in_what_lacked(const Verdict& verdict);
  // The field that the words of a refusal are about and whose value was made up; empty: none.
  std::string made_up_field(const Verdict& verdict) const;
  std::vector<std::string> made_up_fields() const;

  // What the app wrote since the last submission was sent, or since the trial began; waits until it falls silent.
  std::vector<record::ConsoleLine> console_lines() const;
  // The form's page as it was opened for the last submission.
  record::Evidence page_evidence() const;

  std::size_t valid_length(std::size_t field) const { return utf16_length(valid_text(field)); }
  // Whether there is such a value now.
  bool can_make(const RuledField& rule, const Recipe& recipe);

  // A failure of the step, about its form.
  record::Failure failure(record::FailureCode code) const;
  std::unexpected<Stop> failed(record::Failure failure) const;
  std::unexpected<Stop> could_not_judge(std::string what, std::string hint) const;

private:
  record::AnswerSeen answer_of(const drive::Page& page) const;
  OrStop<void> ask_for_fields();
  OrStop<void> match_fields();
  bool shows_form(const drive::Page& page) const;
  OrStop<drive::Visit> open_form();
  enum class Values { valid, loaded };
  OrStop<Sent> submit_once(const RuledField* rule, const Recipe* recipe, Values values = Values::valid);
  OrStop<Sent> send_patiently(const RuledField* rule, const Recipe* recipe, Values values);
  void fill_as_loaded(std::vector<drive::Filling>& with, std::vector<drive::SentEntry>& send) const;
  bool is_about(const Verdict& verdict, std::size_t field) const;
  bool shows_a_record() const;
  bool replaces_choice(std::size_t field) const;
  Question question() const;
  OrStop<void> lead_to_form();
  OrStop<drive::Visit> open_by_steps();
  const Value* went_out(std::size_t field, const std::vector<drive::SentEntry>& send) const;
  void note_creation(const std::vector<drive::SentEntry>& send);
  void keep_password(const std::vector<drive::SentEntry>& send);
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
      sent_at_;                             // the console before the last submission's page was opened, and after that
  drive::Visit opened_;                     // that page
  std::string words_;                       // of the form
  std::vector<std::string> asked_;          // the fields that the scenario names
  std::string address_;                     // of the form's page
  drive::Driver::Kept first_;               // the session as it was when the step began
  drive::Driver::Kept kept_;                // the one that submissions start from
  drive::Driver::Kept left_;                // as the last submission left it
  std::shared_ptr<const drive::Page> page_; // as first seen
  drive::FormSeen form_;
  std::vector<TrialField> entries_;
  PasswordFields passwords_;
  std::vector<ValidValue> values_;       // of the submission under way, beside entries_
  std::vector<std::string> first_valid_; // the texts of the first one that was accepted, the same way
  std::string first_password_;           // of the account, before anything was sent
  std::optional<Value> last_password_;   // that the app has accepted since
  SentTexts sent_texts_;
  AnswerText loaded_; // the page that the form was filled in on
  std::optional<Arrival> arrival_;
  std::vector<std::string> created_;
  std::uint64_t round_ = 0;
  std::optional<Fresh> fresh_;
  std::chrono::milliseconds waited_{};
  int submissions_ = 0;
};

// What a visit shows of a submission, as evidence.
void add_evidence(record::Evidence& evidence, const drive::Visit& visit);
// The stop with what was answered as its evidence, and nothing else.
std::unexpected<Stop> with_evidence(Stop stop, const Sent& sent);

} // namespace murphy::run
