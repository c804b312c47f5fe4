#include "migrations/history.h"

#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <iterator>
#include <set>
#include <string_view>

namespace murphy::migrations {
namespace {

constexpr std::size_t longest_kept = 200; // bytes of a name; a longer one is none that a tool gives

// What stands in place of a secret.
constexpr std::string_view mask_begins = "‹", mask_ends = "›";

// Whether a name may be the one that was masked before it was kept, which then was a secret's to show.
bool may_be(std::string_view name, std::string_view masked) {
  std::size_t begin = masked.find(mask_begins);
  if (begin == std::string_view::npos) return name == masked;
  if (!name.starts_with(masked.substr(0, begin))) return false;
  name.remove_prefix(begin);
  while (begin != std::string_view::npos) {
    const std::size_t end = masked.find(mask_ends, begin);
    if (end == std::string_view::npos) return false;
    masked.remove_prefix(end + mask_ends.size());
    begin = masked.find(mask_begins);
    if (begin == std::string_view::npos) return name.ends_with(masked);
    const std::size_t found = name.find(masked.substr(0, begin));
    if (found == std::string_view::npos) return false;
    name.remove_prefix(found + begin);
  }
  return false;
}

bool is_masked(const std::string& name) { return name.contains(mask_begins); }

// Of a tool that notes the last one alone: those above the first number, up to the second one, that have files.
std::vector<std::string> between(const Tool& tool, const std::string& above, const std::string& last,
                                 const std::vector<Migration>& migrations) {
  std::set<std::string> keys{last};
  for (const Migration& each : migrations)
    if (is_before(tool, above, each.key) && is_before(tool, each.key, last)) keys.insert(each.key);
  std::vector<std::string> sorted(keys.begin(), keys.end());
  std::ranges::sort(sorted, [&](const auto& left, const auto& right) { return is_before(tool, left, right); });
  return sorted;
}

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
    if (now.empty() || now == was || is_masked(was.back())) return {};
    const std::string &last = now.back(), &before_last = was.back();
    if (is_before(tool, before_last, last)) return {.came = between(tool, before_last, last, migrations), .gone = {}};
    return {.came = {}, .gone = between(tool, last, before_last, migrations)};
  }
  if (tool.notes == Notes::revisions) {
    if (!are_all_known(now, migrations) || !are_all_known(was, migrations)) return {};
    now = with_all_before(std::move(now), migrations);
    was = with_all_before(std::move(was), migrations);
  }
  std::vector<std::string> masked;
  std::ranges::copy_if(was, std::back_inserter(masked), is_masked);
  const auto is_of_masked = [&](const std::string& shown) {
    return std::ranges::any_of(masked, [&](const std::string& each) { return may_be(shown, each); });
  };
  std::set<std::string> shown_now;
  Since all;
  for (const std::string& key : now) {
    const std::string shown = shown_key(tool, key);
    shown_now.insert(shown);
    const bool is_beyond = before.left_out > 0 && is_before(tool, key, was.front());
    if (!is_beyond && key.size() <= longest_kept && !contains(was, shown) && !is_of_masked(shown))
      all.came.push_back(key);
  }
  for (const std::string& each : was)
    if (!is_masked(each) && !shown_now.contains(each)) all.gone.push_back(each);
  return all;
}

} // namespace murphy::migrations
