#include "watch/console_memory.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <vector>

namespace murphy::watch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes news_last(10);
constexpr minutes learning(60);
constexpr minutes usual_of(60);           // whose median is the usual
constexpr minutes longest_gap(10);        // between two looks; what was missed in it is not 0
constexpr std::size_t least_minutes = 10; // that the median needs
constexpr std::int64_t least_lines = 5, times_usual = 5;
constexpr std::size_t most_known = 200, most_news = 20;
constexpr std::chrono::days known_last(30);
constexpr std::int64_t slots_of_minute = 6;

std::int64_t slot_of(Instant at) {
  return std::chrono::floor<seconds>(at.time_since_epoch()).count() * slots_of_minute / 60;
}

std::int64_t lines_in(const ConsoleMemory& memory, std::int64_t first, std::int64_t end) {
  std::int64_t sum = 0;
  for (auto slot = memory.counts.lower_bound(first); slot != memory.counts.end() && slot->first < end; ++slot)
    sum += slot->second;
  return sum;
}

void forget(ConsoleMemory& memory, Instant now) {
  std::erase_if(memory.counts, [&](const auto& each) { return each.first < slot_of(now - usual_of - minutes(1)); });
  for (auto each = memory.news.begin(); each != memory.news.end();) {
    if (now - each->second.seen <= news_last) {
      ++each;
      continue;
    }
    memory.known[each->first] = each->second.seen;
    each = memory.news.erase(each);
  }
  std::erase_if(memory.known, [&](const auto& each) { return now - each.second > known_last; });
  while (memory.known.size() > most_known)
    memory.known.erase(std::ranges::min_element(memory.known, {}, [](const auto& each) { return each.second; }));
}

ServerFinding of_news(const ConsoleMemory& memory) {
  const auto latest =
      std::ranges::max_element(memory.news, {}, [](const auto& each) { return each.second.seen; })->second;
  std::string words = "a new kind of error line: " + latest.text;
  if (memory.news.size() > 1) words += fmt::format("; and {} more", memory.news.size() - 1);
  return {.state = ServerFinding::State::bad, .words = std::move(words), .cause = latest.cause};
}

// How many error lines the minutes of the last hour had; the last minute is not among them.
std::vector<std::int64_t> minutes_of_hour(const ConsoleMemory& memory, Instant now) {
  std::vector<std::int64_t> all;
  const std::int64_t last = slot_of(now) + 1, first = slot_of(memory.began);
  for (std::int64_t end = last - slots_of_minute;
       end - slots_of_minute >= first && all.size() < static_cast<std::size_t>(usual_of.count());
       end -= slots_of_minute)
    all.push_back(lines_in(memory, end - slots_of_minute, end));
  return all;
}

ServerFinding of_rate(const ConsoleMemory& memory, Instant now) {
  std::vector<std::int64_t> usual = minutes_of_hour(memory, now);
  if (usual.size() < least_minutes) return {};
  const auto middle = usual.begin() + static_cast<std::ptrdiff_t>(usual.size() / 2);
  std::ranges::nth_element(usual, middle);
  const std::int64_t last = slot_of(now) + 1, lines = lines_in(memory, last - slots_of_minute, last);
  if (lines < least_lines || lines < times_usual * *middle) return {};
  return {.state = ServerFinding::State::bad,
          .words = fmt::format("{} error lines in the last minute; the usual is {}", lines, *middle)};
}

} // namespace

ServerFinding take_in(ConsoleMemory& memory, const ConsoleLook& look, Instant now) {
  if (memory.began == Instant{} || now - memory.looked > longest_gap || now < memory.looked) {
    memory.began = now;
    memory.counts.clear();
  }
  memory.looked = now;
  if (memory.learned_from == Instant{}) memory.learned_from = now;
  const bool is_learning = !look.has_baseline && now - memory.learned_from < learning;
  for (const ErrorLine& line : look.lines) {
    ++memory.counts[slot_of(line.at)];
    const auto known = memory.known.find(line.form);
    const auto news = memory.news.find(line.form);
    if (known != memory.known.end())
      known->second = line.at;
    else if (news != memory.news.end())
      news->second.seen = line.at;
    else if (is_learning)
      memory.known[line.form] = line.at;
    else if (memory.news.size() < most_news)
      memory.news[line.form] = {.text = line.text, .seen = line.at, .cause = line.cause};
  }
  forget(memory, now);
  if (!memory.news.empty()) return of_news(memory);
  if (ServerFinding rate = of_rate(memory, now); rate.state == ServerFinding::State::bad) return rate;
  if (!look.blind.empty()) return {.state = ServerFinding::State::blind, .words = look.blind};
  if (is_learning)
    return {.state = ServerFinding::State::blind,
            .words = "there is no baseline, so the error lines of its first hour count as usual: murphy snapshot makes "
                     "one"};
  return {};
}

void forget_news(ConsoleMemory& memory) { memory.news.clear(); }

} // namespace murphy::watch
