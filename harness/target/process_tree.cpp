#include "target/process_tree.h"

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/syscall.h>
#include <unistd.h>

namespace murphy::target {
namespace {

struct Entry {
  pid_t pid;
  pid_t parent;
  pid_t group;
  bool below; // a descendant of ours
};

// More processes than this on one machine are not looked at. Untouched pages of the table cost no memory.
constexpr std::size_t most = 1U << 16;
std::array<Entry, most> table; // NOLINT: the heap is out of reach after a fork

// The number at the start of the text, which is cut behind it and the space that follows; -1 when there is none.
pid_t take_number(std::string_view& text) {
  pid_t number = -1;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    number = (number < 0 ? 0 : number * 10) + (text[at] - '0');
  }
  text.remove_prefix(at < text.size() ? at + 1 : at);
  return number;
}

// Reads "pid (name) state parent group …", proc(5). The name may hold anything, so its last parenthesis counts.
bool read_stat(int proc, const char* pid_name, Entry& entry) {
  std::array<char, 64> path{};
  const std::size_t length = std::strlen(pid_name);
  if (length + sizeof("/stat") > path.size()) return false;
  std::memcpy(path.data(), pid_name, length);
  std::memcpy(path.data() + length, "/stat", sizeof("/stat"));
  const int file = openat(proc, path.data(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  std::array<char, 512> buffer{};
  const ssize_t size = read(file, buffer.data(), buffer.size());
  close(file);
  if (size <= 0) return false;
  std::string_view text(buffer.data(), static_cast<std::size_t>(size));
  entry.pid = take_number(text);
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string_view::npos || text.size() < name_end + 5) return false;
  text.remove_prefix(name_end + 4); // ") S "
  entry.parent = take_number(text);
  entry.group = take_number(text);
  entry.below = false;
  return entry.pid > 0;
}

// The layout of getdents64(2); readdir(3) may allocate.
struct DirectoryEntry {
  std::uint64_t inode;
  std::int64_t offset;
  std::uint16_t length;
  std::uint8_t type;
  // The name follows.
};
constexpr std::size_t name_offset = offsetof(DirectoryEntry, type) + 1;

// Fills the table and says how many processes there are; -1 without /proc.
long read_table() {
  const int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (proc < 0) return -1;
  std::size_t count = 0;
  alignas(DirectoryEntry) std::array<char, 8192> buffer;
  for (;;) {
    const long size = syscall(SYS_getdents64, proc, buffer.data(), buffer.size());
    if (size <= 0) break;
    for (long at = 0; at < size && count < most;) {
      const char* raw = buffer.data() + at;
      DirectoryEntry entry{};
      std::memcpy(&entry, raw, name_offset);
      const char* name = raw + name_offset;
      if (name[0] >= '1' && name[0] <= '9' && read_stat(proc, name, table[count])) ++count;
      at += entry.length;
    }
  }
  close(proc);
  return static_cast<long>(count);
}

// Marks our children, their children, and so on until nobody new is found.
void mark_descendants(std::size_t count) {
  const pid_t self = getpid();
  for (bool found = true; found;) {
    found = false;
    for (std::size_t child = 0; child < count; ++child) {
      if (table[child].below) continue;
      bool below = table[child].parent == self;
      for (std::size_t parent = 0; parent < count && !below; ++parent) {
        below = table[parent].below && table[parent].pid == table[child].parent;
      }
      table[child].below = below;
      found = found || below;
    }
  }
}

} // namespace

void signal_descendants(int signal, pid_t group) {
  const long count = read_table();
  if (count < 0) {
    kill(-group, signal);
    return;
  }
  mark_descendants(static_cast<std::size_t>(count));
  bool group_lives = false;
  for (std::size_t at = 0; at < static_cast<std::size_t>(count); ++at) {
    if (!table[at].below) continue;
    if (table[at].group == group) {
      group_lives = true;
    } else {
      kill(table[at].pid, signal);
    }
  }
  if (group_lives) kill(-group, signal);
}

} // namespace murphy::target
