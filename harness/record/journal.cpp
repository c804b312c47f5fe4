#include "record/journal.h"

#include "record/event_json.h"

#include <array>
#include <boost/json.hpp>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace murphy::record {

namespace {

// The lines of a run are some megabytes at most: bodies are cut before they come here.
constexpr std::size_t longest_line = 256'000'000;

std::unexpected<Error> cannot_write(const std::string& path, int cause) {
  const char* hint = cause == ENOENT   ? "create its folder, or name another file with --journal"
                     : cause == ENOSPC ? "free disk space, or name a file elsewhere with --journal"
                                       : "name a writable file with --journal";
  return std::unexpected(Error{.kind = ErrorKind::internal,
                               .what = "the journal cannot be written: " + std::string(std::strerror(cause)),
                               .hint = hint,
                               .place = {.file = path, .line = 0, .column = 0, .length = 1},
                               .source_line = {}});
}

std::unexpected<Error> cannot_read(const std::string& name, std::uint32_t line, std::string what, std::string hint) {
  return std::unexpected(Error{.kind = ErrorKind::usage,
                               .what = std::move(what),
                               .hint = std::move(hint),
                               .place = {.file = name, .line = line, .column = 0, .length = 1},
                               .source_line = {}});
}

} // namespace

Result<JournalWriter> JournalWriter::open(const std::string& path) {
  // Emptied only once it is known to be this run's alone.
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) return cannot_write(path, errno);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(descriptor);
    return std::unexpected(Error{.kind = ErrorKind::usage,
                                 .what = "another run of Murphy writes this journal",
                                 .hint = "wait until it ends, or name another file with --journal",
                                 .place = {.file = path, .line = 0, .column = 0, .length = 1},
                                 .source_line = {}});
  }
  [[maybe_unused]] const int emptied = ::ftruncate(descriptor, 0); // a device or pipe has nothing to empty
  return JournalWriter(path, descriptor);
}

JournalWriter::~JournalWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

JournalWriter::JournalWriter(JournalWriter&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)), written_(other.written_) {}

Result<void> JournalWriter::write(const Event& event) {
  const std::string line = journal_line(event);
  for (std::string_view rest = line; !rest.empty();) {
    const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      const int cause = count < 0 ? errno : EIO;
      // Half a line would spoil the ones behind it. What cannot be cut back (a pipe) is left to the reader's error.
      [[maybe_unused]] const int cut = ::ftruncate(descriptor_, written_);
      ::lseek(descriptor_, written_, SEEK_SET);
      return cannot_write(path_, cause);
    }
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  written_ += static_cast<off_t>(line.size());
  return {};
}

std::string journal_line(const Event& event) { return boost::json::serialize(to_json(event)) + "\n"; }

Result<std::vector<Event>> read_journal(const std::string& path) {
  const auto failed = [&](int cause) {
    return cannot_read(path, 0, "the journal cannot be read: " + std::string(std::strerror(cause)),
                       "name a file that `murphy run --journal FILE` wrote");
  };
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return failed(errno);
  std::vector<Event> events;
  const EventSink keep = [&](const Event& event) { events.push_back(event); };
  JournalReader reader(path);
  Result<void> read;
  std::array<char, 1 << 16> piece;
  ssize_t count = 0;
  while (read && ((count = ::read(descriptor, piece.data(), piece.size())) > 0 || (count < 0 && errno == EINTR))) {
    if (count > 0) read = reader.add({piece.data(), static_cast<std::size_t>(count)}, keep);
  }
  const int cause = errno;
  ::close(descriptor);
  if (count < 0) return failed(cause);
  if (read) read = reader.finish(keep);
  if (!read) return std::unexpected(read.error());
  return events;
}

Result<void> JournalReader::line(std::string_view text, LineEnd end, const EventSink& take) {
  ++number_;
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(boost::json::string_view(text.data(), text.size()), error);
  if (error && end == LineEnd::end_of_file && number_ > 1) return {}; // the run ended while it was written
  if (error && number_ == 1)
    return cannot_read(name_, 1, "this is not a Murphy journal: " + error.message(),
                       "`murphy run --journal FILE` writes a journal");
  if (error)
    return cannot_read(name_, number_, "this line is not JSON: " + error.message(),
                       "do not edit a journal by hand; rerun the scenarios");
  const Result<Event> event = from_json(json);
  if (!event) return cannot_read(name_, number_, event.error().what, event.error().hint);
  any_ = true;
  take(*event);
  return {};
}

Result<void> JournalReader::add(std::string_view piece, const EventSink& take) {
  for (std::size_t end = piece.find('\n'); end != std::string_view::npos; end = piece.find('\n')) {
    pending_ += piece.substr(0, end);
    piece.remove_prefix(end + 1);
    if (auto read = line(pending_, LineEnd::newline, take); !read) return read;
    pending_.clear();
  }
  pending_ += piece;
  if (number_ == 0 && !pending_.empty() && pending_.front() != '{')
    return cannot_read(name_, 1, "this is not a Murphy journal", "`murphy run --journal FILE` writes a journal");
  if (pending_.size() > longest_line)
    return cannot_read(name_, number_ + 1, "this line has no end", "`murphy run --journal FILE` writes a journal");
  return {};
}

Result<void> JournalReader::finish(const EventSink& take) {
  if (!pending_.empty())
    if (auto read = line(std::exchange(pending_, {}), LineEnd::end_of_file, take); !read) return read;
  if (!any_) return cannot_read(name_, 0, "the journal is empty", "its run did not start; rerun the scenarios");
  return {};
}

Result<std::vector<Event>> parse_journal(std::string_view text, const std::string& name) {
  std::vector<Event> events;
  const EventSink keep = [&](const Event& event) { events.push_back(event); };
  JournalReader reader(name);
  if (auto read = reader.add(text, keep); !read) return std::unexpected(read.error());
  if (auto read = reader.finish(keep); !read) return std::unexpected(read.error());
  return events;
}

} // namespace murphy::record
