#include "reports/html_time_line.h"

#include "reports/evidence_text.h"
#include "reports/html_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

constexpr double picture_width = 600; // of the whole, in units of the picture
constexpr double row = 16;            // height of a step
constexpr double bar = 8;             // height of a bar in it
constexpr double thinnest = 1;        // what took no time at all is still seen
constexpr double console_rise = 3;    // of a console line above its bar
constexpr const char* console_look = "fill=\"#b3261e\" fill-opacity=\"0.7\"";
constexpr std::size_t most_rows = 40;

struct Phase {
  record::Duration record::Timing::* duration;
  const char* name;
  const char* colour;
};

constexpr Phase phases[] = {{&record::Timing::resolve, "resolve", "#8c6bb1"},
                            {&record::Timing::connect, "connect", "#d98f2b"},
                            {&record::Timing::tls, "TLS", "#c2569b"},
                            {&record::Timing::first_byte, "first byte", "#3f8f5f"},
                            {&record::Timing::body, "body", "#3b7dc4"}};

class Scale {
public:
  Scale(record::Instant begin, record::Instant end) : begin_(begin), whole_(micro(end - begin)) {}
  double at(record::Instant moment) const {
    return std::clamp(micro(moment - begin_) / whole_, 0.0, 1.0) * picture_width;
  }
  double of(record::Duration duration) const { return micro(duration) / whole_ * picture_width; }

private:
  static double micro(auto duration) {
    return static_cast<double>(std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
  }
  record::Instant begin_;
  double whole_;
};

std::string rectangle(double x, double y, double w, double h, const char* attributes) {
  return fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" {}/>", x, y,
                     std::max(w, thinnest), h, attributes);
}

} // namespace

std::string html_time_line(const std::vector<record::StepResult>& steps) {
  if (steps.empty()) return {};
  const record::Instant begin = steps.front().started;
  record::Instant end = begin;
  for (const record::StepResult& step : steps) end = std::max(end, step.started + step.duration);
  if (end <= begin) return {};
  const Scale scale(begin, end);
  const std::size_t shown = std::min(steps.size(), most_rows);
  std::string text = fmt::format(
      "<div class=\"times\"><svg role=\"img\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"100%\" height=\"{1:.0f}\" "
      "preserveAspectRatio=\"none\"><title>{2} in {3}</title>",
      picture_width, row * static_cast<double>(shown),
      steps.size() == 1 ? std::string("1 step") : fmt::format("{} steps", steps.size()),
      duration_text(std::chrono::duration_cast<record::Duration>(end - begin), page_style));
  for (std::size_t i = 0; i < shown; ++i) {
    const record::StepResult& step = steps[i];
    const double top = row * static_cast<double>(i) + (row - bar) / 2;
    text += rectangle(scale.at(step.started), top, scale.of(step.duration), bar,
                      "fill=\"currentColor\" fill-opacity=\"0.18\"");
    for (const record::ConsoleLine& line : step.evidence.console)
      text += rectangle(scale.at(line.at), top - console_rise, thinnest, bar + 2 * console_rise, console_look);
    for (const record::Exchange& exchange : step.evidence.exchanges) {
      double x = scale.at(exchange.started);
      for (const Phase& phase : phases) {
        const record::Duration took = exchange.timing.*phase.duration;
        if (took.count() <= 0) continue;
        text += rectangle(x, top, scale.of(took), bar, fmt::format("fill=\"{}\"", phase.colour).c_str());
        x += scale.of(took);
      }
    }
  }
  text += "</svg></div>\n<p class=\"key\">";
  if (std::ranges::any_of(steps, [](const record::StepResult& step) { return !step.evidence.console.empty(); }))
    text += fmt::format("<svg aria-hidden=\"true\" width=\"10\" height=\"10\"><rect x=\"4\" width=\"2\" height=\"10\" "
                        "{}/></svg> console line ",
                        console_look);
  for (const Phase& phase : phases)
    text += fmt::format("<svg aria-hidden=\"true\" width=\"10\" height=\"10\"><rect width=\"10\" height=\"10\" "
                        "fill=\"{}\"/></svg> {} ",
                        phase.colour, phase.name);
  return text + "</p>\n";
}

} // namespace murphy::reports
