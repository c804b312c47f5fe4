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
#include <ranges>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

namespace murphy::target {
namespace {

using migrations::Migration;

constexpr std::size_t most_named = 50;    // of each list that goes into the journal
constexpr std::size_t longest_name = 200; // bytes
constexpr std::uintmax_t largest_file = 4 << 20;
constexpr std::size_t most_text = 32 << 20; // bytes of all files that are read

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

// What the baseline has of the tool, or of another one that its table may be of. Null: nothing.
const record::KnownMigrations* noted_before(const NotedMigrations& taken, const std::vector<NotedMigrations>& noted,
                                            const record::KnownGood* before) {
  if (before == nullptr) return nullptr;
  const auto of = [&](std::string_view tool) {
    const auto found = std::ranges::find(before->migrations, tool, &record::KnownMigrations::tool);
    return found == before->migrations.end() ? nullptr : &*found;
  };
  const record::KnownMigrations* known = of(taken.tool->name);
  for (const NotedMigrations& each : noted)
    if (known == nullptr && each.table == taken.table && each.tool->notes == taken.tool->notes)
      known = of(each.tool->name);
  return known;
}

} // namespace

std::vector<record::KnownMigrations> known_migrations(const std::vector<NotedMigrations>& noted) {
  std::vector<record::KnownMigrations> known;
  std::set<std::string> tables;
  for (const NotedMigrations& each : noted)
    if (!each.rows.empty() && tables.insert(each.table).second)
      known.push_back(migrations::known_migrations(*each.tool, each.rows));
  return known;
}

std::vector<Migration> AppMigrations::files_of(const NotedMigrations& noted) const {
  if (!folder_.empty()) return migrations::read_migrations(*noted.tool, folder_).value_or(std::vector<Migration>());
  if (source_.empty()) return {};
  return migrations::find_migrations(*noted.tool, source_, migrations::keys_of(*noted.tool, noted.rows));
}

void AppMigrations::remember(const std::string& name, const std::string& path) {
  if (!texts_.contains(path)) { // several may be in one file
    if (text_read_ >= most_text) return;
    text_read_ += (texts_[path] = text_of(path)).size();
  }
  paths_[name] = path;
}

std::optional<record::MigrationsSeen> AppMigrations::compare(const std::vector<NotedMigrations>& noted,
                                                             const record::KnownGood* before) {
  paths_.clear();
  texts_.clear();
  text_read_ = 0;
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
  if (!files.empty()) {
    migrations::MigrationReport report = migrations::compare(tool, files, taken->rows);
    seen.waiting = std::move(report.waiting);
    for (const std::string& key : report.unknown) seen.unknown.push_back(migrations::shown_key(tool, key));
  }
  // What is missing may be in one that is not listed.
  const std::set<std::string> waiting(seen.waiting.begin(), seen.waiting.end());
  for (const Migration& each : files | std::views::reverse)
    if (waiting.contains(each.shown)) remember(mask_(each.shown), each.file);
  if (const record::KnownMigrations* same = noted_before(*taken, noted, before)) {
    migrations::Since since = migrations::since(tool, *same, taken->rows, files);
    seen.gone = std::move(since.gone);
    keep_newest(since.came);
    for (const std::string& key : since.came) {
      const Migration* file = file_of(tool, files, key);
      seen.came.push_back(file == nullptr ? migrations::shown_key(tool, key) : file->shown);
      if (file != nullptr && file->shown.size() <= longest_name) remember(mask_(file->shown), file->file);
    }
  }
  for (auto* names : {&seen.waiting, &seen.came, &seen.gone, &seen.unknown}) {
    keep_newest(*names);
    for (std::string& name : *names) name = mask_(name);
  }
  seen.left_out = static_cast<std::int64_t>(waiting.size() - std::min(waiting.size(), seen.waiting.size()));
  return seen;
}

std::vector<std::string> AppMigrations::that_write(const std::string& name) const {
  std::vector<std::string> found;
  for (const auto& [shown, path] : paths_)
    if (migrations::writes_name(path, texts_.at(path), name)) found.push_back(shown);
  keep_newest(found);
  return found;
}

} // namespace murphy::target
