// A page as Murphy read it: what it says, the forms it has, and which of its elements hold text.
#pragma once

#include <string>
#include <vector>

namespace murphy::record {

// A field of a form as the page declares it; never what is in it.
struct PageField {
  std::string name;               // under which it is sent; may be empty, and then it never is
  std::string type;               // "text", "hidden", "select", "textarea" …
  std::string label;              // what a person would call it; empty for what nobody sees
  std::vector<std::string> rules; // as written there: "required", "maxlength=254"; sorted
  bool operator==(const PageField&) const = default;
};

struct PageForm {
  std::string name;   // the words on its button, else its heading, id or name
  std::string method; // "GET", "POST"
  std::string action; // a path of the app, or a whole address outside of it; without query
  std::string encoding;
  std::vector<PageField> fields; // in the order of the page, hidden ones too; radio buttons of one group are one field
  bool operator==(const PageForm&) const = default;
};

// An error that a page ties to a field, or to the form as a whole (then `labels` is empty).
struct ShownError {
  std::vector<std::string> labels; // every way a person could name the field: label, name, id
  std::string words;
  bool operator==(const ShownError&) const = default;
};

// On one line, as the known-good record keeps it and reports show it: "Email: is not registered".
std::string line_of(const ShownError& error);

// What an answer is besides its status and title, as far as it matters to a judgement.
enum class PageTrait {
  unreadable,         // as HTML
  asks_for_password,  //
  shows_sign_in_form, // again
  shows_dashboard,    // what only the dashboard shows
  lacks_dashboard,    // the same, where it should be
  is_sign_in_page,    //
  ended_session,      // the page asks for a session that a submission has ended
  says_taken,         // that another record has the value
  other_origin,       // than those of the app
};

// One answer, in short.
struct AnswerSeen {
  int status = 0;   // 0: there was none
  std::string path; // the address without query where the page is on another origin than the target
  std::string title;
  std::vector<PageTrait> traits;
  bool has(PageTrait trait) const;
  bool operator==(const AnswerSeen&) const = default;
};

// `200 /login “Sign in”`.
std::string line_of(const AnswerSeen& answer);

// The page that a step ended on.
struct PageSeen {
  std::string url;
  int status = 0;
  std::string title;
  std::vector<ShownError> errors; // those it shows, in reading order
  std::vector<PageForm> forms;
  // Which elements hold words of their own, as selectors: "h1", "p.notice". Sorted, each once; what is repeated for
  // rows of data (list items, table rows, articles) is left out. Kept of steps that did not pass, as the text is.
  std::vector<std::string> outline;
  std::string text; // as a person sees it, cut at 16 KiB
  // shows_dashboard: it shows what only the dashboard shows, and the page before it did not.
  std::vector<PageTrait> traits;
  bool has(PageTrait trait) const;
  bool operator==(const PageSeen&) const = default;
};

// Whether it has a form like that of a sign-in, with one field for a password.
bool asks_for_password(const PageSeen& page);

} // namespace murphy::record
