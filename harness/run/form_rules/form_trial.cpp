#include "run/form_rules/form_trial.h"

#include "base/label.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "record/bounds.h"
#include "record/retry_after.h"
#include "run/shared/compare.h"
#include "run/shared/made_by_scripts.h"
#include "run/shared/wait.h"
#include "scenario/field_rules.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::run {
namespace {

using namespace std::chrono_literals;
using record::FailureCode;
using Kind = record::SubmissionEnd;

// Before the form is sent again to an app that answered 429 and did not say when.
constexpr auto first_pause = 1s;

std::unexpected<Stop> stop_with(Error error) { return std::unexpected(Stop{std::move(error), {}, {}}); }

// Whether the page declares more of the field's value than whether there has to be one.
bool has_rules(const drive::FormField& field) {
  const bool has_type = std::ranges::find(scenario::value_types(), field.type) != scenario::value_types().end();
  return has_type || field.min_length || field.max_length || !field.pattern.empty();
}

} // namespace

void add_evidence(record::Evidence& evidence, const drive::Visit& visit) {
  evidence.exchanges.insert(evidence.exchanges.end(), visit.exchanges.begin(), visit.exchanges.end());
  evidence.form = visit.form;
  evidence.page = visit.page->seen();
}

std::unexpected<Stop> with_evidence(Stop stop, const Sent& sent) {
  stop.evidence = {};
  add_evidence(stop.evidence, sent.visit);
  return std::unexpected(std::move(stop));
}

FormTrial::~FormTrial() {
  if (first_ != nullptr) driver_.restore(first_);
  scope_.set_round(0);
}

record::Failure FormTrial::failure(FailureCode code) const {
  record::Failure failure;
  failure.code = code;
  failure.place = settings_.step.place;
  failure.source_line = settings_.step.source_line;
  failure.subject = words_;
  return failure;
}

std::unexpected<Stop> FormTrial::failed(record::Failure failure) const {
  Stop stop;
  stop.failure = std::move(failure);
  // The page that lacks what was expected is the one still open.
  if (page_ != nullptr) stop.evidence.page = page_->seen();
  return std::unexpected(std::move(stop));
}

record::AnswerSeen FormTrial::answer_of(const drive::Page& page) const {
  record::AnswerSeen answer{page.status(), page.path(), {}, {}};
  if (!settings_.sign_in_path.empty() && page.path() == settings_.sign_in_path)
    answer.traits = {record::PageTrait::is_sign_in_page};
  return answer;
}

std::unexpected<Stop> FormTrial::could_not_judge(std::string what, std::string hint) const {
  return stop_with(Error{.kind = ErrorKind::target,
                         .what = std::move(what),
                         .hint = std::move(hint),
                         .place = settings_.step.place,
                         .source_line = settings_.step.source_line});
}

std::unexpected<Stop> FormTrial::stopped_by(drive::Obstacle obstacle) const {
  Stop stop;
  if (obstacle.kind == drive::Obstacle::Kind::app) {
    record::Failure missing = failure(obstacle.code);
    missing.subject = std::move(obstacle.subject);
    missing.reason = {std::move(obstacle.error.what), std::move(obstacle.error.hint)};
    stop = failed(std::move(missing)).error();
  } else {
    stop.error = std::move(obstacle.error);
  }
  stop.evidence.exchanges = std::move(obstacle.exchanges);
  stop.evidence.form = std::move(obstacle.form);
  return std::unexpected(std::move(stop));
}

// ---- the form

// Every field that the scenario names: those with rules, those with valid values, those that others repeat.
OrStop<void> FormTrial::ask_for_fields() {
  const auto ask = [&](const scenario::Text& field) -> Result<void> {
    auto name = scope_.resolve_words(field);
    if (!name) return std::unexpected(name.error());
    asked_.push_back(std::move(*name));
    return {};
  };
  for (const scenario::FieldRules& rules : validate_.fields)
    if (auto good = ask(rules.field); !good) return stop_with(good.error());
  for (const scenario::Filling& filling : validate_.valid)
    if (auto good = ask(filling.field); !good) return stop_with(good.error());
  for (const scenario::FieldRules& rules : validate_.fields)
    if (rules.same_as)
      if (auto good = ask(*rules.same_as); !good) return stop_with(good.error());
  return {};
}

