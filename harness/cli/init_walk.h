// What `murphy init` does in a browser to find out how people sign in to an app, and how they see that they are in.
#pragma once

#include "base/secret.h"
#include "cli/init_refusals.h"
#include "drive/driver.h"
#include "drive/http_page.h"
#include "init/project_text.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace murphy::cli {

// What the user says instead of leaving it to Murphy; empty where they leave it.
struct InitHints {
  std::string sign_in;        // the page
  std::string submit;         // the words on the button
  std::string user_field;     // the words that name it
  std::string password_field; // the same
  std::string dashboard;      // the page
  std::string shows;          // a selector
  std::string sign_out;       // the words of the link or the button
};

using PagePointer = std::shared_ptr<const drive::HttpPage>;

// The page with the form that signs people in.
struct SignInPage {
  PagePointer page;
  init::SignInControls form; // looks into the page
  init::FoundSignIn names;
  std::string user_label, password_label; // as the page words them
};

// What is typed into it.
struct Login {
  std::string user;
  std::shared_ptr<const Secret> password;
};

struct FoundDashboard {
  std::string landing;                // the path of the page that the sign-in led to
  std::string page;                   // its own
  std::vector<PagePointer> of_member; // each time it was loaded
  PagePointer of_stranger;            // what is there without a session
  std::vector<std::string> markers{}; // candidates for `shows`, the best first
  init::SignOut sign_out{};
};

// Where a way out has led.
struct WentOut {
  PagePointer page;       // null: no page came of it
  std::string trouble;    // why it is no way to sign out, though it may close the dashboard; empty: nothing
  bool is_closed = false; // the dashboard, to the session in use
};

// Waits for so long. False: somebody wants no more.
using Pause = std::function<bool(std::chrono::seconds)>;

// Not more than one at a time for a driver.
class InitWalk {
public:
  // Where the app takes no more attempts and asks for a short wait, `pause` is called, once.
  InitWalk(drive::Driver& driver, InitHints hints, InClear in_clear, const drive::Limits& limits, Pause pause)
      : driver_(driver), hints_(std::move(hints)), in_clear_(in_clear), limits_(limits), pause_(std::move(pause)) {}

  // Opens the address, goes on to the page to sign in where that is another one, and reads its form. Nothing but pages
  // is asked for. Errors: why nobody can sign in there so.
  Result<SignInPage> look(const std::string& address);

  // Signs in twice, and finds the page that only those see who are in. Errors: target, with the words of the app.
  Result<FoundDashboard> find_dashboard(const SignInPage& at, const Login& login);

  // Whether the app showed its form again for the account, and nothing else kept it from signing in.
  bool was_refused() const { return was_refused_; }

  // Tries the ways out of the dashboard, and keeps the one that closes it; then looks for markers.
  Result<void> find_way_out(const SignInPage& at, const Login& login, FoundDashboard& dashboard);

private:
  Result<PagePointer> open(const std::string& address);
  // Whether the page asked for a wait, which is over.
  bool has_waited_for(const drive::HttpPage& page);
  Result<PagePointer> open_as_stranger(const std::string& address);
  Result<SignInPage> read(const PagePointer& page);
  Result<std::string> lasting_address(const SignInPage& at);
  Result<PagePointer> sign_in(const SignInPage& at, const Login& login);
  // That what is about to be filled in and sent takes the password as it was read. Errors: as of look().
  Result<void> check_form(const drive::HttpPage& page, const SignInPage& at) const;
  // Whether the answer to this address keeps people from what is there.
  bool is_shut(const drive::HttpPage& page, const std::string& address) const;
  // Whether a stranger is kept out of the page.
  Result<std::optional<PagePointer>> closed_to_strangers(const std::string& address);
  Result<bool> choose_closed_page(FoundDashboard& dashboard);
  Result<WentOut> went_out(const drive::Visited& visited, const FoundDashboard& dashboard);
  // Whether the dashboard is closed to the session in use.
  Result<bool> is_closed(const FoundDashboard& dashboard);

  drive::Driver& driver_;
  InitHints hints_;
  InClear in_clear_;
  drive::Limits limits_;
  Pause pause_;
  bool has_waited_ = false;
  bool was_refused_ = false;
};

} // namespace murphy::cli
