#include "target/process_figures.h"

#include "base/make_error.h"
#include "base/text.h"
#include "target/descriptor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace murphy::target {
namespace {

namespace fs = std::filesystem;

std::string text_in(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The words of /proc/PID/stat behind the name, which may hold anything. The first is field 3, see proc(5).
std::vector<std::string> fields_of(const std::string& stat) {
  std::istringstream rest(stat.substr(std::min(stat.rfind(')') + 1, stat.size())));
  return {std::istream_iterator<std::string>(rest), {}};
}

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The first word behind a name at the beginning of a line.
std::string word_behind(const std::string& text, std::string_view name) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(name)) continue;
    std::istringstream rest(line.substr(name.size()));
    std::string word;
    rest >> word;
    return word;
  }
  return {};
}

// None where this user may not look, or the folder has gone meanwhile.
std::optional<std::int64_t> entries_in(const fs::path& folder) {
  std::error_code failed;
  std::int64_t number = 0;
  for (fs::directory_iterator each(folder, failed); !failed && each != fs::directory_iterator(); each.increment(failed))
    ++number;
  return failed ? std::nullopt : std::optional(number);
}

} // namespace

std::optional<ProcessUsage> figures_of(std::int64_t process) {
  constexpr std::size_t first = 3; // of fields_of()
  constexpr std::size_t state = 3, user = 14, system = 15, threads = 20, started = 22, resident = 24;
  const fs::path folder = fs::path("/proc") / std::to_string(process);
  const std::vector<std::string> fields = fields_of(text_in(folder / "stat"));
  if (fields.size() <= resident - first || fields[state - first] == "Z" || fields[state - first] == "X")
    return std::nullopt;
  const auto field = [&](std::size_t number) { return number_in(fields[number - first]); };
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  const auto boot = static_cast<double>(number_in(word_behind(text_in("/proc/stat"), "btime")));
  ProcessUsage figures;
  figures.cpu_seconds = static_cast<double>(field(user) + field(system)) / ticks;
  figures.start_ticks = field(started);
  const std::chrono::duration<double> since_1970(boot + static_cast<double>(field(started)) / ticks);
  figures.started = std::chrono::system_clock::time_point(
      std::chrono::duration_cast<std::chrono::system_clock::duration>(since_1970));
  figures.resident_bytes = field(resident) * sysconf(_SC_PAGESIZE);
  figures.threads = field(threads);
  figures.open_files = entries_in(folder / "fd");
  figures.most_files = number_in(word_behind(text_in(folder / "limits"), "Max open files"));
  return figures;
}

std::int64_t memory_limit_of(std::int64_t process) {
  constexpr std::int64_t kilobyte = 1024;
  std::int64_t least = number_in(word_behind(text_in("/proc/meminfo"), "MemTotal:")) * kilobyte;
  // Of control groups version 2, whose one line begins so.
  const std::string group = word_behind(text_in(fs::path("/proc") / std::to_string(process) / "cgroup"), "0::/");
  for (fs::path folder = fs::path("/sys/fs/cgroup") / group; folder.string().starts_with("/sys/fs/cgroup");
       folder = folder.parent_path()) {
    const std::int64_t allowed = number_in(text_in(folder / "memory.max")); // "max" is no number
    if (allowed > 0 && (least == 0 || allowed < least)) least = allowed;
  }
  return least;
}

bool is_hidden(std::int64_t process) {
  if (kill(static_cast<pid_t>(process), 0) == 0 || errno != EPERM) return false;
  return text_in(fs::path("/proc") / std::to_string(process) / "stat").empty();
}

Result<std::optional<ProcessNote>> read_process_note(const std::string& file) {
  constexpr std::size_t longest = 64;
  const auto unreadable = [&] {
    return std::unexpected(usage_error(fmt::format("{} cannot be read: {}", file, std::strerror(errno))));
  };
  const Descriptor opened(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!opened && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  struct stat entry{};
  if (!opened || fstat(opened.number(), &entry) != 0) return unreadable();
  if (!S_ISREG(entry.st_mode)) return std::unexpected(usage_error(file + " is no regular file"));
  std::array<char, longest> bytes{};
  const ssize_t size = read(opened.number(), bytes.data(), bytes.size());
  if (size < 0) return unreadable();
  const std::string_view text(bytes.data(), static_cast<std::size_t>(size));
  const std::string_view word = trim(text.substr(0, text.find('\n')));
  if (word.empty() || word.size() > 9 || !std::ranges::all_of(word, is_digit) || number_in(word) == 0)
    return std::unexpected(usage_error(file + " does not begin with the id of a process"));
  return ProcessNote{.process = number_in(word),
                     .written = std::chrono::system_clock::from_time_t(entry.st_mtim.tv_sec)};
}

bool is_another(const ProcessUsage& process, const ProcessNote& note) {
  constexpr std::chrono::seconds leeway(10); // between clocks, and for a file that comes before its process
  return process.started > note.written + leeway;
}

} // namespace murphy::target
