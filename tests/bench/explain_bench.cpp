// What a diagnosis costs: 100 MB of log as `murphy explain` reads it, and 1 MB of console as a run judges it. The aims
// in a release build: under 2 s and 64 MB, and under 20 ms. Time is what the processor spent, whoever else works.
#include "base/text.h"
#include "diagnose/diagnose.h"
#include "diagnose/log_filter.h"

#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <string>
#include <sys/resource.h>
#include <vector>

namespace {

using murphy::diagnose::Evidence;
using murphy::diagnose::LogFilter;
using murphy::diagnose::Signatures;

constexpr std::size_t megabyte = 1'000'000;

// One megabyte of what an app writes; of `every` lines one is an error that a signature or a sentence knows.
std::string log_of(std::size_t every) {
  std::string log;
  const auto& rows = Signatures::built_in().rows();
  for (std::size_t i = 0; log.size() < megabyte; ++i) {
    log += fmt::format("2026-11-22 09:00:{:02}.{:03} INFO -- : [{:08x}] Started GET \"/users/{}\" for 127.0.0.1\n",
                       i % 60, i % 1000, i * 2654435761U % 4294967296U, i);
    if (every > 0 && i % every == 0) log += rows[i / every % rows.size()].example + "\n";
    if (every > 0 && i % every == every / 2) log += fmt::format("ERROR vault: unknown option \"pasword_{}\"\n", i);
  }
  return log;
}

double processor_milliseconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024; // kilobytes on Linux
}

void explain_long_log(const char* title, const std::string& piece) {
  constexpr std::size_t read_at_once = 1 << 18;
  const double before = processor_milliseconds();
  LogFilter filter(Signatures::built_in());
  for (int i = 0; i < 100; ++i)
    for (std::size_t at = 0; at < piece.size(); at += read_at_once) filter.add(piece.substr(at, read_at_once));
  Evidence evidence;
  evidence.console = {filter.finish()};
  const std::size_t kept = evidence.console.front().size();
  const auto diagnosis = murphy::diagnose::diagnose(evidence);
  fmt::print("100 MB {:16} {:7.0f} ms  {:4.0f} MB at most  {:4.1f} MB kept  {} suspects\n", title,
             processor_milliseconds() - before, peak_megabytes(), static_cast<double>(kept) / megabyte,
             diagnosis.suspects.size());
}

void judge_console(const char* title, const std::string& console) {
  Evidence evidence;
  evidence.exchanges = {{"GET", "/login", 200, ""}, {"POST", "/login", 500, ""}};
  for (const std::string_view line : murphy::split(console, '\n')) evidence.console.emplace_back(line);
  std::vector<double> times;
  for (int i = 0; i < 11; ++i) {
    const double before = processor_milliseconds();
    murphy::diagnose::diagnose(evidence);
    times.push_back(processor_milliseconds() - before);
  }
  std::ranges::sort(times);
  fmt::print("  1 MB {:16} {:7.1f} ms\n", title, times[times.size() / 2]);
}

} // namespace

int main() {
  for (const auto& [title, every] :
       {std::pair("without errors", std::size_t{0}), std::pair("with errors", std::size_t{100})}) {
    const std::string piece = log_of(every);
    explain_long_log(title, piece);
    judge_console(title, piece);
  }
}
