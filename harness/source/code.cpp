#include "source/code.h"

#include "base/text.h"
#include "base/whole_word.h"
#include "source/git.h"
#include "source/program.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

namespace murphy::source {
namespace {

namespace fs = std::filesystem;
using record::CodePlace;
using Clock = std::chrono::steady_clock;

constexpr std::size_t most_places = 3;
constexpr std::size_t most_found = 400;       // lines: a name that stands in more is everywhere
constexpr std::size_t most_printed = 4 << 20; // bytes
constexpr std::size_t shortest_name = 3;
// A name that stands in more files is no slip, unless a change that is this new wrote it.
constexpr std::size_t few_files = 3;
constexpr std::size_t new_commits = 10;
// Without git.
constexpr std::uintmax_t longest_file = 1 << 20;
constexpr std::size_t most_files = 20'000;

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// "pasword_hash" is "paswordHash" and "PaswordHash" elsewhere, and the other way round.
std::vector<std::string> spellings_of(const std::string& name) {
  std::vector<std::string> all{name};
  std::string camel, snake;
  bool up = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (c == '_' && i > 0) {
      up = true;
    } else {
      camel += static_cast<char>(std::exchange(up, false) ? std::toupper(c) : c);
    }
    if (std::isupper(c) != 0 && i > 0 && std::islower(static_cast<unsigned char>(name[i - 1])) != 0) snake += '_';
    snake += static_cast<char>(std::tolower(c));
  }
  std::string pascal = camel;
  if (!pascal.empty()) pascal[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(pascal[0])));
  for (std::string* other : {&camel, &snake, &pascal})
    if (std::ranges::find(all, *other) == all.end()) all.push_back(std::move(*other));
  return all;
}

// Documents and tests write the same names.
bool is_beside_the_code(std::string_view file) {
  const std::string lower = "/" + ascii_lower(file);
  static constexpr std::array endings = {
      std::string_view(".md"),  std::string_view(".rst"),   std::string_view(".adoc"), std::string_view(".lock"),
      std::string_view(".log"), std::string_view(".jsonl"), std::string_view(".map"),  std::string_view(".min.js")};
  static constexpr std::array folders = {std::string_view("/test/"),   std::string_view("/tests/"),
                                         std::string_view("/spec/"),   std::string_view("/docs/"),
                                         std::string_view("/doc/"),    std::string_view("/node_modules/"),
                                         std::string_view("/vendor/"), std::string_view("/__tests__/")};
  return std::ranges::any_of(endings, [&](std::string_view each) { return lower.ends_with(each); }) ||
         std::ranges::any_of(folders, [&](std::string_view each) { return lower.contains(each); });
}

// "file NUL line NUL text LF" for each line that git grep finds.
std::vector<CodePlace> places_in(std::string_view printed, const std::string& name) {
  std::vector<CodePlace> places;
  while (places.size() < most_found) {
    const std::size_t end_of_file = printed.find('\0');
    if (end_of_file == std::string_view::npos) break;
    CodePlace place;
    place.file = printed.substr(0, end_of_file);
    place.name = name;
    printed.remove_prefix(end_of_file + 1);
    std::from_chars(printed.data(), printed.data() + printed.size(), place.line);
    const std::size_t end = printed.find('\n');
    places.push_back(std::move(place));
    if (end == std::string_view::npos) break;
    printed.remove_prefix(end + 1);
  }
  return places;
}

// For git to look for as a word: "term" is no part of "terms". Other signs than these are looked for as they are.
std::vector<std::string> pickaxe(const std::string& name) {
  std::string pattern = "\\b";
  for (const char c : name) {
    if (!is_word(c) && c != '-' && c != '.') return {"-S", name};
    if (c == '.') pattern += '\\';
    pattern += c;
  }
  return {"--pickaxe-regex", "-S", pattern + "\\b"};
}

struct Commit {
  std::string id, subject;
  std::int64_t at = 0; // seconds since 1970
  std::set<std::string> files;
};

