#include "target/outside_console.h"

#include "target/followed_file.h"

#include <chrono>
#include <string_view>
#include <utility>

namespace murphy::target {
namespace {

// It only prints: there is nothing for it to finish.
constexpr std::chrono::milliseconds grace(1000);

} // namespace

Result<std::shared_ptr<OutsideConsole>> OutsideConsole::open(const ConsoleOrigin& origin) {
  if (!origin.file.empty()) {
    auto file = FollowedFile::open(origin.file);
    if (!file) return std::unexpected(file.error());
    return std::shared_ptr<OutsideConsole>(new OutsideConsole(std::move(*file)));
  }
  auto process =
      Process::start({.command = origin.command, .directory = origin.directory, .environment = {}, .grace = grace});
  if (!process) {
    constexpr std::string_view app = "the app";
    Error error = process.error();
    if (error.what.starts_with(app)) error.what.replace(0, app.size(), "its command");
    return std::unexpected(std::move(error));
  }
  return std::shared_ptr<OutsideConsole>(new OutsideConsole(std::move(*process)));
}

std::string OutsideConsole::trouble() {
  const std::scoped_lock lock(mutex_);
  if (!process_) return console_.trouble();
  const auto exit = process_->exit();
  if (!exit) return {};
  std::string words = (exit->code() ? "its command " : "its command was ") + exit->words();
  console_.drain(std::chrono::steady_clock::now());
  const auto last = console_.last(1);
  return last.empty() || exit->code() == 0 ? words : words + ": " + last.front().text;
}

} // namespace murphy::target
