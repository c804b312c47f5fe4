#include "record/trace.h"

#include <gmock/gmock.h>

namespace murphy::record {
namespace {

using testing::ElementsAre;
using testing::MatchesRegex;
using testing::StartsWith;

TEST(Trace, OfARunBeginsAsAllOfIt) {
  const std::string run = new_trace({});
  EXPECT_THAT(run, MatchesRegex("[0-9a-f]{32}"));
  const std::string one = new_trace(run), other = new_trace(run);
  EXPECT_THAT(one, StartsWith(run.substr(0, 8)));
  EXPECT_EQ(one.size(), 32U);
  EXPECT_NE(one, other);
}

TEST(Trace, GoesOutInTwoHeadersAndIsFoundInThem) {
  const std::string trace = new_trace({});
  const auto headers = trace_headers(trace);
  ASSERT_EQ(headers.size(), 2U);
  EXPECT_THAT(headers[0].second, MatchesRegex("00-" + trace + "-[0-9a-f]{16}-01"));
  Exchange without, with;
  for (const auto& [name, value] : headers) with.request_headers.push_back({name, value});
  EXPECT_EQ(trace_of({without, with}), trace);
  EXPECT_EQ(trace_of({without}), "");
  with.request_headers[1].value = "one of the project's own";
  EXPECT_EQ(trace_of({with}), "");
}

TEST(Trace, TakesLinesOfOtherScenariosOut) {
  const std::string run = "0a1b2c3d", own = run + std::string(24, '0'), other = run + std::string(24, 'f');
  EXPECT_THAT(lines_of_trace({"listening", "[" + other + "] KeyError: 'emial'", "    at users.js:3", "Caused by: x",
                              "served", "[" + own + "] no such column", "    at orders.js:7"},
                             own),
              ElementsAre("listening", "served", "[" + own + "] no such column", "    at orders.js:7"));
  const std::string uuid = "0A1B2C3D-FFFF-FFFF-FFFF-FFFFFFFFFFFF";
  EXPECT_THAT(lines_of_trace({"id=" + uuid + " failed", "id=ffffffffffffffffffffffffffffffff"}, own),
              ElementsAre("id=ffffffffffffffffffffffffffffffff"));
  EXPECT_THAT(lines_of_trace({"[" + other + "] a"}, ""), ElementsAre("[" + other + "] a")) << "no trace was sent";
}

TEST(Trace, IsALinkWhereItsAddressIsKnown) {
  EXPECT_EQ(trace_link("https://traces.example.com/${trace}?view=all", "00ff"),
            "https://traces.example.com/00ff?view=all");
  EXPECT_EQ(trace_link("", "00ff"), "00ff");
}

} // namespace
} // namespace murphy::record
