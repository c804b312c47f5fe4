// The forms of a page as people and as programs read them.
#pragma once

#include "reports/console_style.h"
#include "web/forms/form_description.h"

#include <string>

namespace murphy::cli {

// The page that the forms are on.
struct FormsPage {
  std::string url; // the last one, after redirects
  int status = 0;
  std::string title;
  std::vector<std::string> redirects; // "302 /dashboard", in order
  web::PageDescription forms;
};

std::string forms_text(const FormsPage& page, const reports::ConsoleStyle& style);
// One JSON object and a line feed; its keys are those of FormsPage and what it holds.
std::string forms_json(const FormsPage& page);

} // namespace murphy::cli