// The newest commits first that changed how often the files write the name.
std::vector<Commit> history_of(const fs::path& folder, const std::string& name, const std::set<std::string>& files,
                               Deadline deadline) {
  auto arguments = git(folder, {"log", "--no-textconv", "--no-ext-diff", "--no-renames", "--relative",
                                "--format=%x01%h%x00%at%x00%s", "--name-only", "-z", "-n", "20"});
  std::ranges::move(pickaxe(name), std::back_inserter(arguments));
  arguments.emplace_back("--");
  arguments.insert(arguments.end(), files.begin(), files.end());
  std::vector<Commit> commits;
  const Printed printed = printed_by(arguments, deadline, most_printed);
  for (std::string_view entry : split(printed.text, '\x01')) {
    std::vector<std::string_view> parts = split(entry, '\0');
    if (parts.size() < 4) continue;
    Commit commit{.id = std::string(parts[0]), .subject = std::string(parts[2]), .at = 0, .files = {}};
    std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), commit.at);
    for (std::size_t i = 3; i < parts.size(); ++i)
      if (const std::string_view file = trim(parts[i]); !file.empty()) commit.files.emplace(file);
    commits.push_back(std::move(commit));
  }
  return commits;
}

std::set<std::string> changed_since_commit(const fs::path& folder, const std::string& name, Deadline deadline) {
  std::set<std::string> files;
  auto arguments = git(
      folder, {"diff", "HEAD", "--no-textconv", "--no-ext-diff", "--no-renames", "--relative", "--name-only", "-z"});
  std::ranges::move(pickaxe(name), std::back_inserter(arguments));
  const Printed printed = printed_by(arguments, deadline, most_printed);
  for (const std::string_view file : split(printed.text, '\0'))
    if (!file.empty()) files.emplace(file);
  return files;
}

// The newest commits of the checkout, of which a slip is more likely than of those before.
std::set<std::string> newest_commits(const fs::path& folder, Deadline deadline) {
  std::set<std::string> ids;
  const std::string count = std::to_string(new_commits);
  const Printed printed = printed_by(git(folder, {"log", "--format=%h", "-n", count}), deadline, most_printed);
  for (const std::string_view id : split(printed.text, '\n'))
    if (!id.empty()) ids.emplace(id);
  return ids;
}

std::vector<CodePlace> walk(const fs::path& folder, const std::string& name, Deadline deadline) {
  std::vector<CodePlace> places;
  std::size_t files = 0;
  std::error_code error;
  fs::recursive_directory_iterator each(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && each != fs::recursive_directory_iterator(); each.increment(error)) {
    const std::string file_name = each->path().filename().string();
    if (each->is_directory(error)) {
      if (file_name.starts_with('.') || file_name == "node_modules" || file_name == "vendor" || file_name == "build")
        each.disable_recursion_pending();
      continue;
    }
    if (++files > most_files || Clock::now() > deadline || places.size() >= most_found) break;
    if (!each->is_regular_file(error) || file_name.starts_with('.') || each->file_size(error) > longest_file) continue;
    std::ifstream in(each->path(), std::ios::binary);
    std::string line;
    for (std::uint32_t number = 1; std::getline(in, line); ++number) {
      if (line.find('\0') != std::string::npos) break; // no text
      if (!has_whole_word(line, name, is_word)) continue;
      CodePlace place;
      place.file = each->path().lexically_relative(folder).string();
      place.line = number;
      place.name = name;
      places.push_back(std::move(place));
    }
  }
  std::ranges::sort(places, {}, [](const CodePlace& place) { return std::pair(place.file, place.line); });
  return places;
}

std::set<std::string> files_of(const std::vector<CodePlace>& places) {
  std::set<std::string> files;
  for (const CodePlace& place : places) files.insert(place.file);
  return files;
}

} // namespace

