#include "cli/migration_command.h"

#include "base/text.h"
#include "target/process.h"

#include <fmt/format.h>
#include <unistd.h>

namespace murphy::cli {
namespace {

using State = target::HealthCheck::State;

constexpr std::size_t most_said = 300; // bytes of what it says last
constexpr int not_executable = 126, not_found = 127;

target::HealthCheck made(State state, std::string words) {
  return {.name = "migrations", .state = state, .words = std::move(words)};
}

std::string read_all(const target::Descriptor& output) {
  std::string text;
  char part[4096];
  for (ssize_t got = read(output.number(), part, sizeof part); got > 0; got = read(output.number(), part, sizeof part))
    text.append(part, static_cast<std::size_t>(got));
  return text;
}

// Tools say last what they have found. Half a password would not be found any longer: it is masked before the cut.
std::string last_line(const std::string& text, const record::Redactor& redactor) {
  const std::string masked = redactor.redact(text);
  std::string last;
  for (const std::string_view line : split(masked, '\n'))
    if (!trim(line).empty()) last = one_line(line);
  return std::string(utf8_prefix(last, most_said));
}

} // namespace

target::HealthCheck check_migrations_by(const scenario::WatchMigrations& migrations, const std::string& directory,
                                        std::chrono::milliseconds longest, const record::Redactor& redactor) {
  auto process = target::Process::start({.command = migrations.command, .directory = directory, .environment = {}});
  if (!process) return made(State::blind, process.error().what);
  const target::Descriptor output = process->take_output();
  const auto exit = process->wait(std::chrono::steady_clock::now() + longest);
  if (!exit)
    return made(State::blind, fmt::format("the command of \"migrations\" runs for more than {} ms", longest.count()));
  const auto code = exit->code();
  if (code == migrations.ok) return made(State::ok, {});
  const std::string said = last_line(read_all(output), redactor);
  const std::string words =
      fmt::format("the command of \"migrations\" {}{}{}", exit->words(), said.empty() ? "" : ": ", said);
  return made(!code || *code == not_found || *code == not_executable ? State::blind : State::bad, words);
}

} // namespace murphy::cli
