#include "migrations/history.h"

#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <set>

namespace murphy::migrations {
namespace {

constexpr std::size_t longest_kept = 200; // bytes of a name; a longer one is none that a tool gives

bool are_all_known(const std::vector<std::string>& keys, const std::vector<Migration>& migrations) {
  return std::ranges::all_of(keys, [&](const std::string& key) {
    return std::ranges::find(migrations, key, &Migration::key) != migrations.end();
  });
}

} // namespace

std::string shown_key(const Tool& tool, const std::string& key) {
  if (tool.notes != Notes::change_sets) return key;
  const std::vector<std::string_view> parts = split(key, '\n');
  return parts.size() == 3 ? fmt::format("{} by {} in {}", parts[0], parts[1], parts[2]) : key;
}

record::KnownMigrations known_migrations(const Tool& tool, const std::vector<Row>& rows) {
  record::KnownMigrations known;
  known.tool = tool.name;
  for (const std::string& key : keys_of(tool, rows))
    if (key.size() <= longest_kept) known.applied.push_back(shown_key(tool, key));
  if (known.applied.size() <= most_kept) return known;
  const auto beyond = static_cast<std::ptrdiff_t>(known.applied.size() - most_kept);
  known.left_out = static_cast<std::int64_t>(beyond);
  known.applied.erase(known.applied.begin(), known.applied.begin() + beyond);
  return known;
}

Since since(const Tool& tool, const record::KnownMigrations& before, const std::vector<Row>& rows,
            const std::vector<Migration>& migrations) {
  std::vector<std::string> now = keys_of(tool, rows), was = before.applied;
  if (was.empty()) return {};
  if (tool.notes == Notes::highest) {
    if (now.empty() || now == was) return {};
    if (is_before(tool, was.back(), now.back())) return {.came = now, .gone = {}};
    return {.came = {}, .gone = was};
  }
  if (tool.notes == Notes::revisions) {
    if (!are_all_known(now, migrations) || !are_all_known(was, migrations)) return {};
    now = with_all_before(std::move(now), migrations);
    was = with_all_before(std::move(was), migrations);
  }
  std::set<std::string> shown_now;
  Since all;
  for (const std::string& key : now) {
    const std::string shown = shown_key(tool, key);
    shown_now.insert(shown);
    const bool is_beyond = before.left_out > 0 && is_before(tool, key, was.front());
    if (!is_beyond && key.size() <= longest_kept && !contains(was, shown)) all.came.push_back(key);
  }
  for (const std::string& each : was)
    if (!shown_now.contains(each)) all.gone.push_back(each);
  return all;
}

} // namespace murphy::migrations
