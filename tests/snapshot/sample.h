// A record with something in every part.
#pragma once

#include "record/known_good.h"

namespace murphy::snapshot {

inline record::KnownGood sample() {
  record::KnownGood known;
  known.forms = {{"/login",
                  {"Sign in",
                   "POST",
                   "/login",
                   "",
                   {{"_csrf", "hidden", "", {}},
                    {"user[email]", "email", "Email", {"maxlength=254", "required"}},
                    {"user[password]", "password", "Password", {"pattern=\\S+\"'", "required"}}}}}};
  known.visits = {{"GET /login", {"200 /login"}, "Sign in", {}, {"h1"}},
                  {"POST /login", {"303 /login", "200 /dashboard"}, "Dashboard", {}, {"h1", "p.flash"}},
                  {"POST /login", {"422 /login"}, "Sign in", {"Wrong email or password"}, {"h1", "p.alert"}}};
  known.cookies = {{"sid", "", "/", "Lax", false, true, 0}};
  known.engine = "sqlite";
  known.tables = {{"users",
                   {{"id", "integer", std::nullopt, false, true},
                    {"email", "varchar(254)", 254, false, false},
                    {"password_hash", "text", std::nullopt, true, false}},
                   {{"email"}, {"id"}}}};
  known.console = {"WARN cache of 0 entries: no such table: cache\t☃ \u001b"};
  known.migrations = {{.tool = "dbmate", .applied = {"1", "20240101"}, .left_out = 3}};
  return known;
}

} // namespace murphy::snapshot
