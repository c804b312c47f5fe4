#include "record/redact.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "record/bounds.h"
#include "record/tokens.h"

#include <algorithm>
#include <functional>

namespace murphy::record {

namespace {

// Changes every string of an event that came from the app or goes to it. `token` has its say on each token, `text` on
// each string as a whole, after that.
class Walker {
public:
  Walker(Replace token, std::function<std::string(std::string)> text)
      : token_(std::move(token)), text_(std::move(text)) {}

  void walk(RunStarted& event) const {
    in_text(event.origin.build_url);
    each(event.selection);
    if (event.conditions) walk(*event.conditions);
  }
  void walk(TargetReady& event) const {
    in_text(event.url);
    each(event.console);
    in_text(event.trace_url);
  }
  void walk(TargetLost& event) const {
    walk(event.error);
    each(event.console);
    each(event.exchanges);
    each(event.suspects);
  }
  void walk(CaseStarted&) const {}
  void walk(EvidenceGathered& event) const {
    if (event.schema) {
      in_text(event.schema->engine);
      each(event.schema->tables);
    }
    in_text(event.database_note);
    if (event.known_good) walk(*event.known_good);
    // A pattern with a part masked would take other lines.
    std::erase_if(event.signatures, [&](ProjectSignature& signature) {
      const ProjectSignature before = signature;
      for (std::string* text : {&signature.says, &signature.contains, &signature.pattern, &signature.example})
        *text = text_(std::move(*text));
      return signature != before;
    });
    if (event.migrations) walk(*event.migrations);
  }
  void walk(StepFinished& event) const {
    StepResult& step = event.step;
    in_text(step.title);
    in_text(step.source_line);
    each(step.failures);
    if (step.error) walk(*step.error);
    walk(step.note);
    walk(step.evidence);
    each(step.earlier);
    each(step.earlier_pages);
    each(step.suspects);
  }
  void walk(CaseRetried&) const {}
  void walk(CaseFinished& event) const { walk(event.note); }
  void walk(ControlFinished& event) const {
    if (event.failure) walk(*event.failure);
    each(event.exchanges);
  }
  void walk(RunFinished&) const {}

private:
  void in_text(std::string& text) const { text = text_(replace_in_text(text, token_)); }
  template <class T> void each(std::vector<T>& values) const {
    for (T& value : values) walk(value);
  }

  void walk(std::string& text) const { in_text(text); }
  // A value with a part masked would be another.
  void walk(GivenVariable& variable) const {
    const std::string before = variable.value;
    in_text(variable.value);
    if (variable.value == before) return;
    variable.value.clear();
    variable.is_hidden = true;
  }
  void walk(RunConditions& conditions) const {
    each(conditions.variables);
    each(conditions.resolve);
  }
  void walk(Header& header) const {
    header.value = text_(replace_in_header(header, token_));
    header.name = text_(std::move(header.name));
  }
  void walk(ConsoleLine& line) const { in_text(line.text); }
  void walk(Error& error) const {
    in_text(error.what);
    in_text(error.hint);
    in_text(error.source_line);
  }
  void walk(Failure& failure) const {
    for (std::string* text : {&failure.source_line, &failure.subject, &failure.part, &failure.wanted.text,
                              &failure.got.text, &failure.reason.what, &failure.reason.hint})
      in_text(*text);
    if (failure.policy) in_text(failure.policy->directive);
    each(failure.wanted.list);
    each(failure.got.list);
    keep_within_bounds(failure.got);
    walk(failure.got.answer);
    each(failure.shown);
    each(failure.dropped);
    each(failure.others);
    if (failure.cell) walk(*failure.cell);
    if (failure.near_address)
      for (std::string* path : {&failure.near_address->wanted, &failure.near_address->known}) in_text(*path);
  }
  void walk(Exchange& exchange) const {
    in_text(exchange.url);
    const std::string* type = find_header(exchange.request_headers, "Content-Type");
    const bool is_form = type && ascii_lower(*type).starts_with("application/x-www-form-urlencoded");
    exchange.request_body = text_(is_form ? replace_in_form(exchange.request_body, token_)
                                          : replace_in_text(exchange.request_body, token_));
    each(exchange.request_headers);
    each(exchange.headers);
    exchange.body = text_(replace_in_text(exchange.body, token_));
    each(exchange.dropped_cookies);
    in_text(exchange.error);
    if (exchange.disclosed) in_text(*exchange.disclosed);
  }
  void walk(FilledForm& form) const {
    in_text(form.name);
    in_text(form.action);
    if (form.frame) in_text(*form.frame);
    each(form.fields);
  }
  void walk(FilledField& field) const {
    in_text(field.label);
    const bool is_masked = field.value.starts_with("‹") && field.value.ends_with("›");
    const bool hides = (is_password_type(field.type) && !field.value.empty()) || is_sensitive(field.name, field.value);
    field.value = text_(hides && !is_masked ? token_(field.name, field.value) : std::move(field.value));
    in_text(field.name);
  }
  void walk(Evidence& evidence) const {
    each(evidence.exchanges);
    if (evidence.form) walk(*evidence.form);
    if (evidence.page) walk(*evidence.page);
    each(evidence.console);
    if (evidence.validation) walk(*evidence.validation);
  }
  void walk(EarlierStep& step) const {
    in_text(step.title);
    walk(step.evidence);
  }
  void walk(EarlierPage& earlier) const { walk(earlier.page); }
  void walk(EvidenceLine& line) const {
    in_text(line.text);
    if (line.failure) walk(*line.failure);
  }
  void walk(Suspect& suspect) const {
    in_text(suspect.cause);
    in_text(suspect.identifier);
    in_text(suspect.suggestion);
    in_text(suspect.subject);
    in_text(suspect.advice);
    in_text(suspect.reason);
    in_text(suspect.wrong_name);
    each(suspect.evidence);
    each(suspect.places);
    each(suspect.named_in);
  }
  void walk(NamedIn& named) const {
    in_text(named.name);
    each(named.migrations);
  }
  void walk(MigrationsSeen& seen) const {
    in_text(seen.tool);
    in_text(seen.broken);
    for (auto* names : {&seen.waiting, &seen.came, &seen.gone, &seen.unknown}) each(*names);
  }
  void walk(CodePlace& place) const {
    for (std::string* text : {&place.name, &place.commit, &place.subject}) in_text(*text);
  }
  void walk(DroppedCookie& cookie) const {
    for (std::string* text : {&cookie.name, &cookie.domain, &cookie.host}) in_text(*text);
  }
  void walk(AnswerSeen& answer) const {
    in_text(answer.path);
    in_text(answer.title);
  }
  void walk(Note& note) const {
    in_text(note.text);
    in_text(note.until);
    if (note.failure) walk(*note.failure);
  }
  void walk(ShownError& error) const {
    each(error.labels);
    in_text(error.words);
  }
  void walk(PageSeen& page) const {
    in_text(page.url);
    in_text(page.title);
    each(page.errors);
    each(page.forms);
    each(page.outline);
    in_text(page.text);
  }
  void walk(PageForm& form) const {
    in_text(form.name);
    in_text(form.action);
    each(form.fields);
  }
  void walk(PageField& field) const {
    in_text(field.name);
    in_text(field.label);
    each(field.rules);
  }

