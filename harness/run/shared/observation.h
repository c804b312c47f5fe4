// What expectations and captures may look at: the page a step ended on, how it got there, and the session around it.
#pragma once

#include "drive/driver.h"
#include "run/shared/compare.h"
#include "run/shared/dashboard.h"

#include <functional>
#include <string_view>
#include <vector>

namespace murphy::run {

struct Observation {
  const drive::Visit& visit;                        // its page is never null
  const std::vector<drive::Cookie>& cookies_before; // the session's, before the request
  const std::vector<drive::Cookie>& cookies;        // and after it
  record::Duration duration{};                      // of the action that led to the page
  std::string_view errors;                          // selector of the app's own error elements; may be empty
  Expand expand;
  std::function<bool(std::string_view name)> has_heard_of_cookie; // see drive::Driver
  // Judges whether the dashboard is open or closed to this session; may have to ask the app. Errors: it could not be
  // asked.
  std::function<Result<Judgement>(scenario::Dashboard)> judge_dashboard;
  // The same of what an identity provider does with this session.
  std::function<Result<Judgement>(const scenario::ExpectProvider&)> judge_provider;
};

} // namespace murphy::run
