#include "reports/evidence_text.h"

#include "record/trace.h"
#include "reports/step_text.h"

#include <gmock/gmock.h>

namespace murphy::reports {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

int count(std::string_view text, std::string_view part) {
  int found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

record::Exchange exchange(record::Reason reason, const std::string& path, int status) {
  record::Exchange made;
  made.reason = reason;
  made.method = "GET";
  made.url = "http://app.test" + path;
  made.status = status;
  return made;
}

TEST(RequestChains, ShowEveryHopOfAnOrdinaryOne) {
  EXPECT_THAT(
      request_chains({exchange(record::Reason::opened, "/", 302), exchange(record::Reason::redirected, "/login", 200),
                      exchange(record::Reason::opened, "/about", 200)},
                     {.unicode = true}),
      ElementsAre("GET / → 302 /login → 200", "GET /about → 200"));
}

TEST(RequestChains, LeaveOutTheMiddleOfACircle) {
  std::vector<record::Exchange> circle{exchange(record::Reason::opened, "/a", 302)};
  for (int hop = 1; hop <= 20; ++hop)
    circle.push_back(exchange(record::Reason::redirected, hop % 2 == 1 ? "/b" : "/a", 302));
  EXPECT_THAT(request_chains(circle, {.unicode = true}),
              ElementsAre("GET /a → 302 /b → 302 /a → 302 /b → 302 /a → 302 … 15 more … /a → 302"));
}

record::Evidence of_submit() {
  record::Evidence evidence;
  evidence.exchanges = {exchange(record::Reason::submitted, "/login", 200)};
  evidence.form.emplace().name = "Sign in";
  evidence.page.emplace().text = "Something failed";
  evidence.console = {{.at = {}, .text = "no such column: emial"}};
  return evidence;
}

std::string written(const record::StepResult& failed) {
  TextBlock block({.unicode = true});
  write_step(block, failed);
  return block.text();
}

TEST(Evidence, OfEarlierStepsIsShownWithTheirTitles) {
  record::StepResult failed;
  failed.title = "expect";
  failed.earlier = {{.index = 1, .title = "submit Sign in", .evidence = of_submit()}};
  EXPECT_THAT(written(failed),
              testing::AllOf(HasSubstr("earlier   submit Sign in"), HasSubstr("GET /login → 200"), HasSubstr("Sign in"),
                             HasSubstr("no such column: emial"), HasSubstr("page")));
  failed.evidence.page = of_submit().page;
  EXPECT_EQ(count(written(failed), "page      "), 1) << "both ended on the same page";
  failed.earlier.clear();
  EXPECT_THAT(written(failed), testing::Not(HasSubstr("earlier")));
}

TEST(Evidence, EndsWithTheTraceOfItsRequests) {
  const std::string trace = record::new_trace({});
  record::StepResult failed;
  failed.evidence = of_submit();
  EXPECT_THAT(written(failed), testing::Not(HasSubstr("trace")));
  record::EarlierStep earlier{.index = 1, .title = "submit Sign in", .evidence = failed.evidence};
  for (const auto& [name, value] : record::trace_headers(trace))
    earlier.evidence.exchanges.front().request_headers.push_back({name, value});
  failed.earlier = {earlier};
  EXPECT_THAT(written(failed), HasSubstr("trace     " + trace)) << "of the step that the failure is about";
  failed.evidence.exchanges = earlier.evidence.exchanges;
  TextBlock block({.unicode = true});
  write_step(block, failed, {.url = "http://127.0.0.1:8080", .trace_url = "https://traces.example.com/${trace}"});
  EXPECT_THAT(block.text(), testing::EndsWith("trace     https://traces.example.com/" + trace + "\n"));
}

} // namespace
} // namespace murphy::reports
