#include "run/form_rules/verdict.h"

#include "base/label.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "run/form_rules/json_answer.h"

#include <algorithm>

namespace murphy::run {
namespace {

using Kind = record::SubmissionEnd;

// Of answers that are no HTML, so much is shown.
constexpr std::size_t longest_text = 160;

void add(std::string& words, const std::string& more) { words += (words.empty() ? "" : "; ") + more; }

// The errors of an answer by where they stand.
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

bool is_refusal(int status) {
  return status == 400 || status == 409 || status == 413 || status == 414 || status == 422;
}

bool is_of_a_lock(int status) { return status == 403 || status == 423 || status == 429; }

class Judge {
public:
  Judge(const drive::Visit& visit, const Question& question)
      : page_(*visit.page), question_(question), answer_(read_answer(visit, question.form, *question.sent)),
        json_(page_.is_html() ? JsonAnswer{} : read_json_answer(page_.body(), question.fields)),
        seen_{page_.status(), page_.path(), page_.title(), {}} {
    if (question.loaded != nullptr) news_ = lines_beyond(answer_.lines, question.loaded->lines);
    if (question.arrival == nullptr) return;
    // Since then more went out, some of it words of every page.
    arrival_ = *question.arrival;
    compare_again(arrival_->answer, *question.sent);
    for (std::vector<Line>* lines : {&arrival_->news, &arrival_->errors})
      for (Line& line : *lines) compare_again(line, *question.sent);
  }

  Verdict run() {
    Verdict verdict = judge();
    verdict.might_be_a_lock = is_of_a_lock(page_.status()) || says_locked(verdict.words);
    return verdict;
  }

private:
  Verdict judge() {
    const int status = page_.status();
    if (status >= 500) return of_kind(Kind::server_error);
    if (status == 429) return of_kind(Kind::throttled);
    if (const auto readable = page_.readable(); !readable) {
      Verdict verdict = of_kind(Kind::unknown, readable.error().what);
      verdict.answer.traits = {record::PageTrait::unreadable};
      return verdict;
    }
    const Errors errors = errors_of(page_.errors(question_.error));
    if (status == 423) return of_kind(Kind::locked, errors.all());
    if (json_.is_json) return of_json();
    if (is_refusal(status) || (status >= 400 && answer_.shows_form && errors.any())) return refused(errors);
    if (status >= 400) return of_kind(Kind::unknown, errors.any() ? errors.all() : quoted(news_));
    return arrival_ ? of_page(errors, *arrival_) : of_first(errors);
  }

  Verdict of_kind(Kind kind, std::string words = {}) const { return {kind, std::move(words), seen_, {}, false}; }
  // Nothing that is known: a person has to say how the app shows its errors.
  Verdict unclear(const std::vector<Line>& new_words) const { return of_kind(Kind::unknown, quoted(new_words)); }

  // That the valid answer shows as well, or the page before it was sent.
  bool is_known(const std::string& words) const {
    const std::string line = line_of_answer(words, *question_.sent).compared;
    if (arrival_ && std::ranges::find(arrival_->errors, line, &Line::compared) != arrival_->errors.end()) return true;
    return question_.loaded != nullptr &&
           std::ranges::find(question_.loaded->lines, line, &Line::compared) != question_.loaded->lines.end();
  }

  Errors errors_of(const std::vector<record::ShownError>& shown) const {
    Errors errors;
    for (const record::ShownError& error : shown) {
      if (is_known(error.words)) continue;
      const bool is_here =
          std::ranges::any_of(question_.names, [&](const std::string& name) { return goes_by(error.labels, name); });
      if (error.labels.empty()) {
        add(errors.unplaced, error.words);
      } else if (is_here) {
        add(errors.here, error.words);
      } else {
        if (errors.field.empty()) errors.field = error.labels.front();
        add(errors.elsewhere, error.labels.front() + ": " + error.words);
      }
    }
    return errors;
  }

  // A refusal, by where its errors stand; else by what is new on the page.
  Verdict refused(const Errors& errors) const {
    Verdict verdict = of_kind(Kind::refused_silently);
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
    } else if (!page_.is_html() && !page_.text().empty()) {
      verdict.kind = Kind::refused_unplaced;
      verdict.words = whole_text();
    } else if (!news_.empty()) {
      verdict.kind = Kind::refused_unplaced;
      verdict.words = quoted(news_);
    }
    return verdict;
  }

  bool has_new_marks() const {
    const auto is_new = [&](const std::string& mark) {
      return (question_.loaded == nullptr || !question_.loaded->marks.contains(mark)) &&
             (!arrival_ || !arrival_->answer.marks.contains(mark));
    };
    return std::ranges::any_of(answer_.marks, is_new);
  }

