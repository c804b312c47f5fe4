// A Chromium with a profile of its own, spoken to over its debugging pipe. Nothing of it stays behind.
#pragma once

#include "base/error.h"
#include "chromium/messages.h"
#include "target/console.h"
#include "target/descriptor.h"
#include "target/process.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace murphy::chromium {

// Looks up an environment variable; null when it is not set.
using Variable = std::function<const char*(const char* name)>;

// The program to start: what CHROMIUM says, else the first of those that Debian and others call so in PATH. None: there
// is none.
std::optional<std::string> find_chromium(const Variable& variable);

// Whether there is a screen to show a window on.
bool has_display(const Variable& variable);

// Moveable; the process and its profile end with it. Not for several threads at once.
class Browser {
public:
  // Errors: target, when it cannot be started.
  static Result<Browser> start(const std::string& program);

  // Whether all of it could be written; it has ended otherwise.
  bool send(std::string_view text);
  // Gives away the messages that have come, without waiting.
  void receive(const std::function<void(std::string_view message)>& take);
  // Can be polled: readable when a message has come.
  int descriptor() const { return from_.number(); }
  // How it ended; nothing while it runs.
  std::optional<target::Exit> exit() { return process_->exit(); }
  // What it wrote last to its console, for people.
  std::string last_words() const;

private:
  // A folder that only this user can read, until it dies.
  class Folder {
  public:
    explicit Folder(std::filesystem::path path) : path_(std::move(path)) {}
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
  };

  Browser() = default;

  std::unique_ptr<Folder> profile_; // outlives the process
  target::Descriptor to_, from_;
  std::unique_ptr<target::Console> console_;
  std::optional<target::Process> process_;
  MessageSplitter messages_;
};

} // namespace murphy::chromium