OrStop<void> FormTrial::match_fields() {
  for (const drive::FormField& field : form_.fields) {
    TrialField& entry = entries_.emplace_back();
    entry.seen = &field;
    sent_texts_.add(field.value); // it may come back, too
    entry.called = field.labels.front();
    entry.words = field.name.empty() ? field.labels.front() : "name:" + field.name;
    entry.is_proved = validate_.fields.empty() && field.barred.empty() && !field.name.empty() && !field.is_trap &&
                      (field.required || has_rules(field));
  }
  std::size_t next = 0;
  for (const scenario::FieldRules& rules : validate_.fields) {
    const drive::FormField& field = form_.fields[form_.asked[next]];
    TrialField& entry = entries_[form_.asked[next]];
    if (entry.rules != nullptr) {
      record::Failure same = failure(FailureCode::validate_same_field);
      same.subject = entry.called;
      same.part = asked_[next];
      return failed(std::move(same));
    }
    if (!field.barred.empty() || field.name.empty()) {
      record::Failure fixed = failure(FailureCode::validate_fixed_field);
      fixed.subject = asked_[next];
      fixed.reason.what = field.barred;
      return failed(std::move(fixed));
    }
    entry.rules = &rules;
    entry.is_proved = true;
    entry.called = entry.words = asked_[next++];
  }
  for (const scenario::Filling& filling : validate_.valid) {
    TrialField& entry = entries_[form_.asked[next]];
    entry.valid = &filling;
    entry.words = asked_[next++];
  }
  for (std::size_t i = 0; i < validate_.fields.size(); ++i)
    if (validate_.fields[i].same_as) entries_[form_.asked[i]].same_as = form_.asked[next++];
  passwords_ = password_fields(form_.fields);
  if (passwords_.repeated && !entries_[*passwords_.repeated].same_as && !entries_[*passwords_.chosen].same_as)
    entries_[*passwords_.repeated].same_as = passwords_.chosen;
  return {};
}

OrStop<void> FormTrial::find() {
  auto words = scope_.resolve_words(validate_.form);
  if (!words) return stop_with(words.error());
  words_ = std::move(*words);
  first_ = driver_.keep();
  if (auto there = lead_to_form(); !there) return there;
  page_ = driver_.page();
  if (page_ == nullptr) return failed(failure(FailureCode::validate_without_page));
  address_ = page_->url();
  if (auto good = ask_for_fields(); !good) return good;
  auto form = page_->form(words_, asked_);
  if (!form && page_->is_made_by_scripts()) return stop_with(made_by_scripts());
  if (!form) {
    record::Failure missing = failure(FailureCode::validate_missing_form);
    missing.got.answer = answer_of(*page_);
    missing.reason = {form.error().what, form.error().hint};
    return failed(std::move(missing));
  }
  form_ = std::move(*form);
  if (auto good = match_fields(); !good) return good;
  kept_ = validate_.before != nullptr ? first_ : driver_.keep();
  return renew_values();
}

std::vector<ProvedField> FormTrial::proved() const {
  std::vector<ProvedField> fields;
  for (std::size_t i = 0; i < validate_.fields.size(); ++i)
    fields.push_back({form_.asked[i], entries_[form_.asked[i]].rules, valid_text(form_.asked[i])});
  for (std::size_t i = 0; validate_.fields.empty() && i < entries_.size(); ++i)
    if (entries_[i].is_proved) fields.push_back({i, nullptr, valid_text(i)});
  return fields;
}

void FormTrial::set_arrival(const drive::Visit& visit) {
  arrival_ = arrival_of(visit, question());
  for (std::size_t field = 0; field < entries_.size(); ++field) first_valid_.push_back(valid_text(field));
}

