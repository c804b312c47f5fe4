// What a healthy app looked like, as far as sign-in rests on it: written down once, and read against when something
// breaks. Names, shapes and attributes; never a value, never a secret.
#pragma once

#include "record/page.h"
#include "record/schema.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace murphy::record {

// A form and the page it stands on.
struct KnownForm {
  std::string page; // the path, with `*` in place of what changes ("/plots/*")
  PageForm form;    // with the fields that have a name
  bool operator==(const KnownForm&) const = default;
};

// A request that a page, a form or a link made, and the page it ended on.
struct KnownVisit {
  std::string request;              // "POST /login"
  std::vector<std::string> answers; // every answer in order: "303 /login", "200 /dashboard"
  std::string title;                // of the page at the end; empty where it changes
  std::vector<std::string> errors;  // that the page shows; those that change are left out
  std::vector<std::string> outline; // the elements that hold words of their own, see PageSeen
  bool operator==(const KnownVisit&) const = default;
};

// A cookie as the app sets it. One that it sets in two ways stands here twice.
struct KnownCookie {
  std::string name;
  std::string domain; // in lower case, without a dot in front; empty: not said
  std::string path;
  std::string same_site; // "Strict", "Lax", "None"; empty: not said
  bool secure = false;
  bool http_only = false;
  std::int64_t lasts = 0; // seconds, to the minute; 0: as long as the browser is open
  bool operator==(const KnownCookie&) const = default;
};

// What a tool that changes the tables step by step had noted as done.
struct KnownMigrations {
  std::string tool;                 // "Rails"
  std::vector<std::string> applied; // versions or names, the oldest first
  std::int64_t left_out = 0;        // how many more there are, all before these
  bool operator==(const KnownMigrations&) const = default;
};

// Sorted in every part, so that it is the same for the same app.
struct KnownGood {
  std::vector<KnownForm> forms;
  std::vector<KnownVisit> visits;
  std::vector<KnownCookie> cookies;
  std::string engine;               // of the database: "sqlite", "postgresql", "mysql"; empty: it was not looked at
  std::vector<Table> tables;        // those that sign-in rests on
  std::vector<std::string> console; // lines that look like errors and are none, with what changes folded
  std::vector<KnownMigrations> migrations;
  bool operator==(const KnownGood&) const = default;
};

} // namespace murphy::record
