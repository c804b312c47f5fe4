#include "migrations/file.h"

#include "base/make_error.h"
#include "base/regex.h"
#include "base/text.h"
#include "migrations/content.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

namespace murphy::migrations {
namespace {

namespace fs = std::filesystem;

constexpr char between_parts = '/';
constexpr char before_path = '\n'; // of a change set
constexpr std::string_view class_path = "classpath:";
constexpr std::uintmax_t largest_file = 4 << 20; // bytes, of one whose text is read

// Where others than the app have their code.
constexpr std::array left_out{"node_modules", "site-packages", "vendor", "venv"};

const Regex& pattern_of(const Tool& tool) {
  static std::map<const Tool*, std::shared_ptr<const Regex>> all = [] {
    std::map<const Tool*, std::shared_ptr<const Regex>> compiled;
    for (const Tool& each : tools()) compiled[&each] = Regex::compile(each.file).value();
    return compiled;
  }();
  return *all.at(&tool);
}

// What the path is called by the tool; empty: it is no migration of it.
std::string name_in(const Tool& tool, std::string_view path) {
  const auto groups = pattern_of(tool).search(path);
  return groups && groups->size() > 1 ? (*groups)[1] : std::string();
}

std::string without_zeros(std::string_view number) {
  const std::size_t first = number.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(number.substr(first));
}

// Flyway takes 1, 1.0, 01 and 1_0 for the same.
std::string version_key(std::string_view version) {
  std::string plain(version);
  std::ranges::replace(plain, '_', '.');
  std::vector<std::string> parts;
  for (const std::string_view part : split(plain, '.')) parts.push_back(without_zeros(part));
  while (parts.size() > 1 && parts.back() == "0") parts.pop_back();
  return join(parts, ".");
}

std::string last_part(std::string_view text, char separator) {
  return std::string(text.substr(text.rfind(separator) + 1));
}

std::string joined(const std::vector<std::string>& parts) { return join(parts, std::string(1, between_parts)); }

std::string without_class_path(std::string_view path) {
  if (path.starts_with(class_path)) path.remove_prefix(class_path.size());
  return std::string(path);
}

bool is_text_needed(const Tool& tool) {
  return tool.notes == Notes::apps || tool.notes == Notes::revisions || tool.notes == Notes::change_sets;
}

std::string text_of(const fs::path& file) {
  std::error_code failed;
  if (fs::file_size(file, failed) > largest_file || failed) return {};
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// What a folder is called, however its path is written: "code", "code/" and "code/.".
std::string name_of_folder(const fs::path& folder) {
  std::error_code ignored;
  const fs::path whole = fs::absolute(folder, ignored).lexically_normal();
  return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

// The name that a module of Django gives the app, where it gives one.
std::string label_of_app(const fs::path& migration) {
  const auto labels = python_texts(text_of(migration.parent_path().parent_path() / "apps.py"), "label");
  return labels.empty() ? std::string() : labels.front();
}

std::vector<Migration> of_change_sets(const Tool& tool, const MigrationFile& file) {
  std::vector<Migration> all;
  const std::string given = logical_path(file.text);
  for (const ChangeSet& each : change_sets_in(file.path, file.text))
    all.push_back({.key = key_of(tool, {each.id, each.author, given.empty() ? file.path : given}),
                   .shown = fmt::format("{} by {} in {}", each.id, each.author, file.path),
                   .app = {},
                   .stands_for = {},
                   .parents = {},
                   .may_be_left_out = each.has_condition});
  return all;
}

Migration of_django(const Tool& tool, const MigrationFile& file, const std::string& name, std::string_view app) {
  const std::vector<std::string_view> parts = split(file.path, between_parts);
  const std::string folder = parts.size() > 2 ? std::string(parts[parts.size() - 3]) : file.within;
  Migration migration;
  migration.app = app.empty() ? folder : std::string(app);
  migration.key = key_of(tool, {migration.app, name});
  migration.shown = migration.key;
  const auto replaced = python_texts(file.text, "replaces");
  for (std::size_t at = 0; at + 1 < replaced.size(); at += 2)
    migration.stands_for.push_back(key_of(tool, {replaced[at], replaced[at + 1]}));
  return migration;
}

// The files below a folder that may be the app's own, with slashes, sorted. Not all of them, where there is a problem.
struct Files {
  std::vector<std::string> paths;
  std::string problem; // half a sentence about the folder; empty: there is none
};
template <class IsWanted>
Files files_below(const fs::path& top, const fs::path& base, std::size_t most_entries, IsWanted&& is_wanted) {
  Files files;
  std::error_code failed;
  std::size_t seen = 0;
  fs::recursive_directory_iterator entries(top, fs::directory_options::skip_permission_denied, failed);
  for (; !failed && entries != fs::recursive_directory_iterator(); entries.increment(failed)) {
    if (++seen > most_entries) {
      files.problem = fmt::format("has more than {} files and folders", most_entries);
      break;
    }
    const std::string name = entries->path().filename().string();
    std::error_code ignored;
    if (entries->is_directory(ignored) &&
        (name.starts_with('.') || std::ranges::find(left_out, name) != left_out.end()))
      entries.disable_recursion_pending();
    if (!entries->is_regular_file(ignored)) continue;
    std::string path = entries->path().lexically_relative(base).generic_string();
    if (is_wanted(path)) files.paths.push_back(std::move(path));
  }
  if (failed) files.problem = fmt::format("cannot be read: {}", failed.message());
  std::ranges::sort(files.paths);
  return files;
}

std::vector<Migration> read_files(const Tool& tool, const fs::path& base, const std::vector<std::string>& paths) {
  std::vector<Migration> all;
  for (const std::string& path : paths) {
    const fs::path whole = base / path;
    const MigrationFile file{
        .path = path, .within = name_of_folder(base), .text = is_text_needed(tool) ? text_of(whole) : std::string()};
    const std::string app = tool.notes == Notes::apps ? label_of_app(whole) : std::string();
    for (Migration& each : migrations_in(tool, file, app)) {
      each.file = whole.generic_string();
      all.push_back(std::move(each));
    }
  }
  return all;
}

// The folder that the tool was pointed at, if this is a migration of it: the nearest one. None: it is no migration.
std::optional<std::string> folder_of(const Tool& tool, const std::string& path) {
  for (std::size_t slash = path.rfind('/'); slash != std::string::npos && slash > 0; slash = path.rfind('/', slash - 1))
    if (!name_in(tool, path.substr(slash + 1)).empty()) return path.substr(0, slash);
  return name_in(tool, path).empty() ? std::nullopt : std::optional<std::string>("");
}

// Of tools whose migrations are told by what is in them, any file may be one: those are kept that may be. Of Alembic,
// they are in a folder of this name unless somebody calls it otherwise; of Liquibase, beside a file that the database
// notes.
void keep_what_is_worth_reading(const Tool& tool, std::vector<std::string>& paths,
                                const std::vector<std::string>& has_run) {
  if (tool.notes == Notes::revisions)
    std::erase_if(paths, [](const std::string& path) { return !("/" + path).contains("/versions/"); });
  if (tool.notes != Notes::change_sets) return;
  std::set<std::string> noted, folders;
  for (const std::string& key : has_run) noted.insert(last_part(last_part(key, before_path), '/'));
  const auto folder = [](const std::string& path) { return path.substr(0, path.rfind('/') + 1); };
  for (const std::string& path : paths)
    if (noted.contains(last_part(path, '/'))) folders.insert(folder(path));
  std::erase_if(paths, [&](const std::string& path) { return !folders.contains(folder(path)); });
}

using Keys = std::set<std::string>;

// Migrations that lie together: in the folder of a tool, in that of an app of Django, or below the folder at which
// the paths of Liquibase begin.
struct Group {
  Keys paths; // of the files, below its folder
  std::vector<Migration> migrations;
  Keys known; // which of those that have run are among them
};

std::vector<Group> groups_by_folder(const Tool& tool, const fs::path& top, const std::vector<std::string>& paths,
                                    const Keys& done) {
  std::map<std::string, std::vector<std::string>> folders; // with their files
  for (const std::string& path : paths)
    if (const auto of = folder_of(tool, path)) folders[*of].push_back(of->empty() ? path : path.substr(of->size() + 1));
  std::vector<Group> groups;
  for (const auto& [of, within] : folders) {
    Group group{.paths = {within.begin(), within.end()},
                .migrations = read_files(tool, of.empty() ? top : top / of, within),
                .known = {}};
    for (const Migration& each : group.migrations) {
      if (done.contains(each.key)) group.known.insert(each.key);
      std::ranges::copy_if(each.stands_for, std::inserter(group.known, group.known.end()),
                           [&](const std::string& key) { return done.contains(key); });
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

// The folder that the path of a row begins at: "app/resources" of "app/resources/db/a.xml", noted as "db/a.xml".
std::string root_of(const std::string& path, std::string_view row) {
  const std::string noted = last_part(row, before_path);
  return path.size() > noted.size() && path.ends_with(noted) ? path.substr(0, path.size() - noted.size())
                                                             : std::string();
}

std::vector<Group> groups_of_change_sets(const std::vector<Migration>& all, const fs::path& top, const Keys& done) {
  std::map<std::string, Group, std::greater<>> groups; // by their folder, an inner one before the one around it
  const auto path_of = [&](const Migration& each) {
    return fs::path(each.file).lexically_relative(top).generic_string();
  };
  for (const Migration& each : all)
    for (const std::string& key : done)
      if (is_same_change_set(key, each.key)) groups[root_of(path_of(each), key)].known.insert(key);
  for (const Migration& each : all) {
    const std::string path = path_of(each);
    const auto group = std::ranges::find_if(groups, [&](const auto& one) { return path.starts_with(one.first); });
    if (group == groups.end()) continue;
    group->second.paths.insert(path.substr(group->first.size()));
    group->second.migrations.push_back(each);
  }
  std::vector<Group> found;
  for (auto& [root, group] : groups) found.push_back(std::move(group));
  std::ranges::reverse(found);
  return found;
}

// The one of which most have run. None: there is none, or another one that differs may be meant as well.
std::vector<Migration> of_best(const std::vector<Group>& groups) {
  const Group* best = nullptr;
  bool is_sure = true;
  for (const Group& each : groups) {
    if (each.known.empty() || (best != nullptr && each.known.size() < best->known.size())) continue;
    if (best != nullptr && each.known.size() == best->known.size()) {
      is_sure = is_sure && each.paths == best->paths; // a copy
      continue;
    }
    best = &each;
    is_sure = true;
  }
  return best != nullptr && is_sure ? best->migrations : std::vector<Migration>();
}

// All of which some have run. None: two that differ have the same ones.
std::vector<Migration> of_all(const std::vector<Group>& groups) {
  std::vector<Migration> all;
  std::vector<const Group*> taken;
  for (const Group& each : groups) {
    if (each.known.empty()) continue;
    const auto same = std::ranges::find_if(taken, [&](const Group* other) {
      return std::ranges::any_of(each.known, [&](const std::string& key) { return other->known.contains(key); });
    });
    if (same == taken.end()) {
      taken.push_back(&each);
      all.insert(all.end(), each.migrations.begin(), each.migrations.end());
    } else if ((*same)->paths != each.paths) {
      return {};
    }
  }
  return all;
}

} // namespace

std::string key_of(const Tool& tool, const std::vector<std::string>& columns) {
  const std::string& first = columns.front();
  switch (tool.notes) {
  case Notes::numbers:
    // Some note the name of the file behind the number.
    if (!first.empty() && is_digit(first.front()))
      return without_zeros(first.substr(0, first.find_first_not_of("0123456789")));
    return first;
  case Notes::highest: return without_zeros(first);
  case Notes::versions: return version_key(first);
  case Notes::class_names: return last_part(first, '\\');
  case Notes::names: {
    const std::string name = name_in(tool, first); // some note the name with its ending
    return name.empty() ? first : name;
  }
  case Notes::change_sets:
    // An id may have a slash in it, and the path has some.
    return join({first, columns.at(1), without_class_path(columns.at(2))}, std::string(1, before_path));
  case Notes::apps:
  case Notes::revisions: break;
  }
  return joined(columns);
}

bool is_same_change_set(std::string_view left, std::string_view right) {
  const std::size_t left_path = left.rfind(before_path), right_path = right.rfind(before_path);
  if (left.substr(0, left_path) != right.substr(0, right_path)) return false;
  left.remove_prefix(left_path + 1);
  right.remove_prefix(right_path + 1);
  if (left.size() < right.size()) std::swap(left, right);
  return left.ends_with(right) && (left.size() == right.size() || left[left.size() - right.size() - 1] == '/');
}

std::vector<Migration> migrations_in(const Tool& tool, const MigrationFile& file, std::string_view app) {
  const std::string name = name_in(tool, file.path);
  if (name.empty()) return {};
  if (tool.notes == Notes::change_sets) return of_change_sets(tool, file);
  if (tool.notes == Notes::apps) return {of_django(tool, file, name, app)};
  Migration migration;
  migration.key = key_of(tool, {name});
  migration.shown = file.path;
  if (tool.notes == Notes::revisions) {
    const auto revision = python_texts(file.text, "revision");
    if (revision.empty()) return {};
    migration.key = revision.front();
    migration.parents = python_texts(file.text, "down_revision");
    const auto others = python_texts(file.text, "depends_on");
    migration.parents.insert(migration.parents.end(), others.begin(), others.end());
  }
  return {migration};
}

Result<std::vector<Migration>> read_migrations(const Tool& tool, const std::string& folder, std::size_t most_entries) {
  // One app's folder is found by its own name, too.
  const fs::path top = fs::path(folder).lexically_normal();
  const bool is_app =
      tool.notes == Notes::apps && (top.filename().empty() ? top.parent_path() : top).filename() == "migrations";
  const fs::path base = is_app ? (top.filename().empty() ? top.parent_path() : top).parent_path() : top;
  const Files files =
      files_below(top, base, most_entries, [&](const std::string& path) { return !name_in(tool, path).empty(); });
  if (!files.problem.empty())
    return std::unexpected(usage_error(fmt::format("the folder {} {}", folder, files.problem), {}));
  std::vector<Migration> all = read_files(tool, base, files.paths);
  if (all.empty())
    return std::unexpected(usage_error(fmt::format("the folder {} has no migration of {}", folder, tool.name), {}));
  return all;
}

std::vector<Migration> find_migrations(const Tool& tool, const std::string& folder,
                                       const std::vector<std::string>& has_run, std::size_t most_entries) {
  const fs::path top = fs::path(folder).lexically_normal();
  Files files =
      files_below(top, top, most_entries, [&](const std::string& path) { return folder_of(tool, path).has_value(); });
  if (!files.problem.empty()) return {};
  keep_what_is_worth_reading(tool, files.paths, has_run);
  const Keys done(has_run.begin(), has_run.end());
  if (tool.notes == Notes::change_sets)
    return of_all(groups_of_change_sets(read_files(tool, top, files.paths), top, done));
  const std::vector<Group> groups = groups_by_folder(tool, top, files.paths, done);
  // Django's apps have a folder each.
  return tool.notes == Notes::apps ? of_all(groups) : of_best(groups);
}

} // namespace murphy::migrations