  Verdict of_json() const {
    const JsonAnswer valid = arrival_ ? read_json_answer(arrival_->json, question_.fields) : JsonAnswer{};
    const bool says_no = json_.is_refused && !(valid.is_json && valid.is_refused && valid.shape == json_.shape);
    if (page_.status() >= 400 && !is_refusal(page_.status()) && !json_.is_refused)
      return of_kind(Kind::unknown, whole_text());
    if (page_.status() >= 400 || says_no) {
      Errors errors = errors_of(json_.errors);
      if (!errors.any()) errors.unplaced = json_.words;
      return refused(errors);
    }
    if (!arrival_) return of_kind(Kind::accepted);
    const bool as_valid =
        valid.is_json && valid.shape == json_.shape && arrival_->answer.status / 100 == page_.status() / 100;
    return as_valid ? of_kind(Kind::accepted) : of_kind(Kind::unknown, whole_text());
  }

  std::string whole_text() const { return ellipsize(one_line(page_.text()), longest_text); }

  // The answer to the first valid submission, against the page as it was loaded.
  Verdict of_first(const Errors& errors) const {
    if (!answer_.shows_form) return answer_.redirected || !errors.any() ? of_kind(Kind::accepted) : refused(errors);
    const Errors by_themselves = errors_of(page_.errors());
    if (by_themselves.any() || has_new_marks()) return refused(errors);
    // What only the scenario calls an error may be the box of all messages.
    if (errors.any() && !says_done(errors.all())) return refused(errors);
    return of_kind(Kind::accepted);
  }

  Verdict of_page(const Errors& errors, const Arrival& arrival) const {
    const AnswerText& valid = arrival.answer;
    const bool as_valid = valid.redirected == answer_.redirected && valid.path.compared == answer_.path.compared;
    if (answer_.shows_form) {
      if (errors.any() || has_new_marks()) return refused(errors);
      return as_valid && valid.shows_form ? of_same_page(arrival) : refused(errors);
    }
    if (!question_.sign_in_path.empty() && page_.path() == question_.sign_in_path &&
        valid.path.compared != answer_.path.compared)
      return of_kind(Kind::signed_out, errors.all());
    if (errors.any()) return refused(errors);
    const std::vector<Line> extra = lines_beyond(answer_.lines, valid.lines);
    const std::vector<Line> missing = lines_beyond(valid.lines, answer_.lines);
    if (valid.shows_form || valid.redirected != answer_.redirected) return unclear(extra);
    if (extra.empty() && missing.empty()) return of_kind(Kind::accepted);
    if (auto verdict = by_success(arrival, extra)) return std::move(*verdict);
    // A short answer without markup is all about the submission.
    const bool shares_nothing = missing.size() == valid.lines.size();
    if (!page_.is_html() && shares_nothing) return refused(errors);
    return unclear(extra.empty() ? missing : extra);
  }

  // Where the valid answer says that all went well, this one says it as well or does not.
  std::optional<Verdict> by_success(const Arrival& arrival, const std::vector<Line>& extra) const {
    const auto is_there = [&](const Line& line) {
      return std::ranges::find(answer_.lines, line.compared, &Line::compared) != answer_.lines.end();
    };
    bool any = false;
    for (const Line& line : arrival.news) {
      if (!says_done(line.words)) continue;
      any = true;
      if (is_there(line)) return of_kind(Kind::accepted);
    }
    if (!any || extra.empty()) return std::nullopt;
    // Another success, or the denial of one.
    if (std::ranges::any_of(extra, [](const Line& line) { return says_done(line.words); })) return unclear(extra);
    return of_kind(Kind::refused_unplaced, quoted(extra));
  }

  // The page with the form again, which is also what a valid submission leads to.
  Verdict of_same_page(const Arrival& arrival) const {
    const std::vector<Line> extra = lines_beyond(news_, arrival.news);
    const std::vector<Line> missing = lines_beyond(arrival.news, news_);
    if (extra.empty() && missing.empty()) {
      const bool says_nothing = arrival.news.empty() && !answer_.redirected;
      return says_nothing ? unclear({}) : of_kind(Kind::accepted);
    }
    if (extra.empty())
      return missing.size() == arrival.news.size() ? of_kind(Kind::refused_silently) : unclear(missing);
    if (!missing.empty() && missing.size() == arrival.news.size())
      return of_kind(Kind::refused_unplaced, quoted(extra));
    return unclear(extra);
  }

  const drive::Page& page_;
  const Question& question_;
  AnswerText answer_;
  JsonAnswer json_;
  record::AnswerSeen seen_;
  std::vector<Line> news_;         // beyond the page as it was loaded
  std::optional<Arrival> arrival_; // compared by what went out so far
};

} // namespace

Arrival arrival_of(const drive::Visit& visit, const Question& question) {
  Arrival arrival;
  arrival.answer = read_answer(visit, question.form, *question.sent);
  if (question.loaded != nullptr) arrival.news = lines_beyond(arrival.answer.lines, question.loaded->lines);
  for (const record::ShownError& error : visit.page->errors(question.error))
    arrival.errors.push_back(line_of_answer(error.words, *question.sent));
  if (!visit.page->is_html()) arrival.json = visit.page->body();
  return arrival;
}

Verdict read_verdict(const drive::Visit& visit, const Question& question) { return Judge(visit, question).run(); }

} // namespace murphy::run