std::vector<record::ConsoleLine> FormTrial::console_lines() const { return console_since(settings_.console, sent_at_); }

record::Evidence FormTrial::page_evidence() const {
  record::Evidence evidence;
  if (opened_.page == nullptr) return evidence;
  add_evidence(evidence, opened_);
  evidence.console = settings_.console.lines_between(opened_at_, sent_at_);
  record::keep_newest(evidence.console, record::most_of_step);
  return evidence;
}

// ---- values

OrStop<void> FormTrial::renew_values() {
  auto values = valid_values(entries_, scope_);
  if (!values) return stop_with(std::move(values.error()));
  values_ = std::move(*values);
  fresh_.emplace(unique_text(scope_));
  if (!passwords_.current) return {};
  if (first_password_.empty()) first_password_ = valid_text(*passwords_.current);
  if (last_password_) values_[*passwords_.current].sent = *last_password_;
  return {};
}

bool FormTrial::hides(std::size_t field) const {
  if (is_password_type(form_.fields[field].type)) return true;
  const Value* value = values_[field].text();
  return value != nullptr && value->is_secret();
}

std::string FormTrial::valid_text(std::size_t field) const {
  if (!values_[field].spare.empty()) return values_[field].spare;
  const Value* value = values_[field].text();
  return value != nullptr ? in_clear(*value) : form_.fields[field].value;
}

// What goes into a field that hides its values. What is made of a valid value could give it away, so it is hidden from
// wherever the app may write it, too.
Value FormTrial::hidden(std::string text, const Recipe& recipe, std::size_t field) {
  if (!hides(field) || trim(text).empty()) return Value(std::move(text));
  const std::size_t length = utf16_length(text);
  std::string label = fmt::format("{} character{}", length, length == 1 ? "" : "s");
  // What stands in the scenario is no secret.
  const bool is_written =
      recipe.kind == Recipe::Kind::exact || (recipe.kind == Recipe::Kind::listed && recipe.listed->is_literal());
  if (!is_written && text.size() >= 8) return scope_.learn(std::move(text), std::move(label));
  return Value(std::make_shared<const Secret>(std::move(text), std::move(label)));
}

// The value a recipe gives now; none when there is no such value, or the recipe is to leave the field alone.
std::optional<std::string> FormTrial::text_for(const RuledField& rule, const Recipe& recipe) {
  const std::string valid = valid_text(rule.field);
  const drive::FormField& field = form_.fields[rule.field];
  switch (recipe.kind) {
  case Recipe::Kind::exact: return recipe.text;
  case Recipe::Kind::worded: return worded(recipe.text, lengths_of(field, rule.rules), *fresh_);
  case Recipe::Kind::twisted: return twisted(valid, recipe.length, *fresh_);
  case Recipe::Kind::stretched: {
    const std::string type = value_type(field, rule.rules);
    auto text = stretched(type, valid, recipe.length, *fresh_);
    if (!text || fits_but_for_length(field, rule.rules, *text)) return text;
    std::string other = drawn_out(valid, recipe.length);
    const bool is_better = utf16_length(other) == recipe.length && fits_but_for_length(field, rule.rules, other);
    if (is_better) return other;
    return recipe.keeps_others ? std::nullopt : text;
  }
  case Recipe::Kind::wide: return widened(valid, recipe.length, *fresh_);
  case Recipe::Kind::different: return valid + "x";
  case Recipe::Kind::listed: {
    auto value = scope_.resolve_words(*recipe.listed);
    if (!value) return std::nullopt;
    return std::move(*value);
  }
  case Recipe::Kind::again:
    if (first_valid_[rule.field].empty()) return std::nullopt;
    return first_valid_[rule.field];
  case Recipe::Kind::unset:
  case Recipe::Kind::left_out: break;
  }
  return std::nullopt;
}

