#include "reports/background.h"

#include "reports/plain_text.h"
#include "reports/run_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::reports {
namespace {

constexpr std::size_t digits_of_commit = 9;

// "2026-11-22 17:56 UTC".
std::string minute_text(record::Instant at) {
  std::string text = record::to_iso_8601(at).substr(0, 16);
  text[10] = ' ';
  return text + " UTC";
}

std::string on_branch(const std::string& branch) { return branch.empty() ? "" : " on " + plain_line(branch); }

std::vector<std::string> first_of(const std::vector<std::string>& lines, std::size_t most) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < std::min(lines.size(), most); ++i) all.push_back(plain_line(lines[i]));
  if (lines.size() > most) all.push_back(fmt::format("and {} more", lines.size() - most));
  return all;
}

const GreenRun* green_run(const Background& background) {
  return background.earlier && background.earlier->last_green ? &*background.earlier->last_green : nullptr;
}

} // namespace

std::string age_text(const Background& background, const Cause& cause) {
  if (!background.earlier) return {};
  const auto known = background.earlier->causes.find(cause.id);
  if (known == background.earlier->causes.end()) return "new";
  return "known since " + minute_text(known->second.at) + on_branch(known->second.branch);
}

std::string ages_text(const Background& background, const std::vector<Cause>& causes) {
  if (!background.earlier || causes.empty()) return {};
  if (causes.size() == 1) return "This cause is " + age_text(background, causes.front());
  const auto known = [&](const Cause& each) { return background.earlier->causes.contains(each.id); };
  const auto number = causes.size() - static_cast<std::size_t>(std::ranges::count_if(causes, known));
  return number == 0 ? fmt::format("All {} causes are known from earlier runs", causes.size())
                     : fmt::format("Of {} causes, {} {} new", causes.size(), number, number == 1 ? "is" : "are");
}

std::string last_green_text(const Background& background) {
  if (!background.earlier) return {};
  const GreenRun* green = green_run(background);
  if (green == nullptr) return "The history has no green run";
  std::string text = "Last green run: " + minute_text(green->at);
  if (!green->commit.empty()) text += " at " + plain_line(green->commit).substr(0, digits_of_commit);
  if (green->is_dirty) text += " with changes";
  text += on_branch(green->branch);
  if (!green->commits.empty()) text += fmt::format(", {} before", counted(green->commits.size(), "commit"));
  return text;
}

std::vector<std::string> differences_of_app(const Background& background, std::size_t most) {
  const GreenRun* green = green_run(background);
  return green == nullptr ? std::vector<std::string>() : first_of(green->differences, most);
}

std::vector<std::string> commits_since(const Background& background, std::size_t most) {
  const GreenRun* green = green_run(background);
  return green == nullptr ? std::vector<std::string>() : first_of(green->commits, most);
}

} // namespace murphy::reports
