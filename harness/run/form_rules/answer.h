// What an answer to a submission says beside the page that was open before: its new words and marks, without what
// differs from one submission to the next. Pure.
#pragma once

#include "drive/driver.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::run {

// Words as a person reads them, and what of them can be compared: without the values that were sent, and without
// numbers.
struct Line {
  std::string words;
  std::string compared;
};

// What went out so far: it may come back in any answer.
class SentTexts {
public:
  void add(std::string_view text);
  std::string without(std::string_view line) const; // `line` with a sign in place of each

private:
  std::set<std::string, std::greater<>> texts_;
};

struct AnswerText {
  int status = 0;
  Line path;
  bool redirected = false;
  bool is_html = true;
  bool shows_form = false;
  std::vector<Line> lines;
  std::set<std::string> marks; // fields that are marked as wrong or have the focus, by name or id
};

// `form` by its words.
AnswerText read_answer(const drive::Visit& visit, const std::string& form, const SentTexts& sent);
// A page that is looked at before anything is sent.
AnswerText read_page(const drive::Page& page, const std::string& form, const SentTexts& sent);

// A line as it is compared.
Line line_of_answer(std::string words, const SentTexts& sent);
// The same once more went out: two answers are compared by the same texts only.
void compare_again(Line& line, const SentTexts& sent);
void compare_again(AnswerText& answer, const SentTexts& sent);

// The lines of an answer that the other does not have.
std::vector<Line> lines_beyond(const std::vector<Line>& lines, const std::vector<Line>& known);

// The first of the lines, as they are quoted.
std::string quoted(const std::vector<Line>& lines);

// Whether the words say that all went well: "Saved", "Gespeichert", "保存しました".
bool says_done(std::string_view words);

// Whether the words say that another record has the value already, which is no rule of the value itself.
bool says_taken(std::string_view words);

} // namespace murphy::run
