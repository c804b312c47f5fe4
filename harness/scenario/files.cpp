#include "scenario/files.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <system_error>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace murphy::scenario {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 1024 * 1024;

Error file_error(const std::string& file, std::string what, std::string hint = {}) {
  return {.kind = ErrorKind::usage,
          .what = std::move(what),
          .hint = std::move(hint),
          .place = {file, 0, 0, 1},
          .source_line = {}};
}

// Whether scenarios of other tools come in such files.
bool is_of_other_tools(const fs::path& path) {
  const std::string kind = path.extension().string();
  return kind == ".yaml" || kind == ".yml" || kind == ".feature";
}

constexpr const char* scenarios_are_toml = "scenarios are TOML files; see docs/language.md";

// How much of a file is read, and what to say of a larger one.
struct SizeLimit {
  std::uintmax_t bytes = 0;
  const char* what = "";
  const char* hint = "";
};

constexpr SizeLimit of_uploads{32 * 1024 * 1024, "the file is larger than 32 MiB", "Murphy uploads at most 32 MiB"};

Error unreadable(const std::string& file_name) {
  return file_error(file_name, std::string("cannot be read: ") + std::strerror(errno));
}

// Why the file cannot be read; nothing when it can.
std::optional<Error> cannot_open(const std::string& file_name) {
  std::error_code failed;
  const fs::file_status status = fs::status(file_name, failed);
  if (!fs::exists(status)) {
    return failed && failed != std::errc::no_such_file_or_directory
               ? file_error(file_name, "cannot be read: " + failed.message())
               : file_error(file_name, "there is no such file");
  }
  if (fs::is_directory(status)) return file_error(file_name, "this is a folder, not a file", "name a file in it");
  if (!fs::is_regular_file(status)) return file_error(file_name, "this is not a regular file");
  if (::access(file_name.c_str(), R_OK) != 0) return unreadable(file_name);
  return std::nullopt;
}

Result<ClearText> read_file(const std::string& file_name, const SizeLimit& limit) {
  if (auto trouble = cannot_open(file_name)) return std::unexpected(std::move(*trouble));
  // Not through a stream, whose buffer nobody wipes.
  const int file = ::open(file_name.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::unexpected(unreadable(file_name));
  ClearText text;
  ClearText piece(std::string(16 * 1024, '\0'));
  ssize_t count = 0;
  do {
    count = ::read(file, piece.data(), piece.size());
    if (count > 0) text.append(piece.view().substr(0, static_cast<std::size_t>(count)));
  } while (text.size() <= limit.bytes && (count > 0 || (count < 0 && errno == EINTR)));
  const int trouble = errno;
  ::close(file);
  errno = trouble;
  if (count < 0) return std::unexpected(unreadable(file_name));
  if (text.size() > limit.bytes) return std::unexpected(file_error(file_name, limit.what, limit.hint));
  return text;
}

// Walks a folder, each folder once however many links lead to it.
class Walk {
public:
  explicit Walk(FoundFeatures& found) : found_(found) {}

  void folder(const fs::path& path) {
    std::error_code failed;
    const fs::path real = fs::canonical(path, failed);
    if (failed) return unreadable(path, failed);
    if (!seen_.insert(real).second) return;
    fs::directory_iterator entries(path, failed);
    if (failed) return unreadable(path, failed);
    for (; entries != fs::directory_iterator(); entries.increment(failed)) {
      entry(entries->path());
      if (failed) return unreadable(path, failed);
    }
  }

  void file(const fs::path& path) {
    std::error_code failed;
    const fs::path real = fs::canonical(path, failed);
    if (failed) return unreadable(path, failed);
    if (seen_.insert(real).second) found_.files.push_back(path.lexically_normal().string());
  }

private:
  void entry(const fs::path& path) {
    const std::string name = path.filename().string();
    if (name.starts_with(".")) return;
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    if (fs::is_directory(status)) {
      folder(path);
    } else if (path.extension() == ".toml" && name != project_file_name) {
      if (fs::exists(status)) {
        file(path);
      } else {
        unreadable(path, failed ? failed : std::make_error_code(std::errc::no_such_file_or_directory));
      }
    } else if (is_of_other_tools(path)) {
      found_.warnings.push_back(
          file_error(path.lexically_normal().string(), "warning: this file is not read", scenarios_are_toml));
    }
  }

  void unreadable(const fs::path& path, const std::error_code& why) {
    found_.errors.push_back(file_error(path.lexically_normal().string(), "cannot be read: " + why.message()));
  }

  FoundFeatures& found_;
  std::set<fs::path> seen_;
};

} // namespace

std::optional<std::string> find_project(const std::string& start) {
  std::error_code failed;
  const fs::path absolute = fs::canonical(start, failed);
  if (failed) return std::nullopt;
  fs::path folder = start;
  for (fs::path level = absolute;; level = level.parent_path(), folder /= "..") {
    if (fs::is_regular_file(level / project_file_name, failed)) {
      return (folder / project_file_name).lexically_normal().string();
    }
    if (level == level.parent_path()) return std::nullopt;
  }
}

FoundFeatures find_features(const std::vector<std::string>& paths, const std::string& project_directory) {
  FoundFeatures found;
  Walk walk(found);
  std::vector<std::string> wanted = paths;
  if (wanted.empty()) wanted.push_back((fs::path(project_directory) / "scenarios").lexically_normal().string());
  for (const std::string& path : wanted) {
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    if (!fs::exists(status)) {
      const std::string hint = paths.empty()
                                   ? "put feature files into the folder scenarios next to murphy.toml, or name them"
                                   : "name a feature file or a folder of feature files";
      found.errors.push_back(failed && failed != std::errc::no_such_file_or_directory
                                 ? file_error(path, "cannot be read: " + failed.message())
                                 : file_error(path, "there is no such file or folder", hint));
    } else if (!fs::is_directory(status)) {
      if (fs::path(path).filename() == project_file_name) {
        found.errors.push_back(file_error(path, "this is a project file, not a feature file",
                                          "pass it with --project, and name feature files as arguments"));
      } else if (is_of_other_tools(path)) {
        found.errors.push_back(file_error(path, "Murphy does not read such files", scenarios_are_toml));
      } else {
        walk.file(path);
      }
    } else {
      walk.folder(path);
    }
  }
  std::ranges::sort(found.files);
  return found;
}

Result<ClearText> load(const std::string& file_name) {
  return read_file(file_name, {largest_file, "the file is larger than 1 MiB", "split it: one file for each feature"});
}

Result<std::string> load_upload(const std::string& file_name) {
  const auto contents = read_file(file_name, of_uploads);
  if (!contents) return std::unexpected(contents.error());
  return std::string(contents->view());
}

std::optional<Problem> check_upload(const std::string& file_name) {
  if (auto trouble = cannot_open(file_name)) return Problem{.what = trouble->what, .hint = trouble->hint};
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(file_name, failed);
  if (!failed && size > of_uploads.bytes) return Problem{.what = of_uploads.what, .hint = of_uploads.hint};
  return std::nullopt;
}

} // namespace murphy::scenario
