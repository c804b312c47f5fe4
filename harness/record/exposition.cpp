#include "record/exposition.h"

#include "base/text.h"

#include <fmt/format.h>
#include <utility>

namespace murphy::record {
namespace {

constexpr std::string_view of_counter = "_total";

std::string_view type_of(Exposition::Kind kind) {
  switch (kind) {
  case Exposition::Kind::gauge: return "gauge";
  case Exposition::Kind::counter: return "counter";
  case Exposition::Kind::histogram: break;
  }
  return "histogram";
}

} // namespace

std::string label(std::string_view key, std::string_view value) {
  std::string all(key);
  all += "=\"";
  for (const char c : repair_utf8(value)) {
    if (c == '\\' || c == '"') all += '\\';
    all += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return all + '"';
}

void Exposition::begin(std::string_view name, Kind kind, std::string_view help) {
  name_ = name;
  // OpenMetrics calls a family of counters by the name without the suffix of its samples.
  std::string_view family = name;
  if (format_ == MetricsFormat::openmetrics && kind == Kind::counter) family.remove_suffix(of_counter.size());
  text_ += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", family, type_of(kind), help);
}

bool Exposition::has_room(std::size_t series) {
  if (series_ + series > most_) {
    dropped_ += series;
    return false;
  }
  series_ += series;
  return true;
}

void Exposition::write(std::string_view suffix, const std::string& labels, const std::string& value) {
  text_ += name_;
  text_ += suffix;
  if (!labels.empty()) text_ += "{" + labels + "}";
  text_ += " " + value + "\n";
}

void Exposition::add(const std::string& labels, const std::string& value) {
  if (has_room(1)) write({}, labels, value);
}

void Exposition::add(const std::string& labels, const std::string& value, const Exemplar& exemplar) {
  if (format_ == MetricsFormat::prometheus || exemplar.trace.empty()) return add(labels, value);
  add(labels,
      fmt::format("{} # {{{}}} {:.3f} {:.3f}", value, label("trace_id", exemplar.trace), exemplar.value, exemplar.at));
}

void Exposition::add(const std::string& labels, std::span<const double> bounds, std::span<const std::int64_t> numbers,
                     double sum) {
  if (!has_room(numbers.size() + 2)) return;
  std::int64_t together = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    together += numbers[i];
    const std::string bound = i < bounds.size() ? fmt::format("{:#}", bounds[i]) : "+Inf";
    write("_bucket", (labels.empty() ? "" : labels + ",") + label("le", bound), std::to_string(together));
  }
  write("_sum", labels, fmt::format("{:.3f}", sum));
  write("_count", labels, std::to_string(together));
}

std::string Exposition::finish() {
  if (format_ == MetricsFormat::openmetrics) text_ += "# EOF\n";
  return std::move(text_);
}

} // namespace murphy::record
