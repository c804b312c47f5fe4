// The migrations of the app beside what its database has noted of them.
#pragma once

#include "migrations/file.h"
#include "record/known_good.h"
#include "record/migrations.h"
#include "target/migration_look.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace murphy::target {

// What a baseline keeps of them.
std::vector<record::KnownMigrations> known_migrations(const std::vector<NotedMigrations>& noted);

class AppMigrations {
public:
  // Their files are in `folder`; empty: somewhere below `source`; empty: nowhere.
  AppMigrations(std::string folder, std::string source) : folder_(std::move(folder)), source_(std::move(source)) {}

  // Of the first tool that has noted anything and has files; without files, of the first one. None: no tool has.
  // `before`: the baseline, where there is one.
  std::optional<record::MigrationsSeen> compare(const std::vector<NotedMigrations>& noted,
                                                const record::KnownGood* before);
  // Those of the last comparison, waiting or run since the baseline, whose files write the name. Safe for several
  // threads once they were compared.
  std::vector<std::string> that_write(const std::string& name) const;

private:
  std::vector<migrations::Migration> files_of(const NotedMigrations& noted) const;

  std::string folder_;
  std::string source_;
  std::map<std::string, std::string> texts_; // of files, by what they are called
  std::map<std::string, std::string> paths_; // the same
};

} // namespace murphy::target
