// The forms of a page as people and as programs read them.
#pragma once

#include "reports/console_style.h"
#include "web/forms/form_description.h"

#include <string>

namespace murphy::cli {

// A frame of the page, and the forms in it.
struct FormsFrame {
  std::string label;   // its name and address
  std::string refusal; // why a browser shows nothing in it; else empty
  web::PageDescription forms;
};

// The page that the forms are on.
struct FormsPage {
  std::string url; // the last one, after redirects
  int status = 0;
  std::string title;
  std::vector<std::string> redirects; // "302 /dashboard", in order
  std::vector<std::string> notes;     // what the answer asks for, or keeps from being seen; one sentence each
  web::PageDescription forms;
  std::vector<FormsFrame> frames;     // those within others, too
  std::vector<std::string> markers{}; // selectors of what a stranger does not get here; see init/markers.h
};

std::string forms_text(const FormsPage& page, const reports::ConsoleStyle& style);
// One JSON object and a line feed; its keys are those of FormsPage and what it holds.
std::string forms_json(const FormsPage& page);

} // namespace murphy::cli
