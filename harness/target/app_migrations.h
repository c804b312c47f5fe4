// The migrations of the app beside what its database has noted of them.
#pragma once

#include "migrations/file.h"
#include "record/known_good.h"
#include "record/migrations.h"
#include "target/migration_look.h"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace murphy::target {

// What a baseline keeps of them: of a table that may be of several tools, once.
std::vector<record::KnownMigrations> known_migrations(const std::vector<NotedMigrations>& noted);

class AppMigrations {
public:
  using Mask = std::function<std::string(const std::string&)>;
  // Their files are in `folder`; empty: somewhere below `source`; empty: nowhere. All names told are masked by `mask`.
  AppMigrations(std::string folder, std::string source, Mask mask)
      : folder_(std::move(folder)), source_(std::move(source)), mask_(std::move(mask)) {}

  // Of the first tool that has noted anything and has files; without files, of the first one. None: no tool has.
  // `before`: the baseline, where there is one.
  std::optional<record::MigrationsSeen> compare(const std::vector<NotedMigrations>& noted,
                                                const record::KnownGood* before);
  // Those of the last comparison, waiting or run since the baseline, whose files write the name: of those that wait,
  // also ones that were not listed. Safe for several threads once they were compared.
  std::vector<std::string> that_write(const std::string& name) const;

private:
  std::vector<migrations::Migration> files_of(const NotedMigrations& noted) const;
  void remember(const std::string& name, const std::string& path);

  std::string folder_;
  std::string source_;
  Mask mask_;
  std::map<std::string, std::string> paths_; // of files, by what their migrations are called, masked
  std::map<std::string, std::string> texts_; // by their paths
  std::size_t text_read_ = 0;                // bytes
};

} // namespace murphy::target
