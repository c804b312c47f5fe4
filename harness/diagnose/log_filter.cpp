#include "diagnose/log_filter.h"

#include "base/text.h"
#include "diagnose/literal_search.h"
#include "diagnose/sentence.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace murphy::diagnose {

namespace {

constexpr std::size_t untouched_size = 4'000'000; // bytes that are kept as they are
constexpr std::size_t block = 1'000'000;          // sifted at once
constexpr std::size_t largest_size = 6'000'000;   // kept at most
constexpr std::size_t around = 45;                // lines before and behind a line that matters
constexpr std::size_t longest_kept = 20'000;      // bytes of a line

bool speaks_of_error(std::string_view line) {
  static const LiteralSearch words({"error", "exception", "fatal", "panic", "critical", "[crit", "[emerg"});
  return words.any(line);
}

} // namespace

bool LogFilter::matters(std::string_view line) {
  if (signatures_.may_take(line)) return true;
  if (sentences_left_ == 0 || !speaks_of_error(line)) return false;
  --sentences_left_;
  return read_sentence(line, {}).has_value();
}

void LogFilter::add(std::string_view piece) {
  pending_ += piece;
  filtering_ = filtering_ || pending_.size() > untouched_size;
  if (filtering_ && pending_.size() > block) filter_lines(Input::follows);
}

std::string LogFilter::finish() {
  if (filtering_)
    filter_lines(Input::ended);
  else
    kept_ += pending_;
  pending_.clear();
  return std::move(kept_);
}

void LogFilter::filter_lines(Input input) {
  // Only whole lines, unless one line is all there is.
  std::size_t end = input == Input::ended ? pending_.size() : pending_.rfind('\n');
  if (end == std::string::npos) end = pending_.size();
  const std::string_view text = std::string_view(pending_).substr(0, end);
  const auto lines = split(text, '\n');
  std::vector<char> wanted(lines.size(), 0);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!matters(lines[i].substr(0, longest_kept))) continue;
    const std::size_t first = i > around ? i - around : 0;
    std::fill(wanted.begin() + static_cast<std::ptrdiff_t>(first),
              wanted.begin() + static_cast<std::ptrdiff_t>(std::min(lines.size(), i + around + 1)), 1);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (wanted[i] == 0 || kept_.size() > largest_size) {
      cut_ = true;
      continue;
    }
    kept_ += lines[i].substr(0, longest_kept);
    kept_ += '\n';
  }
  pending_.erase(0, std::min(end + 1, pending_.size()));
}

} // namespace murphy::diagnose
