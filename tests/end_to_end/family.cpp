#include "family.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace murphy::end_to_end {
namespace {

constexpr int patience_ms = 60'000;

bool wait_for(int descriptor, int milliseconds) {
  pollfd waiting{descriptor, POLLIN, 0};
  return poll(&waiting, 1, milliseconds) > 0;
}

} // namespace

Family::Family() = default;

Family::~Family() {
  for (const int process : processes_) close(process);
  if (fifo_ >= 0) close(fifo_);
}

std::string Family::target(bool stubborn) {
  return fmt::format("url   = \"http://127.0.0.1:${{port}}\"\n"
                     "start = \"exec /usr/bin/python3 -u {}/family.py ${{port}}\"\n"
                     "ready = \"/ready\"\n"
                     "env   = {{ FAMILY = \"family\"{} }}\n",
                     servers, stubborn ? ", STUBBORN = \"yes\"" : "");
}

void Family::listen(const Project& project) {
  const std::string path = (project.folder() / "family").string();
  if (mkfifo(path.c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
  // With a writing end of its own the reader never sees an end before the family has come.
  fifo_ = open(path.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK);
  if (fifo_ < 0) throw std::runtime_error("cannot open the FIFO");
}

std::string Family::line() {
  for (;;) {
    if (const std::size_t end = read_.find('\n'); end != std::string::npos) {
      std::string line = read_.substr(0, end);
      read_.erase(0, end + 1);
      return line;
    }
    if (!wait_for(fifo_, patience_ms)) return {};
    char buffer[512];
    const ssize_t count = read(fifo_, buffer, sizeof buffer);
    if (count > 0) read_.append(buffer, static_cast<std::size_t>(count));
  }
}

bool Family::meet() {
  std::istringstream ids(line());
  for (int id = 0; ids >> id;) {
    const long process = syscall(SYS_pidfd_open, id, 0);
    if (process < 0) return false;
    processes_.push_back(static_cast<int>(process));
  }
  return processes_.size() == 4;
}

bool Family::wait_until_gone() {
  for (const int process : processes_)
    if (!wait_for(process, patience_ms)) return false;
  return !processes_.empty();
}

bool Family::is_gone() const {
  for (const int process : processes_)
    if (!wait_for(process, 0)) return false;
  return !processes_.empty();
}

} // namespace murphy::end_to_end