bool FormTrial::can_make(const RuledField& rule, const Recipe& recipe) {
  return recipe.kind == Recipe::Kind::unset || recipe.kind == Recipe::Kind::left_out ||
         text_for(rule, recipe).has_value();
}

// What to fill in and what to send past the page's rules. Gives back the value that is tried, as it may be shown.
record::TestedValue FormTrial::fill(const RuledField* rule, const Recipe* recipe, std::vector<drive::Filling>& with,
                                    std::vector<drive::SentEntry>& send) {
  record::TestedValue shown;
  const std::size_t tried = rule != nullptr ? rule->field : form_.fields.size();
  if (rule != nullptr) {
    const drive::FormField& field = form_.fields[tried];
    if (const auto text = text_for(*rule, *recipe)) {
      const bool tries_length = recipe->kind == Recipe::Kind::stretched || recipe->kind == Recipe::Kind::wide;
      shown = described(*text, hides(tried) ? Shown::length : tries_length ? Shown::value_and_length : Shown::value);
      const Value value = hidden(*text, *recipe, tried);
      sent_texts_.add(*text);
      send.emplace_back(field.name, value);
      // What repeats the field goes with it, and what it repeats; a value that is to differ stays alone, and so does a
      // repetition that is missing.
      const bool is_empty = trim(*text).empty();
      for (std::size_t i = 0; i < entries_.size(); ++i) {
        const bool is_repeated = entries_[tried].same_as == i && !is_empty;
        if ((entries_[i].same_as == tried || is_repeated) && recipe->kind != Recipe::Kind::different)
          send.emplace_back(form_.fields[i].name, value);
      }
    } else if (field.type == "checkbox") {
      shown.kind = record::TestedValue::Kind::not_ticked;
      with.push_back({entries_[tried].words, false});
    } else {
      shown.kind = record::TestedValue::Kind::nothing_chosen;
      if (recipe->kind == Recipe::Kind::left_out) {
        if (holds_text(field)) shown.kind = record::TestedValue::Kind::left_out;
        send.emplace_back(field.name, drive::LeftOut{});
        for (std::size_t i = 0; i < entries_.size(); ++i)
          if (entries_[i].same_as == tried) send.emplace_back(form_.fields[i].name, drive::LeftOut{});
      } else if (field.type == "select") {
        send.emplace_back(field.name, Value(std::string()));
      }
    }
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (i == tried || !values_[i].sent) continue;
    if (const Value* value = values_[i].text()) sent_texts_.add(in_clear(*value));
    with.push_back({entries_[i].words, *values_[i].sent});
  }
  return shown;
}

// What the page had when it was first loaded, where a valid value stood in for it.
void FormTrial::fill_as_loaded(std::vector<drive::Filling>& with, std::vector<drive::SentEntry>& send) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const drive::FormField& field = form_.fields[i];
    if (!values_[i].sent) continue;
    const bool is_new_password = i == passwords_.chosen || i == passwords_.repeated;
    if (last_password_ && is_new_password) {
      with.push_back({entries_[i].words, Value(first_password_)});
    } else if (holds_text(field) && !is_password_type(field.type) && (!field.value.empty() || !field.required)) {
      with.push_back({entries_[i].words, Value(field.value)});
    } else if (replaces_choice(i) && field.type == "checkbox") {
      with.push_back({entries_[i].words, field.checked});
    } else if (replaces_choice(i)) {
      // Past the page: nothing chosen is no choice that a form offers.
      const bool is_nothing = field.type == "radio" && field.value.empty();
      std::variant<Value, drive::File, drive::LeftOut> first = Value(field.value);
      if (is_nothing) first = drive::LeftOut{};
      send.emplace_back(field.name, std::move(first));
    } else {
      with.push_back({entries_[i].words, *values_[i].sent});
    }
  }
}

// Whether the page shows what the app has stored.
bool FormTrial::shows_a_record() const {
  return std::ranges::any_of(entries_, [](const TrialField& entry) {
    return holds_text(*entry.seen) && !entry.seen->value.empty() && !is_password_type(entry.seen->type) &&
           entry.seen->barred.empty() && !entry.seen->is_trap;
  });
}

