// The text formats of Prometheus.
#include "record/exposition.h"

#include <array>
#include <gmock/gmock.h>

namespace murphy::record {
namespace {

TEST(Expositions, HaveHelpAndTypeAndSamples) {
  Exposition out(MetricsFormat::prometheus, 10);
  out.begin("runs_total", Exposition::Kind::counter, "Runs.");
  out.add(label("name", "a \"b\" \\ c\nd\xff"), "3",
          {.trace = "00000000000000000000000000000001", .value = 1, .at = 2});
  EXPECT_EQ(out.finish(), "# HELP runs_total Runs.\n# TYPE runs_total counter\n"
                          "runs_total{name=\"a \\\"b\\\" \\\\ c\\nd\uFFFD\"} 3\n");
}

TEST(Expositions, InOpenMetricsHaveExemplarsAndAnEnd) {
  Exposition out(MetricsFormat::openmetrics, 10);
  out.begin("runs_total", Exposition::Kind::counter, "Runs.");
  out.add("", "3", {.trace = "00000000000000000000000000000001", .value = 1.5, .at = 2});
  out.add("", "4", Exemplar{});
  EXPECT_EQ(out.finish(), "# HELP runs Runs.\n# TYPE runs counter\n"
                          "runs_total 3 # {trace_id=\"00000000000000000000000000000001\"} 1.500 2.000\n"
                          "runs_total 4\n# EOF\n");
}

TEST(Expositions, LeaveOutWhatIsTooMuch) {
  Exposition out(MetricsFormat::prometheus, 5);
  out.begin("took", Exposition::Kind::histogram, "Time.");
  const std::array bounds{1.0, 2.5};
  const std::array<std::int64_t, 3> numbers{1, 0, 2};
  out.add("", bounds, numbers, 7.5);
  out.add("again=\"1\"", bounds, numbers, 7.5);
  EXPECT_EQ(out.dropped(), 5U);
  EXPECT_EQ(out.finish(), "# HELP took Time.\n# TYPE took histogram\n"
                          "took_bucket{le=\"1.0\"} 1\ntook_bucket{le=\"2.5\"} 1\ntook_bucket{le=\"+Inf\"} 3\n"
                          "took_sum 7.500\ntook_count 3\n");
}

} // namespace
} // namespace murphy::record
