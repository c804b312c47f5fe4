// The dashboard proof: whether an answer shows the dashboard open, or closed to the visitor. Pure.
#pragma once

#include "drive/driver.h"
#include "run/shared/compare.h"
#include "scenario/model.h"

#include <string>

namespace murphy::run {

// What `[app]` says of the dashboard and of sign-in, with its references resolved.
struct DashboardFacts {
  std::string path;         // of the dashboard page
  std::string shows;        // the selector of what only it shows
  std::string sign_in_path; // empty when the project names no sign-in page
  std::string url = {};     // of the dashboard page, as the project has it
};

struct Judgement {
  bool holds = false;
  record::Failure failure; // why it does not
};

// Whether two paths are one, with a slash at the end or without.
bool same_path(const std::string& left, const std::string& right);

// Open: the final page is the dashboard's, with status 200, and `shows` is on it.
Judgement judge_open(const drive::Visit& visit, const DashboardFacts& facts);

// Closed: the answer is 401 or 403 or the sign-in page, and nothing that `shows` selects was in any answer on the way.
Judgement judge_closed(const drive::Visit& visit, const DashboardFacts& facts);

// Whether any request of the visit was for the dashboard, so that the visit itself can be judged.
bool asked_for_dashboard(const drive::Visit& visit, const DashboardFacts& facts);

} // namespace murphy::run