// Whether a valid value stands in for what was chosen or ticked in a record.
bool FormTrial::replaces_choice(std::size_t field) const {
  const drive::FormField& seen = form_.fields[field];
  if (!values_[field].sent || !shows_a_record()) return false;
  if (seen.type == "checkbox") {
    const bool* ticked = std::get_if<bool>(&*values_[field].sent);
    return ticked != nullptr && *ticked != seen.checked;
  }
  const bool is_choice = seen.type == "select" || seen.type == "radio";
  return is_choice && values_[field].text() != nullptr && valid_text(field) != seen.value;
}

bool FormTrial::has_to_put_back() const {
  if (passwords_.current && last_password_) return true;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (replaces_choice(i)) return true;
    const bool is_replaced = values_[i].sent && !form_.fields[i].value.empty() && holds_text(form_.fields[i]);
    if (is_replaced && !is_password_type(form_.fields[i].type) && valid_text(i) != form_.fields[i].value) return true;
  }
  return false;
}

bool FormTrial::shows_first_values() {
  const auto opened = open_form();
  if (!opened) return false;
  const auto form = opened->page->form(words_, asked_);
  if (!form || form->fields.size() != form_.fields.size()) return false;
  bool any = false;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const drive::FormField &first = form_.fields[i], &now = form->fields[i];
    if (is_password_type(first.type)) continue;
    if (now.value != first.value || now.checked != first.checked) return false;
    any = any || !first.value.empty();
  }
  return any;
}

std::vector<std::string> FormTrial::lost_values() const {
  std::vector<std::string> lost;
  for (std::size_t i = 0; shows_a_record() && i < entries_.size(); ++i) {
    // One that may stay empty is that of an account which is there already.
    const drive::FormField& field = form_.fields[i];
    if (!is_password_type(field.type) || field.required || entries_[i].same_as || passwords_.current) continue;
    if (values_[i].sent && !valid_text(i).empty()) lost.push_back(entries_[i].called);
  }
  return lost;
}

std::vector<std::string> FormTrial::made_up_fields() const {
  std::vector<std::string> fields;
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (values_[i].is_made_up) fields.push_back(entries_[i].called);
  return fields;
}

bool FormTrial::is_about(const Verdict& verdict, std::size_t field) const {
  const std::vector<std::string>& labels = form_.fields[field].labels;
  if (!verdict.field.empty()) return goes_by(labels, verdict.field);
  const std::string words = fold_case(verdict.words);
  return std::ranges::any_of(labels, [&](const std::string& label) {
    // "Password (required)" is the password.
    const std::string name = comparable(label.substr(0, std::max<std::size_t>(label.find(" ("), 1)));
    return utf16_length(name) > 2 && words.contains(name);
  });
}

std::string FormTrial::made_up_field(const Verdict& verdict) const {
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (values_[i].is_made_up && is_about(verdict, i)) return entries_[i].called;
  return {};
}

bool FormTrial::fill_in_what_lacked(const Verdict& verdict) {
  bool any = false;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const drive::FormField& field = form_.fields[i];
    const bool is_open = holds_text(field) && field.barred.empty() && !field.is_trap && !field.name.empty();
    const bool is_empty = values_[i].text() == nullptr ? field.value.empty() : in_clear(*values_[i].text()).empty();
    if (!is_open || !is_empty || entries_[i].valid != nullptr || !is_about(verdict, i)) continue;
    // What repeats another field has its value.
    TrialField& lacking = entries_[entries_[i].same_as.value_or(i)];
    any = any || !lacking.is_needed;
    lacking.is_needed = true;
  }
  return any;
}

// ---- submissions

// Several forms of the page may go by the same words.
bool FormTrial::shows_form(const drive::Page& page) const { return page.form(words_, asked_).has_value(); }

