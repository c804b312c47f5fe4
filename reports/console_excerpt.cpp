#include "reports/console_excerpt.h"

#include "base/text.h"
#include "reports/plain_text.h"

#include <algorithm>
#include <array>

namespace murphy::reports {

namespace {

// Found anywhere in the line, in lower case. A column of failures is no failure.
constexpr auto words_of_failure = std::to_array<std::string_view>(
    {"error",    "exception", "fatal",     "panic",          "traceback",  "critical",    "failed",
     "failure ", "fails",     "failing",   "failure:",       "fail:",      "undefined",   "no such",
     "unknown",  "not found", "denied",    "does not exist", "sqlstate",   "refused",     "invalid",
     "cannot",   "violat",    "could not", "unable to",      "unexpected", "did you mean"});

constexpr std::size_t last_beside_errors = 4; // of the last lines
constexpr std::size_t context = 2;            // lines on either side of an error

class Choice {
public:
  Choice(std::size_t count, std::size_t most) : taken_(count, false), left_(std::min(count, most)) {}
  void take(std::size_t i) {
    if (i >= taken_.size() || left_ == 0 || taken_[i]) return;
    taken_[i] = true;
    --left_;
  }
  bool has(std::size_t i) const { return taken_[i]; }

private:
  std::vector<bool> taken_;
  std::size_t left_;
};

} // namespace

bool looks_like_error(std::string_view line) {
  const std::string lower = ascii_lower(line);
  return std::ranges::any_of(words_of_failure,
                             [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

std::vector<ChosenLine> excerpt(const std::vector<record::ConsoleLine>& console, std::size_t most) {
  std::vector<std::string> lines;
  std::vector<record::Instant> moments;
  for (const record::ConsoleLine& line : console) {
    std::string text = plain_text(line.text);
    if (text.empty()) continue;
    lines.push_back(std::move(text));
    moments.push_back(line.at);
  }

  const std::size_t count = lines.size();
  std::vector<std::size_t> errors;
  for (std::size_t i = 0; i < count; ++i) {
    if (looks_like_error(lines[i])) errors.push_back(i);
  }
  // The last lines come first: an app that ended said why there. Then errors from both ends, for the first is often the
  // cause and the last its summary; then what stands next to them.
  Choice choice(count, most);
  const std::size_t last = errors.empty() ? most : last_beside_errors;
  for (std::size_t i = 0; i < std::min(count, last); ++i) choice.take(count - 1 - i);
  for (std::size_t i = 0; i < errors.size(); ++i) {
    choice.take(errors[i]);
    choice.take(errors[errors.size() - 1 - i]);
  }
  for (std::size_t distance = 1; distance <= context; ++distance) {
    for (const std::size_t i : errors) {
      choice.take(i + distance);
      if (i >= distance) choice.take(i - distance);
    }
  }

  std::vector<ChosenLine> chosen;
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!choice.has(i)) {
      ++left_out;
      continue;
    }
    const bool is_error = std::ranges::binary_search(errors, i);
    chosen.push_back({.left_out = left_out, .text = std::move(lines[i]), .is_error = is_error, .at = moments[i]});
    left_out = 0;
  }
  return chosen;
}

} // namespace murphy::reports