  void walk(Column& column) const {
    in_text(column.name);
    in_text(column.type);
  }
  void walk(Table& table) const {
    in_text(table.name);
    each(table.columns);
    for (std::vector<std::string>& columns : table.unique) each(columns);
  }
  void walk(KnownForm& form) const {
    in_text(form.page);
    walk(form.form);
  }
  void walk(KnownVisit& visit) const {
    in_text(visit.request);
    in_text(visit.title);
    for (auto* texts : {&visit.answers, &visit.errors, &visit.outline}) each(*texts);
  }
  void walk(KnownCookie& cookie) const {
    for (std::string* text : {&cookie.name, &cookie.domain, &cookie.path, &cookie.same_site}) in_text(*text);
  }
  void walk(KnownGood& known) const {
    each(known.forms);
    each(known.visits);
    each(known.cookies);
    in_text(known.engine);
    each(known.tables);
    each(known.console);
    each(known.migrations);
  }
  void walk(KnownMigrations& known) const {
    in_text(known.tool);
    each(known.applied);
  }

  void walk(Validation& validation) const {
    for (std::string* text : {&validation.form, &validation.table, &validation.database_note}) in_text(*text);
    for (std::string& value : validation.created) in_text(value);
    each(validation.cells);
  }
  void walk(ValidationCell& cell) const {
    for (std::string* text :
         {&cell.field, &cell.rule, &cell.required.text, &cell.declared, &cell.page_refuses.text, &cell.tested.text,
          &cell.said, &cell.behind.table, &cell.behind.column, &cell.behind.type})
      in_text(*text);
    walk(cell.answer);
    for (RuleNote& note : cell.notes) in_text(note.text);
  }

  Replace token_;
  std::function<std::string(std::string)> text_;
};

bool is_one_mask(std::string_view text) {
  return text.starts_with("‹") && text.ends_with("›") && text.find("‹", 1) == std::string_view::npos;
}

// The mask of each token: that of a secret where it is one.
Replace masks_of(const Redactor& redactor) {
  return [&redactor](std::string_view name, std::string_view value) {
    std::string known = redactor.redact(value);
    return is_one_mask(known) ? known : redactor.token_mask(name, value);
  };
}

// The case that an event is of; empty: it is of none.
std::string case_of(const Event& event) {
  return std::visit(
      [](const auto& value) {
        if constexpr (requires { value.id; })
          return value.id;
        else
          return std::string();
      },
      event);
}

} // namespace

Event redact(Event event, Redactor& redactor) {
  const std::string of = case_of(event);
  const Walker learning(
      [&](std::string_view name, std::string_view value) {
        if (is_unmistakable(name, value) && !redactor.hold_token(value, of) && redactor.redact(value) == value)
          redactor.learn_token(name, value, of);
        return std::string(value);
      },
      [](std::string text) { return text; });
  const Walker masking(masks_of(redactor), [&](std::string text) { return redactor.redact(text); });
  // The learning walk goes over a copy: what it puts back has lost its escapes.
  Event copy = event;
  std::visit([&](auto& value) { learning.walk(value); }, copy);
  std::visit([&](auto& value) { masking.walk(value); }, event);
  if (std::holds_alternative<CaseFinished>(event)) redactor.release_tokens(of);
  return event;
}

std::string redact_text(std::string_view text, const Redactor& redactor) {
  return redactor.redact(replace_in_text(text, masks_of(redactor)));
}

} // namespace murphy::record
