// The example app on a database of its own, and a project that watches it.
#pragma once

#include "command.h"
#include "listener.h"
#include "tests/places.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <csignal>
#include <cstdint>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace murphy::end_to_end {

// A service that keeps the alerts that it gets.
class Sink {
public:
  explicit Sink(const std::vector<std::string>& answers = {}) {
    Invocation sink;
    sink.binary = "/usr/bin/python3";
    sink.arguments = {std::string(servers) + "/alert_sink.py"};
    sink.arguments.insert(sink.arguments.end(), answers.begin(), answers.end());
    running_.emplace(sink);
    port_ = running_->first_line().value_or("");
  }
  std::string url(const std::string& path) const { return "http://127.0.0.1:" + port_ + path; }
  // From now on, it takes everything.
  void recover() { running_->send(SIGUSR1); }
  // Waits until it has got this.
  bool wait_for(const std::string& text) { return running_->wait_for(text); }
  // The requests until now. No more can be waited for.
  std::vector<boost::json::object> taken() {
    running_->send(SIGTERM);
    std::vector<boost::json::object> all;
    const std::string out = running_->wait().out;
    for (std::size_t at = out.find('\n') + 1; at < out.size(); at = out.find('\n', at) + 1)
      all.push_back(boost::json::parse(out.substr(at, out.find('\n', at) - at)).as_object());
    return all;
  }

private:
  static inline const std::string servers = in_project("tests/end_to_end/servers");
  std::optional<Running> running_;
  std::string port_;
};

inline std::string text_of(const boost::json::object& object, const std::string& key) {
  return std::string(object.at(key).as_string());
}

// What the alerts tell, by event.
inline std::vector<std::string> texts(const std::vector<boost::json::object>& taken, const std::string& path) {
  std::vector<std::string> all;
  for (const boost::json::object& each : taken)
    if (text_of(each, "path") == path)
      all.push_back(text_of(boost::json::parse(text_of(each, "body")).as_object(), "text"));
  return all;
}

// The example app on a database of its own, and a project that watches it.
class WatchedApp : public testing::Test {
protected:
  WatchedApp() : port_(refusing_port()) {}

  void start_app() {
    Invocation app;
    app.binary = "/bin/sh";
    // A pipe that nobody reads would fill, and stop it; the log may be renamed and cut while it writes.
    app.arguments = {"-c", R"(exec "$0" "$1" >>app.log 2>&1)", in_project("fixtures/dashboard/start"),
                     std::to_string(port_)};
    app.directory = folder_.path();
    app.environment = {{"DASHBOARD_BIN", dashboard_program()},
                       {"DASHBOARD_DATABASE", "sqlite:" + (folder_ / "app.db").string()}};
    app_.emplace(app);
  }

  void write_project(const std::string& watch) const {
    folder_.write("murphy.toml", fmt::format(R"(
[app]
sign_in   = {{ page = "/login", submit = "Sign in", fields = {{ Email = "${{user.email}}", Password = "${{user.password}}" }} }}
dashboard = {{ page = "/dashboard", shows = "[data-user]" }}
[target.staging]
url           = "http://127.0.0.1:{}"
ready         = "/health"
start_timeout = "20s"
database      = "sqlite:app.db"
[user.ada]
email    = "ada@example.com"
password = {{ env = "ADA_PASSWORD" }}
[watch]
{}
)",
                                             port_, watch));
    folder_.write("scenarios/sign-in.toml", R"(feature = "Sign in"
[[scenario]]
name  = "reaches the dashboard"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}" }, expect = { dashboard = "open" } },
]
[[scenario]]
name  = "stays signed in"
steps = [{ sign_in = "ada" }, { open = "/profile", expect = { status = 200 } }]
)");
  }

  // A scenario that Murphy itself stumbles over.
  void write_what_cannot_be_judged() const {
    folder_.write("scenarios/cookie.toml", R"(feature = "Cookie"
[[scenario]]
name  = "that no request can carry"
steps = [{ cookie = { sid = "a;b" } }, { open = "/login" }]
)");
  }

  Invocation murphy(std::vector<std::string> arguments) const {
    Invocation invocation;
    invocation.directory = folder_.path();
    invocation.arguments = std::move(arguments);
    invocation.environment = environment_;
    invocation.environment["ADA_PASSWORD"] = "correct horse 9";
    return invocation;
  }
  Finished run_murphy(std::vector<std::string> arguments) const { return run(murphy(std::move(arguments))); }

  // The first column of what SQL asks of the app's database, a line for each row.
  std::string asked(const std::string& sql) const {
    Invocation python;
    python.binary = "/usr/bin/python3";
    python.arguments = {"-c",
                        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=20); "
                        "[print(row[0]) for row in c.execute(sys.argv[2])]",
                        (folder_ / "app.db").string(), sql};
    const Finished finished = run(python);
    return finished.out + finished.err;
  }

  // Runs SQL on the app's database, as a migration does.
  void migrate(const std::string& sql) const {
    Invocation python;
    python.binary = "/usr/bin/python3";
    python.arguments = {"-c",
                        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=20); "
                        "c.execute(sys.argv[2]); c.commit()",
                        (folder_ / "app.db").string(), sql};
    const Finished migrated = run(python);
    ASSERT_EQ(migrated.code, 0) << migrated.err;
  }

  std::uint16_t port_;
  TemporaryFolder folder_;
  std::optional<Running> app_;
  std::map<std::string, std::string> environment_;
};

} // namespace murphy::end_to_end
