#include "command.h"
#include "tests/places.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace murphy::end_to_end {
namespace {

constexpr std::chrono::seconds patience{60};

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
    read = ends[0];
    write = ends[1];
  }
};

void close_end(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

} // namespace

struct Running::State {
  pid_t id = -1;
  int out = -1;
  int err = -1;
  Finished finished;
  std::size_t waited_for = 0; // so much of its output
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::now() + patience;

  // Reads what there is on either pipe; false when both are closed.
  bool read_some() {
    std::array<pollfd, 2> waiting{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
    if (out < 0 && err < 0) return false;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0 || poll(waiting.data(), waiting.size(), static_cast<int>(left.count())) == 0) {
      kill(id, SIGKILL);
      finished.err += "\n(ended by the test: took more than a minute)\n";
      return false;
    }
    const auto take = [](pollfd& from, int& descriptor, std::string& into) {
      if (from.revents == 0 || descriptor < 0) return;
      std::array<char, 65536> buffer;
      const ssize_t count = read(descriptor, buffer.data(), buffer.size());
      if (count > 0)
        into.append(buffer.data(), static_cast<std::size_t>(count));
      else
        close_end(descriptor);
    };
    take(waiting[0], out, finished.out);
    take(waiting[1], err, finished.err);
    return true;
  }
};

Launch::Launch(const Invocation& invocation) {
  arguments_ = {invocation.binary};
  arguments_.insert(arguments_.end(), invocation.arguments.begin(), invocation.arguments.end());
  std::map<std::string, std::string> variables = {{"LANG", "C.UTF-8"}};
  for (const char* kept : {"PATH", "HOME", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"})
    if (const char* value = std::getenv(kept)) variables[kept] = value;
  for (const auto& [name, value] : invocation.environment) variables[name] = value;
  for (const auto& [name, value] : variables) environment_.push_back(name + "=" + value);
  const auto point = [](std::vector<std::string>& strings, std::vector<char*>& pointers) {
    for (std::string& each : strings) pointers.push_back(each.data());
    pointers.push_back(nullptr);
  };
  point(arguments_, argv_);
  point(environment_, envp_);
}

Running::Running(const Invocation& invocation) : state_(std::make_unique<State>()) {
  Pipe out, err;
  Launch launch(invocation);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.write, 1);
  posix_spawn_file_actions_adddup2(&actions, err.write, 2);
  posix_spawn_file_actions_addchdir_np(&actions, invocation.directory.c_str());
  const int failed =
      posix_spawn(&state_->id, invocation.binary.c_str(), &actions, nullptr, launch.arguments(), launch.environment());
  posix_spawn_file_actions_destroy(&actions);
  close_end(out.write);
  close_end(err.write);
  state_->out = out.read;
  state_->err = err.read;
  if (failed != 0) throw std::runtime_error("cannot start " + invocation.binary);
}

Running::~Running() {
  if (state_->id > 0) {
    kill(state_->id, SIGKILL);
    waitpid(state_->id, nullptr, 0);
  }
  close_end(state_->out);
  close_end(state_->err);
}

int Running::id() const { return state_->id; }
void Running::send(int signal) const { kill(state_->id, signal); }
void Running::close_output() { close_end(state_->out); }

bool Running::wait_for(const std::string& text) {
  while (state_->finished.out.find(text) == std::string::npos)
    if (!state_->read_some()) return false;
  return true;
}

bool Running::wait_for_next(const std::string& text) {
  std::size_t& from = state_->waited_for;
  std::size_t at = state_->finished.out.find(text, from);
  while (at == std::string::npos) {
    if (!state_->read_some()) return false;
    at = state_->finished.out.find(text, from);
  }
  from = at + text.size();
  return true;
}

std::optional<std::string> Running::first_line() {
  if (!wait_for("\n")) return std::nullopt;
  return state_->finished.out.substr(0, state_->finished.out.find('\n'));
}

Finished Running::wait() {
  while (state_->read_some()) {
  }
  int status = 0;
  waitpid(state_->id, &status, 0);
  state_->id = -1;
  state_->finished.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return state_->finished;
}

Finished run(const Invocation& invocation) { return Running(invocation).wait(); }

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "murphy-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, const std::string& text) const {
  const std::filesystem::path file = path_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Invocation dashboard_run(std::vector<std::string> arguments, const std::string& regression) {
  Invocation invocation;
  invocation.arguments = {"run", "--project", "fixtures/dashboard/murphy.toml"};
  invocation.arguments.insert(invocation.arguments.end(), arguments.begin(), arguments.end());
  invocation.environment["DASHBOARD_BIN"] = dashboard_program();
  if (!regression.empty())
    invocation.environment["DASHBOARD_OVERLAY"] = in_project("fixtures/regressions/") + regression + "/app";
  return invocation;
}

} // namespace murphy::end_to_end
