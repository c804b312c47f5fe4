#include "diagnose/trace.h"

#include <gmock/gmock.h>

namespace murphy::diagnose {
namespace {

using enum record::Layer;
using record::Layer;

TEST(LayerOfAFile, IsThatOfItsFolderOrEnding) {
  struct Row {
    std::string_view line;
    Layer layer;
  };
  for (const auto& [line, layer] : {
           Row{"app/views/sessions/new.html.erb:3", view},
           Row{"  File \"/srv/portal/templates/login.html\", line 3, in template", view},
           Row{"#1 /srv/app/Http/Controllers/LoginController.php(32)", controller},
           Row{"  File \"/srv/portal/accounts/views.py\", line 9, in login", controller},
           Row{"at com.acme.model.User.getName(User.java:12)", model},
           Row{"#2 /srv/src/Entity/User.php(7)", model},
           Row{"/srv/db/migrate/20260101_add_phone.rb:3", database},
           Row{"  File \"/srv/portal/settings.py\", line 80", config},
           Row{"  File \"/srv/lib/site-packages/django/template/base.py\", line 9", unknown},
           Row{"at query (/srv/node_modules/pg/lib/client.js:694:17)", unknown},
       })
    EXPECT_EQ(record::name_of(layer_of_file(line)), record::name_of(layer)) << line;
}

TEST(SessionStores, AreKnownByTheirCode) {
  EXPECT_TRUE(is_session_store("  File \"/srv/lib/django/contrib/sessions/backends/db.py\", line 9"));
  EXPECT_TRUE(is_session_store("  File \"/srv/lib/pyramid/session.py\", line 9, in _set_cookie"));
  EXPECT_FALSE(is_session_store("    user = db.session.get(User, 7)"));
  EXPECT_FALSE(is_session_store("  File \"/srv/lib/requests/sessions.py\", line 589"));
}

std::string frame(const std::string& trace) {
  const LogText log(record::EvidenceSource::console, trace);
  return frame_of_app(find_errors({&log}, {}, Signatures::built_in()).at(0));
}

// PHP and Elixir write the arguments of a call into its frame: a password may be one of them.
TEST(FramesOfTheApp, NeverSayWhatAFunctionWasCalledWith) {
  EXPECT_EQ(frame("PHP Fatal error: Call to undefined function fnd_user()\n"
                  "#0 /srv/shop/login.php(9): sign_in('grace', 'Tr0ub4dor')"),
            "#0 /srv/shop/login.php(9): sign_in");
  EXPECT_EQ(frame("** (UndefinedFunctionError) function App.Accounts.by_emial/2 is undefined or private\n"
                  "    (app 0.1.0) lib/app/accounts.ex:12: App.Accounts.by_emial(\"ada\", \"hunter2\")"),
            "(app 0.1.0) lib/app/accounts.ex:12: App.Accounts.by_emial");
}

TEST(FramesOfTheApp, AreOfTheErrorsOwnTrace) {
  EXPECT_EQ(
      frame("pq: column \"emial\" does not exist\n  2026-11-20 10:11:15 INFO mail.go:88: link: /reset/k3y-sesame-77"),
      "")
      << "the slash is none of its file";
  EXPECT_EQ(frame("2026/11/20 10:11:12 store.go:20: pq: column \"emial\" does not exist\n"
                  "2026/11/20 10:11:15 mail.go:88: reset link: /reset/k3y-sesame-77"),
            "");
  EXPECT_EQ(
      frame("Traceback (most recent call last):\n  File \"/srv/lib/site-packages/psycopg/cursor.py\", line 9, in run\n"
            "psycopg.errors.UndefinedColumn: column \"emial\" does not exist\n"
            "Traceback (most recent call last):\n  File \"/srv/app/newsletter.py\", line 4, in send\n"
            "OSError: no mail today"),
      "");
}

TEST(FramesOfTheApp, NameAFileThatIsOfNoLibrary) {
  EXPECT_EQ(frame("Traceback (most recent call last):\n  File \"/srv/portal/auth.py\", line 31, in sign_in\n"
                  "    user = find()\n  File \"/srv/lib/site-packages/peewee.py\", line 9, in get\n"
                  "AttributeError: 'User' object has no attribute 'emial'"),
            "File \"/srv/portal/auth.py\", line 31, in sign_in");
  EXPECT_EQ(frame("TypeError: Cannot read properties of undefined (reading 'email')\n"
                  "    at Layer.handle (/srv/node_modules/express/lib/router/layer.js:95:5)\n"
                  "    at /srv/portal/routes/login.js:23:41"),
            "at /srv/portal/routes/login.js:23:41");
  EXPECT_EQ(
      frame("panic: interface conversion: interface {} is nil, not int64\n\t/usr/local/go/src/net/http/server.go:9\n"
            "\t/srv/portal/login.go:57 +0x5c8"),
      "/srv/portal/login.go:57 +0x5c8");
  EXPECT_EQ(frame("NoMethodError (undefined method `emial' for an instance of User):\n"
                  "app/controllers/sessions_controller.rb:8:in `create'"),
            "app/controllers/sessions_controller.rb:8:in `create'");
  EXPECT_EQ(frame("PHP Fatal error: Call to undefined function fnd_user()\n#0 /srv/vendor/slim/App.php(9): run()\n"
                  "#1 /srv/portal/src/Login.php(32): sign_in()"),
            "#1 /srv/portal/src/Login.php(32): sign_in");
  EXPECT_EQ(frame("column \"emial\" does not exist"), "");
}

// The layer that asks for the route of the last line.
Layer asked_by(const std::string& trace) {
  const LogText log(record::EvidenceSource::console,
                    trace + "\nBuildError: Could not build url for endpoint 'dashbord'.");
  const auto findings = find_errors({&log}, {}, Signatures::built_in());
  return layer_that_asks_for_route(findings.at(0));
}

TEST(LayerThatAsksForARoute, IsReadFromTheTrace) {
  EXPECT_EQ(asked_by("    return redirect(url_for(\"dashbord\"))"), controller);
  EXPECT_EQ(asked_by("  File \"/srv/portal/accounts/views.py\", line 9, in get_success_url"), controller);
  EXPECT_EQ(asked_by("  File \"/srv/lib/site-packages/allauth/adapter.py\", line 9, in get_login_redirect_url"),
            config);
  EXPECT_EQ(asked_by("  File \"/srv/portal/templates/login.html\", line 3\n    <a class=\"redirect\" href=\"{{ "
                     "url_for('dashbord') }}\">"),
            unknown);
  EXPECT_EQ(asked_by("  File \"/srv/portal/views.py\", line 9\n    return render_template(\"login.html\")"), unknown);
  EXPECT_EQ(asked_by("    return redirect(url_for(\"welcome\"))"), unknown) << "it goes elsewhere";
}

} // namespace
} // namespace murphy::diagnose
