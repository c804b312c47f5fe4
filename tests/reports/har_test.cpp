#include "example_run.h"
#include "reports/registry.h"

#include <algorithm>
#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace murphy::reports {
namespace {

namespace json = boost::json;

json::object log_of(const record::Run& run) {
  const std::string text = report_kind("har")->write(run);
  EXPECT_TRUE(text.ends_with("}\n"));
  return json::parse(text).at("log").as_object();
}

TEST(Har, HasAPageForEachStepAndItsRequests) {
  const json::object log = log_of(example::fold(example::rich()));
  EXPECT_EQ(log.at("version"), "1.2");
  EXPECT_EQ(log.at("creator").at("name"), "murphy");
  ASSERT_FALSE(log.at("entries").as_array().empty());
  for (const json::value& entry : log.at("entries").as_array()) {
    const auto& pages = log.at("pages").as_array();
    EXPECT_TRUE(
        std::ranges::any_of(pages, [&](const json::value& page) { return page.at("id") == entry.at("pageref"); }));
    for (const char* member : {"startedDateTime", "time", "request", "response", "cache", "timings"})
      EXPECT_TRUE(entry.as_object().contains(member)) << member;
  }
}

TEST(Har, DecodesWhatAFormSent) {
  record::Run run = example::fold(example::rich());
  record::Exchange exchange;
  exchange.method = "POST";
  exchange.url = "http://127.0.0.1/login?next=%2Fhome#top";
  exchange.request_headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  exchange.request_body = "email=ada%40example.com&password=‹ada.password›";
  exchange.status = 303;
  exchange.headers = {{"Location", "/home"}};
  run.features.front().cases.front().steps.resize(1);
  run.features.front().cases.front().steps.front().evidence.exchanges = {exchange};
  const json::object log = log_of(run);
  const json::object& entry = log.at("entries").as_array().front().as_object();
  EXPECT_EQ(json::serialize(entry.at("request").at("queryString")), R"([{"name":"next","value":"/home"}])");
  EXPECT_EQ(json::serialize(entry.at("request").at("postData").at("params")),
            R"([{"name":"email","value":"ada@example.com"},{"name":"password","value":"‹ada.password›"}])");
  EXPECT_EQ(entry.at("response").at("redirectURL"), "/home");
}

} // namespace
} // namespace murphy::reports
