#include "watch/process_memory.h"

#include <chrono>
#include <fmt/format.h>

namespace murphy::watch {
namespace {

using State = ServerFinding::State;

constexpr std::chrono::minutes loop_time(10);
constexpr std::size_t loop_starts = 3;
constexpr std::int64_t most_percent = 90;

bool is_nearly_all(std::int64_t used, std::int64_t most) { return most > 0 && used * 100 >= most * most_percent; }

std::string megabytes(std::int64_t bytes) { return fmt::format("{} MB", bytes >> 20); }

ServerFinding of_memory(const ProcessLook& look) {
  if (!is_nearly_all(look.resident_bytes, look.most_bytes)) return {};
  return {.state = State::bad,
          .words = fmt::format("the process {} uses {} of the {} that it may have", look.id,
                               megabytes(look.resident_bytes), megabytes(look.most_bytes))};
}

ServerFinding of_descriptors(const ProcessLook& look) {
  if (!look.open_files)
    return {.state = State::blind, .words = fmt::format("this user may not see the open files of process {}", look.id)};
  if (!is_nearly_all(*look.open_files, look.most_files)) return {};
  return {.state = State::bad,
          .words = fmt::format("the process {} has {} of {} open files", look.id, *look.open_files, look.most_files)};
}

ServerFinding of_starts(const ProcessMemory& memory) {
  if (memory.starts.size() < loop_starts) return {};
  return {.state = State::bad, .words = fmt::format("it was started {} times in 10 minutes", memory.starts.size())};
}

} // namespace

std::map<std::string, ServerFinding> take_in(ProcessMemory& memory, const ProcessLook& look, Instant now) {
  memory.last.reset();
  std::erase_if(memory.starts, [&](Instant each) { return now - each > loop_time; });
  // A server that ends as it should takes its file away: once it was seen, that is no riddle.
  const bool was_seen = memory.id != 0;
  const std::string blind = look.missing.empty() || was_seen ? look.blind : look.missing + " is not there";
  const std::string gone = look.missing.empty() || !was_seen ? look.gone : look.missing + " is not there any longer";
  if (!blind.empty() || !gone.empty()) {
    const ServerFinding unseen{.state = State::blind, .words = blind.empty() ? "there is no process" : blind};
    return {{process_check, blind.empty() ? ServerFinding{.state = State::bad, .words = gone} : unseen},
            {memory_check, unseen},
            {descriptors_check, unseen}};
  }
  const bool is_another = memory.id != look.id || memory.start_ticks != look.start_ticks;
  if (is_another && was_seen) {
    ++memory.restarts;
    memory.starts.push_back(now);
  }
  memory.id = look.id;
  memory.start_ticks = look.start_ticks;
  memory.last = look;
  return {
      {process_check, of_starts(memory)}, {memory_check, of_memory(look)}, {descriptors_check, of_descriptors(look)}};
}

} // namespace murphy::watch
