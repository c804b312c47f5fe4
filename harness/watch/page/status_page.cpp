#include "watch/page/status_page.h"

#include "base/escaped_html.h"
#include "base/text.h"
#include "record/time.h"
#include "watch/time_text.h"

#include <chrono>
#include <fmt/format.h>
#include <string_view>

namespace murphy::watch {
namespace {

using std::chrono::milliseconds;

constexpr int bar = 3, step = 4, height = 28, low = 8; // pixels
constexpr std::size_t most_days = 10;                  // that are told in words

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --page: #fff; --text: #1a1a1a; --line: #ddd; --up: #2e7d32; --degraded: #b26a00; --down: #c62828; --maintenance: #1565c0; --unknown: #757575; }
@media (prefers-color-scheme: dark) { :root { --page: #161616; --text: #e8e8e8; --line: #3a3a3a; --up: #66bb6a; --degraded: #ffb74d; --down: #ef5350; --maintenance: #64b5f6; --unknown: #9e9e9e; } }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .6rem .8rem .6rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
td:last-child, th:last-child { text-align: right; white-space: nowrap; }
svg { display: block; max-width: 100%; }
b { white-space: nowrap; }
b::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .4em; border-radius: 50%; background: currentColor; }
.up { color: var(--up); fill: var(--up); } .degraded { color: var(--degraded); fill: var(--degraded); } .down { color: var(--down); fill: var(--down); }
.maintenance { color: var(--maintenance); fill: var(--maintenance); } .unknown { color: var(--unknown); fill: var(--unknown); }
)";

std::string day_text(Day day) { return record::to_iso_8601(day).substr(0, 10); }

std::string second_text(Instant at) {
  std::string text = record::to_iso_8601(at).substr(0, 19);
  text[10] = ' ';
  return text + " UTC";
}

std::string length_text(milliseconds time) { return time_text(std::chrono::floor<std::chrono::seconds>(time)); }

// "2026-11-29: down for 12 min, degraded for 3 min"
std::string day_words(const DayView& day) {
  std::vector<std::string> parts;
  if (day.time.down >= std::chrono::seconds(1)) parts.push_back("down for " + length_text(day.time.down));
  if (day.time.degraded >= std::chrono::seconds(1)) parts.push_back("degraded for " + length_text(day.time.degraded));
  if (day.time.maintenance >= std::chrono::seconds(1))
    parts.push_back("maintenance for " + length_text(day.time.maintenance));
  if (parts.empty()) parts.emplace_back(name_of(day.state));
  return day_text(day.day) + ": " + join(parts, ", ");
}

// What the bars show, for those who do not see them.
std::string days_words(const FeatureView& feature) {
  std::vector<std::string> trouble;
  std::size_t unknown = 0;
  for (const DayView& day : feature.days) {
    if (day.state == PublicState::down || day.state == PublicState::degraded) trouble.push_back(day_words(day));
    if (day.state == PublicState::unknown) ++unknown;
  }
  std::string text = fmt::format("{} days until {}. ", feature.days.size(), day_text(feature.days.back().day));
  const std::size_t more = trouble.size() > most_days ? trouble.size() - most_days : 0;
  trouble.erase(trouble.begin(), trouble.begin() + static_cast<std::ptrdiff_t>(more));
  text += trouble.empty() ? "No trouble is known." : join(trouble, "; ") + ".";
  if (more > 0) text += fmt::format(" Trouble on {} before.", more == 1 ? "another day" : fmt::format("{} days", more));
  if (unknown > 0) text += unknown == 1 ? " One day is unknown." : fmt::format(" {} days are unknown.", unknown);
  return text;
}

std::string bars(const FeatureView& feature) {
  std::string svg = fmt::format("<svg role=\"img\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
                                "preserveAspectRatio=\"none\" aria-label=\"{2}\">",
                                feature.days.size() * step, height, escaped_html(one_line(days_words(feature))));
  int x = 0;
  for (const DayView& day : feature.days) {
    const int tall = day.state == PublicState::unknown ? low : height;
    svg += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>",
                       name_of(day.state), x, height - tall, bar, tall, escaped_html(one_line(day_words(day))));
    x += step;
  }
  return svg + "</svg>";
}

std::string row(const FeatureView& feature) {
  return fmt::format("<tr><th scope=\"row\">{}</th><td><b class=\"{}\">{}</b></td><td>{}</td><td>{}</td></tr>\n",
                     escaped_html(one_line(feature.name)), name_of(feature.state), name_of(feature.state),
                     bars(feature), feature.percent ? fmt::format("{:.2f} %", *feature.percent) : "unknown");
}

std::string age_text(const StatusView& view) {
  if (view.as_of == Instant{}) return "Nothing has been checked yet.";
  const auto age = std::chrono::floor<std::chrono::seconds>(std::max(view.now - view.as_of, Instant::duration::zero()));
  return fmt::format("As of {}, {} before this page was made.", second_text(view.as_of), time_text(age));
}

} // namespace

std::string status_page(const StatusView& view) {
  std::string page = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<meta http-equiv=\"refresh\" content=\"60\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Sign-in status: {}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n<main>\n<h1>Sign-in status: <b class=\"{}\">{}</b></h1>\n<p>{}</p>\n",
      page_policy, name_of(view.state), style, name_of(view.state), name_of(view.state), age_text(view));
  page += "<table>\n<thead><tr><th scope=\"col\">Feature</th><th scope=\"col\">Now</th><th scope=\"col\">Days</th>"
          "<th scope=\"col\">Up</th></tr></thead>\n<tbody>\n";
  for (const FeatureView& feature : view.features) page += row(feature);
  page +=
      fmt::format("</tbody>\n</table>\n<p>The last {} days, in UTC. A grey day is unknown. “Up” is the share of the "
                  "time that is known, without maintenance.</p>\n</main>\n</body>\n</html>\n",
                  kept_days.count());
  return page;
}

} // namespace murphy::watch