// Opens the form's page with the session as it was, so that the form and its tokens are fresh.
OrStop<drive::Visit> FormTrial::open_form() {
  driver_.restore(kept_);
  if (validate_.before != nullptr) return open_by_steps();
  drive::Visited opened = driver_.open(address_, settings_.limits());
  if (!opened) return stopped_by(std::move(opened.error()));
  if (opened->page->status() == 429 || shows_form(*opened->page)) return std::move(*opened);
  // Changing a password ends the sessions before it: the one that the change left behind may go on.
  if (left_ != nullptr) {
    driver_.restore(left_);
    drive::Visited again = driver_.open(address_, settings_.limits());
    if (again && shows_form(*again->page)) {
      kept_ = left_;
      return std::move(*again);
    }
  }
  record::Failure lost = failure(FailureCode::validate_lost_form);
  lost.part = address_;
  lost.got.answer = answer_of(*opened->page);
  if (left_ != nullptr) lost.got.answer.traits.push_back(record::PageTrait::ended_session);
  Stop stop = failed(std::move(lost)).error();
  add_evidence(stop.evidence, *opened);
  return std::unexpected(std::move(stop));
}

Question FormTrial::question() const {
  Question asked;
  asked.form = words_;
  for (const drive::FormField& field : form_.fields) asked.fields.push_back(field.labels);
  asked.error = validate_.error;
  asked.sign_in_path = settings_.sign_in_path;
  asked.loaded = &loaded_;
  asked.arrival = arrival_ ? &*arrival_ : nullptr;
  asked.sent = &sent_texts_;
  return asked;
}

OrStop<void> FormTrial::lead_to_form() {
  auto stopped = settings_.lead_to_form();
  if (!stopped) return {};
  Stop stop;
  stop.evidence = std::move(stopped->evidence);
  if (!stopped->failures.empty()) stop.failure = std::move(stopped->failures.front());
  stop.error = std::move(stopped->error);
  return std::unexpected(std::move(stop));
}

OrStop<drive::Visit> FormTrial::open_by_steps() {
  if (auto there = lead_to_form(); !there) return std::unexpected(std::move(there.error()));
  drive::Visit visit;
  visit.page = driver_.page();
  visit.answers = {visit.page};
  if (shows_form(*visit.page)) return visit;
  record::Failure lost = failure(FailureCode::validate_lost_form);
  lost.part = visit.page->url();
  lost.got.answer = answer_of(*visit.page);
  return failed(std::move(lost));
}

OrStop<Sent> FormTrial::submit_once(const RuledField* rule, const Recipe* recipe, Values values) {
  opened_at_ = console_mark(settings_.console);
  auto opened = open_form();
  if (!opened) return std::unexpected(std::move(opened.error()));
  Sent sent;
  if (opened->page->status() == 429) {
    sent.verdict.kind = Kind::throttled;
    sent.visit = std::move(*opened);
    return sent;
  }
  scope_.set_round(++round_);
  if (auto good = renew_values(); !good) return std::unexpected(std::move(good.error()));
  opened_ = std::move(*opened);
  sent_at_ = console_mark(settings_.console);
  std::vector<drive::Filling> with;
  std::vector<drive::SentEntry> send;
  sent.value = fill(rule, recipe, with, send);
  if (values == Values::loaded) {
    with.clear();
    fill_as_loaded(with, send);
  }
  loaded_ = read_page(*opened_.page, words_, sent_texts_);
  drive::Visited visited = driver_.submit(words_, with, send, settings_.limits());
  ++submissions_;
  left_ = driver_.keep();
  if (!visited) return stopped_by(std::move(visited.error()));
  sent.visit = std::move(*visited);
  Question asked = question();
  if (rule != nullptr) {
    asked.names = form_.fields[rule->field].labels;
    // An error at the field that repeats this one, or that this one repeats, is at the right place, too.
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].same_as != rule->field && entries_[rule->field].same_as != i) continue;
      asked.names.insert(asked.names.end(), form_.fields[i].labels.begin(), form_.fields[i].labels.end());
    }
  }
  sent.verdict = read_verdict(sent.visit, asked);
  if (sent.verdict.kind == Kind::accepted) note_creation(send);
  if (sent.verdict.kind == Kind::accepted && passwords_.current && passwords_.chosen) keep_password(send);
  return sent;
}

