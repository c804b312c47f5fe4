#include "run/form_rules/verdict.h"

#include "base/label.h"
#include "base/sign_in_words.h"
#include "base/text.h"

#include <algorithm>
#include <array>

namespace murphy::run {
namespace {

using Kind = record::SubmissionEnd;

// Of answers that are no HTML, so much is shown.
constexpr std::size_t longest_text = 160;

template <std::size_t size> bool says(std::string_view words, const std::array<std::string_view, size>& phrases) {
  const std::string folded = fold_case(words);
  return std::ranges::any_of(phrases,
                             [&](std::string_view phrase) { return folded.find(phrase) != std::string::npos; });
}

bool was_redirected(const drive::Visit& visit) { return visit.answers.size() > 1; }

bool is_about(const record::ShownError& error, const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [&](const std::string& name) { return goes_by(error.labels, name); });
}

void add(std::string& words, const std::string& more) { words += (words.empty() ? "" : "; ") + more; }

// The errors of a page by where they stand.
struct Errors {
  std::string here, elsewhere, unplaced, field;
  bool any() const { return !here.empty() || !elsewhere.empty() || !unplaced.empty(); }
  std::string all() const {
    std::string words = here;
    for (const std::string* more : {&elsewhere, &unplaced})
      if (!more->empty()) add(words, *more);
    return words;
  }
};

Errors errors_of(const drive::Page& page, const Question& question) {
  Errors errors;
  for (const record::ShownError& error : page.errors(question.error)) {
    if (question.arrival != nullptr &&
        std::ranges::find(question.arrival->errors, error.words) != question.arrival->errors.end())
      continue;
    if (error.labels.empty()) {
      add(errors.unplaced, error.words);
    } else if (is_about(error, question.names)) {
      add(errors.here, error.words);
    } else {
      if (errors.field.empty()) errors.field = error.labels.front();
      add(errors.elsewhere, error.labels.front() + ": " + error.words);
    }
  }
  return errors;
}

// A refusal, by where its errors stand.
Verdict refused(const Errors& errors, record::AnswerSeen answer) {
  Verdict verdict;
  verdict.answer = std::move(answer);
  if (!errors.here.empty()) {
    verdict.kind = Kind::refused_here;
    verdict.words = errors.here;
  } else if (!errors.elsewhere.empty()) {
    verdict.kind = Kind::refused_elsewhere;
    verdict.words = errors.elsewhere;
    verdict.field = errors.field;
  } else if (!errors.unplaced.empty()) {
    verdict.kind = Kind::refused_unplaced;
    verdict.words = errors.unplaced;
  } else {
    verdict.kind = Kind::refused_silently;
  }
  if (says_locked(verdict.words)) verdict.kind = Kind::locked;
  return verdict;
}

bool is_refusal(int status) {
  return status == 400 || status == 409 || status == 413 || status == 414 || status == 422;
}

} // namespace

bool says_taken(std::string_view words) {
  constexpr auto phrases = std::to_array<std::string_view>({"already", "taken", "in use", "exists", "another account"});
  return says(words, phrases);
}

Arrival arrival_of(const drive::Visit& visit, const Question& question) {
  Arrival arrival;
  arrival.path = visit.page->path();
  arrival.redirected = was_redirected(visit);
  arrival.shows_form = visit.page->has_form(question.form).has_value();
  for (const record::ShownError& error : visit.page->errors(question.error)) arrival.errors.push_back(error.words);
  return arrival;
}

Verdict read_verdict(const drive::Visit& visit, const Question& question) {
  const drive::Page& page = *visit.page;
  const int status = page.status();
  const record::AnswerSeen answer{status, page.path(), page.title(), {}};
  const auto of_kind = [&](Kind kind, std::string words = {}) { return Verdict{kind, std::move(words), answer, {}}; };
  if (status >= 500) return of_kind(Kind::server_error);
  if (status == 429) return of_kind(Kind::throttled);
  if (status == 423) return of_kind(Kind::locked, errors_of(page, question).all());
  if (const auto readable = page.readable(); !readable) {
    Verdict verdict = of_kind(Kind::unknown, readable.error().what);
    verdict.answer.traits = {record::PageTrait::unreadable};
    return verdict;
  }

  const Errors errors = errors_of(page, question);
  const bool shows_form = page.has_form(question.form).has_value();
  if (is_refusal(status) || (status >= 400 && shows_form && errors.any())) {
    Verdict verdict = refused(errors, answer);
    // An answer of another kind than a page says what it says in its text.
    if (verdict.kind == Kind::refused_silently && !shows_form && !page.text().empty()) {
      verdict.kind = Kind::refused_unplaced;
      verdict.words = ellipsize(one_line(page.text()), longest_text);
    }
    return verdict;
  }
  if (status >= 400) return of_kind(Kind::unknown, errors.all());

  const Arrival* arrival = question.arrival;
  const bool redirected = was_redirected(visit);
  const bool as_valid = arrival != nullptr && arrival->redirected == redirected && arrival->path == page.path();
  if (shows_form) {
    if (errors.any()) return refused(errors, answer);
    if (arrival == nullptr || (as_valid && arrival->shows_form)) return of_kind(Kind::accepted);
    return refused(errors, answer);
  }
  if (as_valid) return of_kind(Kind::accepted);
  if (!question.sign_in_path.empty() && arrival != nullptr && page.path() == question.sign_in_path)
    return of_kind(Kind::signed_out, errors.all());
  if (arrival == nullptr) return redirected || !errors.any() ? of_kind(Kind::accepted) : refused(errors, answer);
  if (errors.any()) return refused(errors, answer);
  // Elsewhere than the valid submission, without a word: where that was a page of its own too ("/users/17"), it is
  // accepted.
  if (redirected == arrival->redirected && redirected) return of_kind(Kind::accepted);
  return of_kind(Kind::unknown);
}

} // namespace murphy::run
