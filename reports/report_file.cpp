#include "reports/report_file.h"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <system_error>
#include <unistd.h>

namespace murphy::reports {

namespace {

constexpr const char* writable_hint = "name a path in a writable folder";

std::unexpected<Error> error_of(std::string what, std::string hint) {
  return std::unexpected(Error{
      .kind = ErrorKind::internal, .what = std::move(what), .hint = std::move(hint), .place = {}, .source_line = {}});
}

std::unexpected<Error> failed(const std::filesystem::path& path, std::string_view reason, std::string hint = {}) {
  return error_of(fmt::format("the report {} cannot be written: {}", path.string(), reason), std::move(hint));
}

std::string reason_of(int number) { return std::generic_category().message(number); }

class Descriptor {
public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

private:
  int number_;
};

// 0, or what errno said.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

Result<void> write_directly(const std::filesystem::path& path, std::string_view text, int flags = 0) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, 0666));
  if (file.number() < 0) return failed(path, reason_of(errno));
  if (const int error = write_all(file.number(), text)) return failed(path, reason_of(error));
  return {};
}

// A new file beside `path`; -1 with errno set when none can be made.
int open_temporary(const std::filesystem::path& path, std::string& name) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    name = fmt::format("{}.{}-{}.tmp", path.string(), ::getpid(), attempt);
    const int number = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (number >= 0 || errno != EEXIST) return number;
  }
  return -1;
}

Result<void> replace(const std::filesystem::path& path, std::string_view text) {
  std::string temporary;
  const Descriptor file(open_temporary(path, temporary));
  if (file.number() < 0) return failed(path, reason_of(errno), writable_hint);
  int error = write_all(file.number(), text);
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return {};
  ::unlink(temporary.c_str());
  return failed(path, reason_of(error));
}

} // namespace

Result<void> write_report(const std::filesystem::path& path, std::string_view text) {
  if (path.empty()) return error_of("the report has no path", "name a file");
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status)) return failed(path, "it is a folder", "name a file in it");
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) return write_directly(path, text);

  if (const std::filesystem::path folder = path.parent_path(); !folder.empty()) {
    std::filesystem::create_directories(folder, error);
    if (error)
      return failed(path, fmt::format("cannot create its folder {}: {}", folder.string(), error.message()),
                    writable_hint);
  }
  // A link keeps pointing where it does: what it points to is replaced.
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, error);
  return replace(error ? path : target, text);
}

Result<void> append_report(const std::filesystem::path& path, std::string_view text) {
  return write_directly(path, text, O_APPEND | O_CREAT);
}

} // namespace murphy::reports
