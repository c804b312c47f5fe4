#include "migrations/compare.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <set>

namespace murphy::migrations {
namespace {

constexpr std::size_t most_named = 3;

using Keys = std::set<std::string>;

// Of Flyway: what was undone waits again, and what is below a baseline never ran and need not.
struct Versions {
  Keys done;
  std::string baseline; // empty: there is none
};
Versions versions_of(const Tool& tool, const std::vector<Row>& rows) {
  Versions versions;
  for (const Row& row : rows) {
    const std::string key = key_of(tool, row);
    const std::string& type = row.at(1);
    if (type.starts_with("UNDO") || type == "DELETE")
      versions.done.erase(key);
    else
      versions.done.insert(key);
    if (type == "BASELINE") versions.baseline = key;
  }
  return versions;
}

// Of Alembic, a row says that all before it have run, too.
Keys with_parents(Keys done, const std::vector<Migration>& migrations) {
  std::map<std::string, const Migration*> by_key;
  for (const Migration& each : migrations) by_key[each.key] = &each;
  std::vector<std::string> left(done.begin(), done.end());
  while (!left.empty()) {
    const auto found = by_key.find(left.back());
    left.pop_back();
    if (found == by_key.end()) continue;
    for (const std::string& parent : found->second->parents)
      if (done.insert(parent).second) left.push_back(parent);
  }
  return done;
}

// Of Django: one that stands for others has run when all of them have, and they have when it has.
Keys with_replaced(Keys done, const std::vector<Migration>& migrations) {
  for (const Migration& each : migrations) {
    if (each.stands_for.empty()) continue;
    if (std::ranges::all_of(each.stands_for, [&](const std::string& key) { return done.contains(key); }))
      done.insert(each.key);
    if (done.contains(each.key)) done.insert(each.stands_for.begin(), each.stands_for.end());
  }
  return done;
}

// Of Liquibase: the keys of files that have a row. A row is of one file: of that with which it shares most of its path.
Keys with_rows(const Keys& rows, const std::vector<Migration>& migrations) {
  struct Pair {
    std::size_t shared; // bytes
    const std::string* row;
    const std::string* file;
  };
  std::vector<Pair> pairs;
  for (const std::string& row : rows)
    for (const Migration& each : migrations)
      if (is_same_change_set(row, each.key))
        pairs.push_back({.shared = std::min(row.size(), each.key.size()), .row = &row, .file = &each.key});
  std::ranges::stable_sort(pairs, std::ranges::greater(), &Pair::shared);
  std::set<const std::string*> taken;
  Keys done;
  for (const Pair& pair : pairs)
    if (!taken.contains(pair.row) && done.insert(*pair.file).second) taken.insert(pair.row);
  return done;
}

// It need not run as long as those do that it stands for.
bool is_spare(const Migration& migration, const std::vector<Migration>& all) {
  return std::ranges::any_of(migration.stands_for, [&](const std::string& key) {
    return std::ranges::find(all, key, &Migration::key) != all.end();
  });
}

std::string named(const std::vector<std::string>& names) {
  const std::size_t shown = std::min(names.size(), most_named);
  std::string text = join({names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown)}, ", ");
  if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

std::string counted(std::size_t number, const Tool& tool) {
  return fmt::format("{} migration{} of {}", number, number == 1 ? "" : "s", tool.name);
}

Keys done_of(const Tool& tool, const std::vector<Row>& rows) {
  if (tool.notes == Notes::versions) return versions_of(tool, rows).done;
  Keys done;
  for (const Row& row : rows) done.insert(key_of(tool, row));
  return done;
}

} // namespace

bool is_before(const Tool& tool, const std::string& left, const std::string& right) {
  if (tool.notes != Notes::numbers && tool.notes != Notes::highest && tool.notes != Notes::versions)
    return left < right;
  // Numbers of any length, and versions of several: "9" before "10", "1.9" before "1.10".
  const auto order = [](std::string_view a, std::string_view b) {
    return a.size() < b.size() || (a.size() == b.size() && a < b);
  };
  return std::ranges::lexicographical_compare(split(left, '.'), split(right, '.'), order);
}

std::vector<std::string> keys_of(const Tool& tool, const std::vector<Row>& rows) {
  const Keys done = done_of(tool, rows);
  std::vector<std::string> keys(done.begin(), done.end());
  std::ranges::stable_sort(
      keys, [&](const std::string& left, const std::string& right) { return is_before(tool, left, right); });
  return keys;
}

std::vector<std::string> with_all_before(std::vector<std::string> keys, const std::vector<Migration>& migrations) {
  const Keys all = with_parents({keys.begin(), keys.end()}, migrations);
  return {all.begin(), all.end()};
}

MigrationReport compare(const Tool& tool, const std::vector<Migration>& migrations, const std::vector<Row>& rows) {
  Keys done = done_of(tool, rows);
  const std::string baseline = tool.notes == Notes::versions ? versions_of(tool, rows).baseline : std::string();
  const Keys noted = done;
  if (tool.notes == Notes::revisions) done = with_parents(std::move(done), migrations);
  if (tool.notes == Notes::change_sets) done = with_rows(done, migrations);
  if (tool.notes == Notes::apps) done = with_replaced(std::move(done), migrations);
  std::set<std::string> apps;
  for (const Row& row : rows) apps.insert(row.front());

  MigrationReport compared;
  Keys keys;
  std::string newest;
  for (const Migration& each : migrations) {
    keys.insert(each.key);
    if (newest.empty() || is_before(tool, newest, each.key)) newest = each.key;
    if (done.contains(each.key) || each.may_be_left_out || is_spare(each, migrations)) continue;
    const bool is_before_last =
        tool.notes == Notes::highest && !done.empty() && !is_before(tool, *done.rbegin(), each.key);
    const bool is_before_baseline = !baseline.empty() && !is_before(tool, baseline, each.key);
    if (is_before_last || is_before_baseline) continue;
    if (tool.notes == Notes::apps && !apps.contains(each.app)) {
      if (!contains(compared.doubtful, each.app)) compared.doubtful.push_back(each.app);
      continue;
    }
    compared.waiting.push_back(each.shown);
  }
  for (const std::string& key : noted) {
    if (keys.contains(key) || key == baseline) continue;
    if (tool.without_file == RowWithoutFile::wrong ||
        (tool.without_file == RowWithoutFile::newer && is_before(tool, newest, key)))
      compared.unknown.push_back(key);
  }
  return compared;
}

std::string words_of(const Tool& tool, const MigrationReport& compared) {
  std::vector<std::string> parts;
  if (!compared.waiting.empty())
    parts.push_back(fmt::format("{} {} not run: {}", counted(compared.waiting.size(), tool),
                                compared.waiting.size() == 1 ? "has" : "have", named(compared.waiting)));
  if (!compared.unknown.empty())
    parts.push_back(fmt::format("{} {} run here and {} no file: {}", counted(compared.unknown.size(), tool),
                                compared.unknown.size() == 1 ? "has" : "have",
                                compared.unknown.size() == 1 ? "has" : "have", named(compared.unknown)));
  return join(parts, "; ");
}

} // namespace murphy::migrations
