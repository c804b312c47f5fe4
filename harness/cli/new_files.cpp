#include "cli/new_files.h"

#include "base/make_error.h"
#include "base/text.h"
#include "target/descriptor.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <random>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;

constexpr mode_t file_mode = 0666; // what the umask leaves of it

std::string message_of(int number) { return std::generic_category().message(number); }

Error cannot_write(const fs::path& path, int number) {
  return internal_error(fmt::format("cannot write {}: {}", path.string(), message_of(number)),
                        "free space on the disk, or name another folder with --directory");
}

Error already_there(const std::vector<std::string>& files) {
  const bool is_one = files.size() == 1;
  return usage_error(fmt::format("{} {} already there", join(files, " and "), is_one ? "is" : "are"),
                     fmt::format("to replace {}, add --force: Murphy keeps the old text beside it, with a ~ at the end "
                                 "of the name; or write elsewhere with --directory",
                                 is_one ? "it" : "them"));
}

fs::path folder_of(const fs::path& path) {
  const fs::path folder = path.parent_path();
  return folder.empty() ? "." : folder;
}

// The nearest folder above that is there.
fs::path nearest_folder(fs::path folder) {
  std::error_code ignored;
  while (!folder.empty() && !fs::exists(folder, ignored)) folder = folder.parent_path();
  return folder.empty() ? "." : folder;
}

// False: errno says why.
bool write_whole(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(descriptor) == 0;
}

// One that was not there when Murphy looked, before it sent anything.
Error came_meanwhile(const fs::path& path) {
  Error error = already_there({path.string()});
  error.kind = ErrorKind::internal;
  return error;
}

// A hidden name beside a file, that nothing else has.
std::string name_beside(const fs::path& path) {
  std::random_device random;
  return (folder_of(path) / fmt::format(".{}.{:08x}{:08x}", path.filename().string(), random(), random())).string();
}

bool has_no_links(int number) { return number == EPERM || number == EOPNOTSUPP || number == ENOSYS; }

// A file without a name gets its text first and its name then. Not every file system has such files.
enum class Nameless { written, not_here };

Result<Nameless> write_nameless(const NewFile& file, const fs::path& name) {
  const target::Descriptor nameless(::open(folder_of(file.path).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, file_mode));
  if (!nameless) return Nameless::not_here;
  if (!write_whole(nameless.number(), file.text)) return std::unexpected(cannot_write(file.path, errno));
  const std::string self = fmt::format("/proc/self/fd/{}", nameless.number());
  if (linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) return Nameless::written;
  if (errno == EEXIST) return std::unexpected(came_meanwhile(file.path));
  return Nameless::not_here; // no /proc
}

// False: errno says why. Never in place of a file that is there.
bool rename_to_new(const std::string& from, const fs::path& name) {
  if (link(from.c_str(), name.c_str()) == 0) return true;
  return has_no_links(errno) && renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE) == 0;
}

Result<void> write_beside(const NewFile& file, const fs::path& name) {
  std::string beside = (folder_of(file.path) / fmt::format(".{}.XXXXXX", file.path.filename().string())).string();
  const target::Descriptor temporary(mkostemp(beside.data(), O_CLOEXEC));
  if (!temporary) return std::unexpected(cannot_write(file.path, errno));
  const mode_t mask = umask(0);
  umask(mask);
  const bool is_written = write_whole(temporary.number(), file.text) &&
                          fchmod(temporary.number(), file_mode & ~mask) == 0 && rename_to_new(beside, name);
  const int number = errno;
  unlink(beside.c_str());
  if (is_written) return {};
  if (number == EEXIST) return std::unexpected(came_meanwhile(file.path));
  return std::unexpected(cannot_write(file.path, number));
}

// Errors: internal, also where there is a file of that name.
Result<void> write_as(const fs::path& name, const NewFile& file) {
  const auto nameless = write_nameless(file, name);
  if (!nameless) return std::unexpected(nameless.error());
  return *nameless == Nameless::written ? Result<void>() : write_beside(file, name);
}

std::string backup_of(const fs::path& path) { return path.string() + "~"; }

// The backup is the file itself by a second name, or the file moved where none can have two.
Result<void> keep(const fs::path& path) {
  const std::string backup = backup_of(path), second = name_beside(path);
  const bool has_second = link(path.c_str(), second.c_str()) == 0;
  if (!has_second && !has_no_links(errno)) return std::unexpected(cannot_write(backup, errno));
  const bool is_kept = ::rename(has_second ? second.c_str() : path.c_str(), backup.c_str()) == 0;
  const int number = errno;
  if (has_second) unlink(second.c_str()); // it stays where both are one file already
  return is_kept ? Result<void>() : std::unexpected(cannot_write(backup, number));
}

// At every moment there is the old text or the new one, where a file can have two names.
Result<void> replace(const NewFile& file) {
  const std::string fresh = name_beside(file.path);
  if (auto written = write_as(fresh, file); !written) return written;
  auto kept = keep(file.path);
  if (kept && ::rename(fresh.c_str(), file.path.c_str()) == 0) return {};
  const int number = errno;
  unlink(fresh.c_str());
  if (!kept) return kept;
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(file.path, ignored))) ::rename(backup_of(file.path).c_str(), file.path.c_str());
  return std::unexpected(cannot_write(file.path, number));
}

enum class Written { fresh, replaced };

Result<Written> write_file(const NewFile& file, Existing existing) {
  std::error_code failed;
  fs::create_directories(folder_of(file.path), failed);
  if (failed) return std::unexpected(cannot_write(file.path, failed.value()));
  const bool is_there = fs::exists(fs::symlink_status(file.path, failed));
  const Written how = existing == Existing::keep_as_backup && is_there ? Written::replaced : Written::fresh;
  const auto written = how == Written::replaced ? replace(file) : write_as(file.path, file);
  return written ? Result<Written>(how) : std::unexpected(written.error());
}

void take_back(const fs::path& path, Written how) {
  if (how == Written::replaced)
    ::rename(backup_of(path).c_str(), path.c_str());
  else
    unlink(path.c_str());
}

} // namespace

Result<void> check_new_files(const std::vector<fs::path>& paths, Existing existing) {
  std::vector<std::string> there;
  for (const fs::path& path : paths) {
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(path, ignored))) there.push_back(path.string());
  }
  if (!there.empty() && existing == Existing::refuse) return std::unexpected(already_there(there));
  for (const fs::path& path : paths) {
    const fs::path folder = nearest_folder(folder_of(path));
    const char* remedy = "name a folder that you can write to with --directory";
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored))
      return std::unexpected(usage_error(fmt::format("{} is no folder", folder.string()), remedy));
    if (access(folder.c_str(), W_OK | X_OK) != 0)
      return std::unexpected(
          usage_error(fmt::format("cannot write to the folder {}: {}", folder.string(), message_of(errno)), remedy));
  }
  return {};
}

Result<void> write_new_files(const std::vector<NewFile>& files, Existing existing) {
  std::vector<Written> done;
  for (const NewFile& file : files) {
    const auto written = write_file(file, existing);
    if (written) {
      done.push_back(*written);
      continue;
    }
    while (!done.empty()) {
      take_back(files[done.size() - 1].path, done.back());
      done.pop_back();
    }
    return std::unexpected(written.error());
  }
  return {};
}

} // namespace murphy::cli
