// The text formats in which Prometheus reads metrics: its own (0.0.4,
// https://prometheus.io/docs/instrumenting/exposition_formats/) and OpenMetrics 1.0
// (https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md). Pure. No library of Debian 12
// writes exemplars, and none leaves out what there is too much of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace murphy::record {

enum class MetricsFormat { prometheus, openmetrics };

// What a counter points at: a request that raised it.
struct Exemplar {
  std::string trace; // of 32 hexadecimal digits; empty: there is none
  double value = 0;
  double at = 0; // seconds since 1970
};

class Exposition {
public:
  enum class Kind { gauge, counter, histogram };

  // What would be more series is left out and counted.
  Exposition(MetricsFormat format, std::size_t most_series) : format_(format), most_(most_series) {}

  // Begins a metric. The name of a counter ends in _total.
  void begin(std::string_view name, Kind kind, std::string_view help);
  // `labels` as label() makes them, with commas between, without braces.
  void add(const std::string& labels, const std::string& value);
  void add(const std::string& labels, const std::string& value, const Exemplar& exemplar);
  // A histogram: upper bounds, the numbers of values below each and not below the one before, and of those above the
  // last; and the sum of all values. All or nothing of it is left out.
  void add(const std::string& labels, std::span<const double> bounds, std::span<const std::int64_t> numbers,
           double sum);

  std::size_t dropped() const { return dropped_; }
  const std::string& text() const { return text_; } // without its end
  // The whole text. Nothing can be added any more.
  std::string finish();

private:
  bool has_room(std::size_t series);
  void write(std::string_view suffix, const std::string& labels, const std::string& value);

  MetricsFormat format_;
  std::size_t most_, series_ = 0, dropped_ = 0;
  std::string name_, text_;
};

// `key="value"`, with what the formats want escaped.
std::string label(std::string_view key, std::string_view value);

} // namespace murphy::record
