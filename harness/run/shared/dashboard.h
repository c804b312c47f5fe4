// The dashboard proof: whether an answer shows the dashboard open, or closed to the visitor. Pure.
#pragma once

#include "drive/driver.h"
#include "run/shared/compare.h"
#include "scenario/model.h"
#include "scenario/variables.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::run {

// A form that sign_in fills in.
struct SignInForm {
  std::string words;               // that submit it
  std::vector<std::string> fields; // that it has, as the project names them
};

// What `[app]` says of the dashboard and of sign-in, with its references resolved. Paths as Page::path() has them.
struct DashboardFacts {
  std::string path;                      // of the dashboard page
  std::string shows;                     // the selector of what only it shows
  std::string sign_in_path;              // empty when the project names no sign-in page
  std::string url;                       // of the dashboard page, as the project has it
  std::vector<SignInForm> sign_in_forms; // that a visitor is asked to fill in first, and that takes the password
  std::string errors;                    // selector of the app's own error elements; may be empty
  std::vector<std::string> providers;    // the origins of the identity providers
};

// `providers` are those of the target. Errors: usage, a reference in the dashboard's page that cannot be resolved.
Result<DashboardFacts> facts_of(const scenario::App& app, const std::map<std::string, std::string>& providers,
                                scenario::Scope& scope, const drive::Driver& driver);

struct Judgement {
  bool holds = false;
  record::Failure failure; // why it does not
};

// Whether two paths are one, with a slash at the end or without.
bool same_path(const std::string& left, const std::string& right);

// Open: the final page is the dashboard's, on an origin of the app, with status 200, and `shows` is on it.
Judgement judge_open(const drive::Visit& visit, const DashboardFacts& facts);

// Closed: the answer is 401 or 403, the sign-in page or one outside of the app, and nothing that `shows` selects was in
// any answer on the way. Who asks for the dashboard and is sent to an identity provider was sent away: what comes after
// is the provider's. What fails with dashboard_not_refused is closed, too, where any stranger is answered so.
Judgement judge_closed(const drive::Visit& visit, const DashboardFacts& facts);

// The negative control of open, asked without a session: nothing that `shows` selects was in any answer.
Judgement judge_control(const drive::Visit& visit, const DashboardFacts& facts);

// Whether the page shows what only the dashboard shows, without an error, and the page before it (may be null) did not:
// then what let it show lies between the two. Not on another origin than those of the app.
bool shows_marker_first(const drive::Page& page, const drive::Page* before, const DashboardFacts& facts);

// Whether any request of the visit was for the dashboard, so that the visit itself can be judged. One that sends a form
// to the same address is not.
bool asked_for_dashboard(const drive::Visit& visit, const DashboardFacts& facts);

// Whether any answer of the visit was at the dashboard's address, whatever was asked: it may show what it should not.
bool came_to_dashboard(const drive::Visit& visit, const DashboardFacts& facts);

// Whether a visit that ends in an error ends where apps lead whoever signs out: on the sign-in page with status 401, or
// on the dashboard, which is closed now, with 401 or 403. `path` is the dashboard's, as Page::path() has it.
bool ends_signed_out(const drive::Visit& visit, const std::string& path, bool asks_to_sign_in);

// Whether an answer is of this origin.
bool is_of_origin(const drive::Page& page, std::string_view origin);

// Whether the page is one that asks a visitor to sign in: at the address of sign_in, or with its form, or with a field
// for a password and without what only the dashboard shows.
bool is_sign_in_page(const drive::Page& page, const DashboardFacts& facts);

// Whether the page has a form that signs in.
bool shows_sign_in_form(const drive::Page& page, const DashboardFacts& facts);

// The page in short, as failures name it.
record::AnswerSeen answer_of(const drive::Page& page);

} // namespace murphy::run
