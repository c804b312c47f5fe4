// The real binary as its user runs it.
#pragma once

#include "tests/places.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace murphy::end_to_end {

struct Finished {
  int code = -1; // exit code, or 128 + the signal that ended it
  std::string out;
  std::string err;
};

struct Invocation {
  std::vector<std::string> arguments;
  std::map<std::string, std::string> environment; // set on top of a small, fixed one
  std::filesystem::path directory = in_project();
  std::string binary = murphy_program();
};

// The arguments and the environment of an invocation, as execve(2) takes them.
class Launch {
public:
  explicit Launch(const Invocation& invocation);
  Launch(const Launch&) = delete;
  Launch& operator=(const Launch&) = delete;
  char** arguments() { return argv_.data(); }
  char** environment() { return envp_.data(); }

private:
  std::vector<std::string> arguments_, environment_;
  std::vector<char*> argv_, envp_;
};

// A process whose output is collected. Ended by its id when it dies, and after a minute at the latest.
class Running {
public:
  explicit Running(const Invocation& invocation);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  int id() const;
  void send(int signal) const;
  void close_output(); // as `| head` does
  // Reads until `text` was printed on standard output; false when the process ended before.
  bool wait_for(const std::string& text);
  // The same of a text behind those that this has waited for.
  bool wait_for_next(const std::string& text);
  // The first line of standard output, without its end; none when the process ended before.
  std::optional<std::string> first_line();
  Finished wait();

private:
  struct State;
  std::unique_ptr<State> state_;
};

Finished run(const Invocation& invocation);

// A folder that goes away with its owner.
class TemporaryFolder {
public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }
  // Writes a file, making its folders, and gives back its path.
  std::string write(const std::string& name, const std::string& text) const;

private:
  std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path& path);

// `murphy run` on the example app, optionally with a regression laid over it.
Invocation dashboard_run(std::vector<std::string> arguments, const std::string& regression = {});

} // namespace murphy::end_to_end
