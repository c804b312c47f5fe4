// The page for people. What a browser makes of it is tests/conformance/report.mjs.
#include "base/text.h"
#include "example_run.h"
#include "hostile_run.h"
#include "reports/curl.h"
#include "reports/registry.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <regex>

namespace murphy::reports {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string page_of(const record::Run& run) { return report_kind("html")->write(run); }

std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t number = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++number;
  return number;
}

// The scenarios of `features` files, of which so many failed by so many causes, each with evidence of a usual size.
record::Run large_run(int cases, int failed, int causes) {
  record::Run run;
  run.started.target = "staging";
  for (int i = 0; i < cases; ++i) {
    if (i % 20 == 0) {
      record::FeatureResult& feature = run.features.emplace_back();
      feature.name = fmt::format("Feature {}", i / 20);
      feature.file = fmt::format("scenarios/feature-{}.toml", i / 20);
    }
    record::CaseResult& result = run.features.back().cases.emplace_back();
    result.plan.edit().name = fmt::format("A registered user of kind {} reaches the dashboard", i);
    result.plan.edit().place = {.file = run.features.back().file, .line = static_cast<std::uint32_t>(i % 20 * 9 + 3)};
    result.plan.edit().id = result.plan->place.file.str() + "#" + result.plan->name.str();
    result.outcome = i < failed ? record::Outcome::failed : record::Outcome::passed;
    for (int number = 0; number < 4; ++number) {
      record::StepResult& step = result.steps.emplace_back();
      step.title = "submit “Sign in”";
      step.started = record::Instant(std::chrono::seconds(number));
      step.duration = std::chrono::milliseconds(20);
      record::Exchange exchange;
      exchange.method = "POST";
      exchange.url = "http://127.0.0.1:8080/login?next=/dashboard";
      exchange.status = 303;
      exchange.request_headers = {{"User-Agent", std::string(80, 'u')}, {"Accept", std::string(80, 'a')}};
      exchange.headers = {{"Content-Type", "text/html"}, {"Set-Cookie", "sid=‹sid:4c1e›; Path=/"}};
      exchange.timing.first_byte = std::chrono::milliseconds(8);
      step.evidence.exchanges = {exchange, exchange};
      if (number < 3 || i >= failed) continue;
      step.outcome = record::Outcome::failed;
      step.evidence.exchanges.back().body = std::string(30'000, 'b');
      step.evidence.page.emplace().text = std::string(16'000, 't');
      for (int line = 0; line < 200; ++line)
        step.evidence.console.push_back({.at = step.started, .text = std::string(150, 'c')});
      record::Suspect suspect;
      suspect.layer = record::Layer::model;
      suspect.cause = fmt::format("column {} does not exist", i % causes);
      suspect.fingerprint = fmt::format("{:016x}", i % causes);
      step.suspects = {suspect};
    }
  }
  return run;
}

TEST(HtmlReport, BeginsWithTheVerdictAndTheCauses) {
  const std::string page = page_of(example::fold(example::rich()));
  EXPECT_THAT(page, HasSubstr("<h1>! The run was interrupted; 2 of 6 scenarios failed until then</h1>"));
  EXPECT_LT(page.find("<h1>"), page.find("id=\"cause-1\""));
  EXPECT_THAT(page, HasSubstr("<h3>the model — column &quot;pasword_hash&quot; does not exist; users has "
                              "&quot;password_hash&quot;</h3>"));
  EXPECT_THAT(page_of(example::fold(example::green())), HasSubstr("<h1>✓ 2 scenarios passed</h1>"));
  EXPECT_THAT(page_of(example::fold(example::lost())), HasSubstr("<h1>! Not judged: the app is unavailable"));
  EXPECT_THAT(page_of(example::fold(example::never_ready())), HasSubstr("<h1>✗ The app does not come up"));
}

TEST(HtmlReport, LeadsFromACauseToItsProofAndBack) {
  const std::string page = page_of(example::fold(example::rich()));
  const std::regex link("href=\"#([^\"]+)\"");
  std::size_t links = 0;
  for (auto at = std::sregex_iterator(page.begin(), page.end(), link); at != std::sregex_iterator(); ++at, ++links)
    EXPECT_EQ(occurrences(page, "id=\"" + (*at)[1].str() + "\""), 1U) << (*at)[1];
  EXPECT_GT(links, 8U);
  // An id inside of <details>, not on it: browsers open what a fragment leads into.
  EXPECT_THAT(page, Not(HasSubstr("<details id")));
}

TEST(HtmlReport, ShowsTheEvidenceOfAFailure) {
  const std::string page = page_of(example::fold(example::rich()));
  for (const char* part :
       {"POST /login → 303 /dashboard → 302 /login?next=%2Fdashboard → 200 (12 ms)",
        "expect.dashboard = ", "<dt>expected</dt><dd>the dashboard: /dashboard answered with 200", "‹ada.password›",
        "no such column: password_hsah", "<svg role=\"img\"", "curl -sS -i -b jar -c jar", "Wrong email or password"})
    EXPECT_THAT(page, HasSubstr(part));
}

TEST(HtmlReport, HoldsNoMarkupOfOthers) {
  const std::string page = page_of(example::hostile_run());
  EXPECT_EQ(occurrences(page, "<script"), 1U);
  EXPECT_EQ(occurrences(page, "</script"), 1U);
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<img")), Not(HasSubstr("javascript:'")), Not(HasSubstr("href=\"javascript"))));
  EXPECT_EQ(occurrences(page, "<iframe"), occurrences(page, "<iframe sandbox title=\"The page as it looked\" "));
  EXPECT_GE(occurrences(page, "<iframe"), 1U);
  EXPECT_EQ(occurrences(page, "srcdoc=\""),
            occurrences(page, "srcdoc=\"&lt;meta http-equiv=Content-Security-Policy") +
                occurrences(page, "srcdoc=\"&lt;meta http-equiv=&quot;Content-Security-Policy"));
}

TEST(HtmlReport, StaysSmall) {
  EXPECT_LT(page_of(large_run(500, 20, 20)).size(), 2'000'000U);
  EXPECT_LT(page_of(large_run(10'000, 10'000, 7)).size(), 5'000'000U);
  EXPECT_LT(page_of(large_run(10'000, 10'000, 10'000)).size(), 5'000'000U);
}

TEST(HtmlReport, BearsLongLinesAndManyFields) {
  record::Run run = large_run(1, 1, 1);
  record::StepResult& step = run.features.front().cases.front().steps.back();
  step.evidence.console = {{.at = step.started, .text = std::string(1'000'000, 'x')}};
  step.evidence.page->text = std::string(5'000'000, 'y');
  step.evidence.exchanges.back().body = std::string(5'000'000, 'z');
  record::FilledForm& form = step.evidence.form.emplace();
  form.fields.resize(3'000);
  const std::string page = page_of(run);
  EXPECT_LT(page.size(), 400'000U);
  EXPECT_THAT(page, HasSubstr("2800 more fields omitted"));
}

TEST(Curl, SendsTheRequestAgainWithSecretsFromTheShell) {
  record::Exchange exchange;
  exchange.method = "POST";
  exchange.url = "http://127.0.0.1:8080/login";
  exchange.request_headers = {{"Host", "127.0.0.1"},
                              {"Cookie", "sid=‹sid:4c1e›"},
                              {"Content-Type", "application/x-www-form-urlencoded"},
                              {"X-Name", "O'Hara"}};
  exchange.request_body = "_csrf=‹_csrf:5e1c›&password=‹ada.password›";
  EXPECT_EQ(curl(exchange),
            "curl -sS -i -b jar -c jar -H 'Content-Type: application/x-www-form-urlencoded' -H 'X-Name: "
            "O'\\''Hara' --data-raw '_csrf='\"${_CSRF_5E1C}\"'&password='\"${ADA_PASSWORD}\"'' "
            "'http://127.0.0.1:8080/login'");
}

TEST(Curl, OfALongBodyNamesAFile) {
  record::Exchange exchange;
  exchange.method = "PUT";
  exchange.url = "http://127.0.0.1/$(reboot)`id`";
  exchange.request_body = std::string(10'000, 'x');
  EXPECT_EQ(curl(exchange),
            "curl -sS -i -b jar -c jar -X 'PUT' --data-binary @body.txt 'http://127.0.0.1/$(reboot)`id`'");
}

} // namespace
} // namespace murphy::reports
