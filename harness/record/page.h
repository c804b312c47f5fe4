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

// The page that a step ended on.
struct PageSeen {
  std::string url;
  int status = 0;
  std::string title;
  std::vector<std::string> errors; // the errors the page shows, in reading order: "Email: is not registered"
  std::vector<PageForm> forms;
  // Which elements hold words of their own, as selectors: "h1", "p.notice". Sorted, each once; what is repeated for
  // rows of data (list items, table rows, articles) is left out. Kept of steps that did not pass, as the text is.
  std::vector<std::string> outline;
  std::string text; // as a person sees it, cut at 16 KiB
  bool operator==(const PageSeen&) const = default;
};

} // namespace murphy::record
