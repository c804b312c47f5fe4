// Reads [watch] of a project file: what `murphy watch` looks at, how often, and whom it tells.
#pragma once

#include "scenario/reading.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

// Scenarios with such tags have an interval of their own.
struct WatchInterval {
  std::string tag; // an expression, as of --tag
  std::chrono::milliseconds every{};
  Place place;
  SharedText source_line;
};

// When nobody is to be told, as it is written; what it means is for the watch.
struct WatchMaintenance {
  std::vector<std::string> days;
  std::string from;
  std::string until;
  std::string zone = "UTC";
  Place place;
  SharedText source_line;
};

// Whom to tell of incidents.
struct WatchChannel {
  enum class Kind { webhook, exec, alertmanager, slack, teams, pagerduty, mail };
  enum class Least { warning, critical };
  Kind kind = Kind::webhook;
  std::string name;                   // unique; its kind where the file gives none
  std::optional<Setting> url = {};    // of all but exec; pagerduty has one of its own
  std::optional<Setting> secret = {}; // that signs what a webhook gets
  std::string command = {};           // of exec, for /bin/sh
  std::optional<Setting> key = {};    // of pagerduty
  Text from = {};                     // of mail: an address
  std::vector<std::string> to = {};   // of mail: addresses
  Least least = Least::critical;      // what is less severe is not told
};

// A kind of channel, the keys that it needs, and those that it may have beside.
struct KindOfChannel {
  std::string_view name;
  WatchChannel::Kind kind;
  std::vector<std::string_view> needs, takes;
};

const std::vector<KindOfChannel>& kinds_of_channel();

// So many of the last runs.
struct WatchShare {
  int failed = 0;
  int of = 0;
};

// How to know which migrations have not run: by the files of the app, or by a command.
struct WatchMigrations {
  std::string folder;  // as it is written; empty: by a command
  std::string command; // for /bin/sh
  int ok = 0;          // what it exits with if all have run
  Place place;
  SharedText source_line;
};

struct WatchSettings {
  std::string target;                              // empty: the project's first
  Text tag;                                        // an expression, as of --tag; of an empty source: all scenarios
  std::chrono::milliseconds every{60'000};         // between two runs of a scenario
  std::vector<WatchInterval> only;                 // the last that fits counts
  std::vector<std::chrono::milliseconds> confirm;  // from a run that failed to the next one
  int fail_after = 3;                              // so many failed runs in a row make a scenario red
  std::optional<WatchShare> fail_if;               // or these
  int pass_after = 2;                              // so many passed runs in a row make it green again
  std::optional<std::chrono::milliseconds> slow{}; // what takes longer is slow
  std::vector<std::chrono::milliseconds> remind{std::chrono::minutes(30), std::chrono::hours(2),
                                                std::chrono::hours(8)}; // after an incident has opened
  std::optional<Setting> store;                                         // none: .murphy/watch.db
  std::vector<WatchMaintenance> maintenance;
  std::chrono::milliseconds deploy_grace{};                        // for which a changed table alone is not told of
  std::chrono::milliseconds lockout_window{std::chrono::hours(1)}; // for which the app counts failed sign-ins
  bool database_checks = false;                                    // the server behind the tables is looked at
  std::optional<WatchMigrations> migrations;
  std::optional<Setting> read_replica; // the address of a replica that the app reads
  std::optional<Setting> control;      // an address that answers unless this machine has no network
  Text listen;                         // "127.0.0.1:9469"; of an empty source: nowhere
  std::string status_directory;        // for the files of the status page; empty: none
  std::string metrics; // the file for Prometheus, below the project's folder unless it is absolute; empty: none
  std::optional<Setting> heartbeat; // the address that hears of finished rounds
  std::vector<WatchChannel> notify;
};

// None without such a table, and where it had errors. `project`: its targets are known to be all; null: they are not.
std::optional<WatchSettings> read_watch(Reading& reading, const Node& root, const Project* project);

struct ReadWatch {
  std::optional<WatchSettings> settings;
  Errors errors;
};

// The same of a whole file. What is wrong with the rest of it is not reported.
ReadWatch read_watch(const std::string& file_name, std::string_view text);

} // namespace murphy::scenario