bool is_checkout(const fs::path& folder) {
  std::error_code error;
  // Links followed, as git does.
  const fs::path whole = fs::weakly_canonical(fs::absolute(folder, error), error);
  for (fs::path at = whole; !error; at = at.parent_path()) {
    if (fs::exists(at / ".git", error)) return true;
    if (at == at.parent_path()) break;
  }
  return false;
}

Code::Code(fs::path folder, const std::vector<std::string>& left_out, std::chrono::milliseconds longest)
    : folder_(std::move(folder)), longest_(longest) {
  for (const std::string& file : left_out) left_out_.push_back(fs::absolute(file).lexically_normal());
}

std::vector<CodePlace> Code::places_of(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = found_.find(name);
  return found != found_.end() ? found->second : found_.emplace(name, search(name)).first->second;
}

std::vector<CodePlace> Code::search(const std::string& name) const {
  if (name.size() < shortest_name || std::ranges::none_of(name, [](unsigned char c) { return std::isalpha(c) != 0; }))
    return {};
  const bool has_git = is_checkout(folder_);
  std::vector<CodePlace> places;
  const Deadline until_found = Clock::now() + longest_;
  const fs::path whole = fs::absolute(folder_).lexically_normal();
  for (const std::string& spelling : spellings_of(name)) {
    bool is_searched = false;
    if (has_git) {
      const Printed printed = printed_by(
          git(folder_, {"grep", "-z", "-n", "-I", "-F", "-w", "-e", spelling, "--", "."}), until_found, most_printed);
      is_searched = printed.is_whole;
      if (is_searched) places = places_in(printed.text, spelling);
    }
    if (!is_searched) places = walk(folder_, spelling, until_found);
    std::erase_if(places, [&](const CodePlace& place) {
      const fs::path file = (whole / place.file).lexically_normal();
      return is_beside_the_code(place.file) || std::ranges::find(left_out_, file) != left_out_.end();
    });
    if (!places.empty()) break;
  }
  if (places.empty()) return {};
  const std::set<std::string> files = files_of(places);
  if (files.size() >= most_found) return {};

  std::set<std::string> newest;
  if (has_git) {
    const Deadline until_dated = Clock::now() + longest_;
    const std::string& spelled = places.front().name;
    newest = newest_commits(folder_, until_dated);
    const std::set<std::string> changed = changed_since_commit(folder_, spelled, until_dated);
    const std::vector<Commit> commits = history_of(folder_, spelled, files, until_dated);
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch();
    for (CodePlace& place : places) {
      place.is_new = changed.contains(place.file);
      if (place.is_new) continue;
      const auto commit =
          std::ranges::find_if(commits, [&](const Commit& each) { return each.files.contains(place.file); });
      if (commit == commits.end()) continue;
      place.commit = commit->id;
      place.subject = commit->subject;
      place.age = std::max(record::Duration(), record::Duration(now - std::chrono::seconds(commit->at)));
    }
    // By the order of the history: dates of commits are as their authors' clocks went.
    const auto rank = [&](const CodePlace& place) {
      const auto commit = std::ranges::find(commits, place.commit, &Commit::id);
      return place.is_new ? -1 : commit - commits.begin();
    };
    std::ranges::stable_sort(places, {}, rank);
  }
  if (files.size() > few_files) {
    std::erase_if(places, [&](const CodePlace& place) { return !place.is_new && !newest.contains(place.commit); });
    const CodePlace newest_place = places.empty() ? CodePlace() : places.front();
    if (files_of(places).size() > few_files)
      std::erase_if(places, [&](const CodePlace& place) {
        return place.is_new != newest_place.is_new || place.commit != newest_place.commit;
      });
    if (files_of(places).size() > few_files) return {};
  }
  // Of each file the first line says enough.
  std::set<std::string> seen;
  std::erase_if(places, [&](const CodePlace& place) { return !seen.insert(place.file).second; });
  if (places.size() > most_places) places.resize(most_places);
  return places;
}

} // namespace murphy::source
