#include "imported/har_log.h"

#include "imported/har_reader.h"
#include "recorded_entries.h"

#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAre;

HarLog no_files() {
  return HarLog([](const std::string&) { return std::nullopt; });
}

HarEntry of_type(HarEntry entry, ResourceType type) {
  entry.type = type;
  return entry;
}

TEST(HarLog, KnowsDocumentsByWhatEachProducerSays) {
  HarLog log = no_files();
  log.take(Made(1, "GET", "/a")); // _resourceType
  log.take(of_type(Made(2, "GET", "/b").header("Sec-Fetch-Dest", "document"), ResourceType::unknown));
  log.take(of_type(Made(3, "GET", "/c").header("Accept", "text/html,*/*"), ResourceType::unknown));
  log.take(of_type(Made(4, "GET", "/d").header("Accept", "*/*"), ResourceType::unknown));
  log.take(Made(5, "GET", "/frame").header("Sec-Fetch-Dest", "iframe"));
  log.take(of_type(Made(6, "GET", "/app.js"), ResourceType::other));
  log.take(of_type(Made(7, "POST", "/api"), ResourceType::other));
  log.take(Made(8, "GET", "/gone", -1));
  log.take(Made(9, "CONNECT", "https://app.example"));
  std::vector<std::string> urls;
  for (const HarEntry& entry : log.documents()) urls.push_back(entry.url);
  EXPECT_THAT(urls, ElementsAre(app + "/a", app + "/b", app + "/c"));
  EXPECT_THAT(log.left_out(), UnorderedElementsAre(Pair(NoDocument::of_pages, 2), Pair(NoDocument::frames, 1),
                                                   Pair(NoDocument::of_scripts, 1), Pair(NoDocument::cancelled, 1),
                                                   Pair(NoDocument::tunnels, 1)));
  EXPECT_THAT(log.calls(), SizeIs(1));
}

TEST(HarLog, SortsByTime) {
  HarLog log = no_files();
  log.take(Made(5, "GET", "/later"));
  log.take(Made(1, "GET", "/first"));
  log.sort();
  EXPECT_EQ(log.documents().front().url, app + "/first");
}

TEST(HarLog, ReadsBodiesThatLieBeside) {
  HarLog log(
      [](const std::string& name) { return name == "page.html" ? std::optional<std::string>("<p>Hi") : std::nullopt; });
  HarEntry beside = Made(1, "GET", "/a"), missing = Made(2, "GET", "/b");
  beside.body_file = "page.html";
  missing.body_file = "gone.html";
  HarEntry answer = of_type(Made(3, "POST", "/api"), ResourceType::other);
  answer.answer_type = "application/JSON";
  answer.body_file = "page.html";
  for (HarEntry* entry : {&beside, &missing, &answer}) log.read_body(*entry);
  EXPECT_EQ(beside.body, "<p>Hi") << "before it is taken, so that its secrets are learned";
  EXPECT_EQ(answer.body, "<p>Hi");
  log.take(beside);
  log.take(missing);
  EXPECT_EQ(log.documents()[0].body, "<p>Hi");
  EXPECT_THAT(log.missing_files(), ElementsAre("gone.html"));
  EXPECT_EQ(log.without_body(), 1U);
}

TEST(HarLog, CountsPagesWithoutBody) {
  HarLog log = no_files();
  log.take(Made(1, "GET", "/a"));
  log.take(Made(2, "GET", "/moved", 302));
  log.take(Made(3, "GET", "/same", 304));
  log.take(Made(4, "GET", "/b").body("<p>Hi"));
  EXPECT_EQ(log.without_body(), 1U) << "redirects have none, and pages from the cache have theirs elsewhere";
}

TEST(HarLog, KeepsBodiesUpToABound) {
  HarLog log = no_files();
  const std::string large(longest_body, 'a');
  for (std::size_t number = 0; number <= HarLog::most_bodies / longest_body; ++number)
    log.take(Made(static_cast<int>(number), "GET", "/a").body(large));
  EXPECT_TRUE(log.has_dropped_bodies());
  EXPECT_FALSE(log.documents().back().body);
  EXPECT_TRUE(log.documents().front().body);
}

TEST(HarLog, KeepsOfEntriesWhatStepsNeed) {
  HarLog log = no_files();
  HarEntry entry = Made(1, "GET", "/a").header("Cookie", "a=b").header("Referer", "/").location("/b");
  entry.request_cookies = entry.answer_cookies = {{"a", "b"}};
  log.take(std::move(entry));
  const HarEntry& kept = log.documents().front();
  EXPECT_THAT(kept.request_headers, ElementsAre(record::Header{"Referer", "/"}));
  EXPECT_THAT(kept.answer_headers, ElementsAre(record::Header{"Location", "/b"}));
  EXPECT_THAT(kept.request_cookies, IsEmpty());
  EXPECT_THAT(kept.answer_cookies, IsEmpty());
}

TEST(HarLog, KeepsWhatWasSentUpToABound) {
  HarLog log = no_files();
  const std::string large(longest_body, 'a');
  for (int number = 0; number < 4; ++number)
    log.take(of_type(Made(number, "POST", "/api").sent(large), ResourceType::other));
  EXPECT_TRUE(log.has_dropped_sent());
  EXPECT_EQ(log.calls().front().sent_text, large);
  EXPECT_EQ(log.calls().back().sent_text, "");
}

TEST(HarLog, KnowsWhetherThereAreCookies) {
  HarLog log = no_files();
  log.take(Made(1, "GET", "/a"));
  EXPECT_FALSE(log.has_cookies());
  log.take(Made(1, "GET", "/a").header("cookie", "a=b"));
  EXPECT_TRUE(log.has_cookies());
}

} // namespace
} // namespace murphy::imported
