// How long all signatures take over a megabyte of console. The aim is under 50 ms in a release build.
#include "diagnose/diagnose.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace {

// A megabyte of an ordinary log; with errors, every hundredth line is one.
std::string log_of(bool with_errors) {
  std::string log;
  const auto& rows = murphy::diagnose::Signatures::built_in().rows();
  for (std::size_t i = 0; log.size() < 1'000'000; ++i) {
    log += fmt::format("2026-11-22 09:00:{:02}.{:03} INFO -- : [{:08x}] Started GET \"/users/{}\" for 127.0.0.1\n",
                       i % 60, i % 1000, i * 2654435761U % 4294967296U, i);
    if (with_errors && i % 100 == 0) log += rows[i / 100 % rows.size()].example + "\n";
  }
  return log;
}

double milliseconds(const std::string& log) {
  const auto& signatures = murphy::diagnose::Signatures::built_in();
  std::vector<double> times;
  for (int i = 0; i < 21; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const auto matches = signatures.search(log);
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    if (i == 0) fmt::print("{} lines taken\n", matches.size());
  }
  std::ranges::sort(times);
  return times[times.size() / 2];
}

} // namespace

int main() {
  const auto start = std::chrono::steady_clock::now();
  const auto rows = murphy::diagnose::Signatures::built_in().rows().size();
  fmt::print("{} signatures compiled in {:.1f} ms\n", rows,
             std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  fmt::print("1 MB without errors: {:.1f} ms\n", milliseconds(log_of(false)));
  fmt::print("1 MB with errors:    {:.1f} ms\n", milliseconds(log_of(true)));
}
