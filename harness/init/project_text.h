// What `murphy init` found out, and the two files that say it. Pure.
#pragma once

#include <string>
#include <variant>

namespace murphy::init {

// How people sign out, from the dashboard: by a link, by the button of a form, or by a page that asks to confirm.
struct SignOutByClick {
  std::string words;
};
struct SignOutBySubmit {
  std::string words;
};
struct SignOutConfirmed {
  std::string page;   // that asks
  std::string submit; // what confirms
};
struct SignOutUnknown {
  std::string tried; // what was tried in vain; empty: there was nothing to try
  std::string does;  // "leaves the dashboard open"
};
using SignOut = std::variant<SignOutUnknown, SignOutByClick, SignOutBySubmit, SignOutConfirmed>;

struct FoundSignIn {
  std::string page;           // its path on the target, with the query where that is needed
  std::string submit;         // the words that submit the form
  std::string user_field;     // empty: there is none
  std::string password_field; // the words that name it
};

struct FoundAccount {
  std::string name;     // of the user in the project: "ada"
  std::string property; // under which the project holds what is typed: "email" or "name"
  std::string login;    // what is typed
  std::string variable; // of the environment, which holds the password: "ADA_PASSWORD"
};

struct FoundTarget {
  std::string url;   // "http://127.0.0.1:8000", or with ${port}
  std::string start; // the command; empty: the app runs already
  std::string ready; // the page that says when it is up; empty: the default
};

struct FoundProject {
  FoundTarget target;
  FoundSignIn sign_in;
  SignOut sign_out;
  std::string landing;   // the path of the page that the sign-in leads to
  std::string dashboard; // that of the dashboard, which may be another page
  std::string shows;     // the marker; empty: none was found
  FoundAccount account;
};

// The text of murphy.toml.
std::string project_text(const FoundProject& found);

// The text of scenarios/sign-in.toml. The order of its scenarios keeps apps from locking the account: a right sign-in
// stands between two that fail.
std::string scenarios_text(const FoundProject& found);

} // namespace murphy::init
