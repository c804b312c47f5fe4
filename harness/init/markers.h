// What could tell a dashboard from the pages that strangers get. Pure.
#pragma once

#include "web/html/document.h"

#include <string>
#include <vector>

namespace murphy::init {

struct MarkerPages {
  std::vector<const web::Document*> of_member;    // the dashboard, each time it was loaded; not empty
  std::vector<const web::Document*> of_strangers; // what people get who are not signed in
  std::string user = {};                          // what the member signed in as; empty: not known
  web::Element way_out = {};                      // on the first page of the member, what signs out; may be none
};

// CSS selectors for `shows`, at most ten, the best first: each selects something on every page of the member and
// nothing on any page of strangers. What belongs to the user comes first: what shows the user's name, data attributes,
// the way to sign out, classes and ids. Names with digits in them are left out, for they may be of one user; so is what
// only tells news, which is gone when the page is loaded again.
std::vector<std::string> markers(const MarkerPages& pages);

} // namespace murphy::init
