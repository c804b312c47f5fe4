#include "target/app_migrations.h"

#include "base/text.h"
#include "migrations/compare.h"
#include "migrations/history.h"
#include "migrations/naming.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace murphy::target {
namespace {

using migrations::Migration;

constexpr std::size_t most_named = 50;    // of each list that goes into the journal
constexpr std::size_t longest_name = 200; // bytes
constexpr std::uintmax_t largest_file = 4 << 20;

// Empty, where it cannot be read or is no text that somebody wrote.
std::string text_of(const std::string& file) {
  std::error_code failed;
  if (std::filesystem::file_size(file, failed) > largest_file || failed) return {};
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void keep_newest(std::vector<std::string>& names) {
  std::erase_if(names, [](const std::string& name) { return name.size() > longest_name; });
  if (names.size() > most_named) names.erase(names.begin(), names.end() - static_cast<std::ptrdiff_t>(most_named));
}

const Migration* file_of(const migrations::Tool& tool, const std::vector<Migration>& files, const std::string& key) {
  const auto found = std::ranges::find_if(files, [&](const Migration& each) {
    return tool.notes == migrations::Notes::change_sets ? migrations::is_same_change_set(each.key, key)
                                                        : each.key == key;
  });
  return found == files.end() ? nullptr : &*found;
}

} // namespace

std::vector<record::KnownMigrations> known_migrations(const std::vector<NotedMigrations>& noted) {
  std::vector<record::KnownMigrations> known;
  for (const NotedMigrations& each : noted)
    if (!each.rows.empty()) known.push_back(migrations::known_migrations(*each.tool, each.rows));
  return known;
}

std::vector<Migration> AppMigrations::files_of(const NotedMigrations& noted) const {
  if (!folder_.empty()) return migrations::read_migrations(*noted.tool, folder_).value_or(std::vector<Migration>());
  if (source_.empty()) return {};
  return migrations::find_migrations(*noted.tool, source_, migrations::keys_of(*noted.tool, noted.rows));
}

std::optional<record::MigrationsSeen> AppMigrations::compare(const std::vector<NotedMigrations>& noted,
                                                             const record::KnownGood* before) {
  texts_.clear();
  paths_.clear();
  if (noted.empty()) return std::nullopt;
  const NotedMigrations* taken = &noted.front();
  std::vector<Migration> files;
  for (const NotedMigrations& each : noted) {
    files = files_of(each);
    if (files.empty()) continue;
    taken = &each;
    break;
  }
  const migrations::Tool& tool = *taken->tool;
  record::MigrationsSeen seen;
  seen.tool = tool.name;
  seen.broken = taken->broken;
  const auto remember = [&](const std::string& name, const std::string& path) {
    paths_[name] = path;
    texts_[name] = text_of(path);
  };
  if (!files.empty()) {
    migrations::MigrationReport report = migrations::compare(tool, files, taken->rows);
    seen.waiting = std::move(report.waiting);
    for (const std::string& key : report.unknown) seen.unknown.push_back(migrations::shown_key(tool, key));
  }
  keep_newest(seen.waiting);
  for (const Migration& each : files)
    if (contains(seen.waiting, each.shown)) remember(each.shown, each.file);
  const auto known = before == nullptr ? std::vector<record::KnownMigrations>() : before->migrations;
  const auto same = std::ranges::find(known, seen.tool, &record::KnownMigrations::tool);
  if (same != known.end()) {
    const migrations::Since since = migrations::since(tool, *same, taken->rows, files);
    seen.gone = since.gone;
    for (const std::string& key : since.came) {
      const Migration* file = file_of(tool, files, key);
      seen.came.push_back(file == nullptr ? migrations::shown_key(tool, key) : file->shown);
      if (file != nullptr && contains(seen.came, file->shown)) remember(file->shown, file->file);
    }
  }
  for (auto* names : {&seen.came, &seen.gone, &seen.unknown}) keep_newest(*names);
  return seen;
}

std::vector<std::string> AppMigrations::that_write(const std::string& name) const {
  std::vector<std::string> found;
  for (const auto& [shown, text] : texts_)
    if (migrations::writes_name(paths_.at(shown), text, name)) found.push_back(shown);
  return found;
}

} // namespace murphy::target