// What was sent for the field: past the page's rules, else as a valid value. Null where that is no text.
const Value* FormTrial::went_out(std::size_t field, const std::vector<drive::SentEntry>& send) const {
  const auto tried = std::ranges::find(send, form_.fields[field].name, &drive::SentEntry::first);
  return tried != send.end() ? std::get_if<Value>(&tried->second) : values_[field].text();
}

// What an accepted submission made goes by its address or its name: by the first such field.
void FormTrial::note_creation(const std::vector<drive::SentEntry>& send) {
  std::optional<std::size_t> named;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const drive::FormField& field = form_.fields[i];
    if (!holds_text(field) || is_password_type(field.type) || field.is_trap || !values_[i].sent) continue;
    // A page that shows what is stored makes nothing new.
    if (!field.value.empty()) return;
    if (!named || (field.type == "email" && form_.fields[*named].type != "email")) named = i;
  }
  if (!named) return;
  const Value* value = went_out(*named, send);
  if (value == nullptr || value->is_secret() || in_clear(*value).empty()) return;
  // An account that is asked for a mail, or signs in, was there before.
  scenario::Text text;
  text.source = in_clear(*value);
  if (settings_.is_of_account(text)) return;
  created_.push_back(in_clear(*value));
}

// The password that the account has from now on.
void FormTrial::keep_password(const std::vector<drive::SentEntry>& send) {
  const Value* value = went_out(*passwords_.chosen, send);
  if (value != nullptr && !in_clear(*value).empty()) last_password_ = *value;
}

OrStop<Sent> FormTrial::put_back() { return send_patiently(nullptr, nullptr, Values::loaded); }

OrStop<Sent> FormTrial::submit(const RuledField* rule, const Recipe* recipe) {
  return send_patiently(rule, recipe, Values::valid);
}

OrStop<Sent> FormTrial::send_patiently(const RuledField* rule, const Recipe* recipe, Values values) {
  for (std::chrono::milliseconds own_pause = first_pause;; own_pause *= 2) {
    auto sent = submit_once(rule, recipe, values);
    if (!sent) return sent;
    if (sent->verdict.kind == Kind::locked) {
      const std::string said = sent->verdict.words.empty() ? line_of(sent->verdict.answer) : sent->verdict.words;
      Stop stop = could_not_judge(fmt::format("the app took the submissions for an attack and locked: {}", said),
                                  fmt::format("it was submission {} of this step; raise the app's limit for tests, or "
                                              "give the scenario an account of its own",
                                              submissions_))
                      .error();
      return with_evidence(std::move(stop), *sent);
    }
    if (sent->verdict.kind != Kind::throttled) return sent;
    const drive::Limits limits = settings_.limits();
    const auto said = record::asked_wait(sent->visit.page->headers(), std::chrono::system_clock::now());
    const std::chrono::milliseconds pause = said ? *said : own_pause;
    if (waited_ + pause > limits.deadline) {
      Stop stop =
          could_not_judge(fmt::format("the app limits how often a form may be sent: 429 at submission {}{}",
                                      submissions_, said ? fmt::format(", Retry-After: {} s", said->count()) : ""),
                          fmt::format("Murphy waits no longer than the step's timeout ({} s) in all; raise the app's "
                                      "limit for tests, or the step's timeout",
                                      std::chrono::ceil<std::chrono::seconds>(limits.deadline).count()))
              .error();
      return with_evidence(std::move(stop), *sent);
    }
    if (!wait(pause, limits.stop))
      return stop_with(Error{.kind = ErrorKind::interrupted,
                             .what = "stopped while waiting for the app",
                             .hint = {},
                             .place = {},
                             .source_line = {}});
    waited_ += pause;
  }
}

} // namespace murphy::run
