#include "imported/har_reader.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

struct ReadHar {
  std::vector<HarEntry> entries;
  std::optional<Error> error;
  HarReader::Ending ending = HarReader::Ending::no_entries;
  std::string creator;
};

ReadHar read_in_pieces(std::string_view text, std::size_t size) {
  ReadHar read;
  HarReader reader([&](HarEntry entry) { read.entries.push_back(std::move(entry)); });
  for (std::size_t at = 0; at < text.size() && !read.error; at += size)
    if (const auto done = reader.read(text.substr(at, size)); !done) read.error = done.error();
  if (!read.error) read.ending = reader.finish();
  read.creator = reader.creator();
  return read;
}

HarEntry entry_of(const std::string& members, const std::string& creator = "Test") {
  const std::string text =
      fmt::format(R"({{"log": {{"creator": {{"name": "{}"}}, "entries": [{{{}}}]}}}})", creator, members);
  ReadHar read = read_in_pieces(text, text.size());
  EXPECT_FALSE(read.error) << read.error->what;
  EXPECT_THAT(read.entries, SizeIs(1));
  return read.entries.empty() ? HarEntry{} : std::move(read.entries.front());
}

const std::string two_entries = R"(
{"log": {"version": "1.2", "creator": {"name": "Firefox", "version": "144", "entries": [{"request": {}}]},
  "pages": [{"id": "page_1", "entries": [1, 2]}],
  "entries": [
    {"startedDateTime": "2026-11-29T10:00:01.5Z", "_initiator": {"deep": [[[{"a": [1, 2.5, true, null]}]]]},
     "request": {"method": "get", "url": "http://a.example/?q=\u00e9", "headers": [{"name": "Accept", "value": "*/*"}],
                 "cookies": [{"name": "sid", "value": "x"}]},
     "response": {"status": 200, "headers": [], "content": {"mimeType": "text/html", "text": "<p>\"Hi\"</p>"}}},
    {"request": {"method": "POST", "url": "http://a.example/login"}, "response": {"status": 303,
     "redirectURL": "/home"}}
  ]}})";

TEST(HarReader, ReadsEveryEntryWhateverThePieces) {
  for (const std::size_t size : {1UL, 7UL, 100UL, 10'000UL}) {
    const ReadHar read = read_in_pieces(two_entries, size);
    ASSERT_FALSE(read.error) << read.error->what;
    EXPECT_EQ(read.ending, HarReader::Ending::whole);
    EXPECT_EQ(read.creator, "Firefox");
    ASSERT_THAT(read.entries, SizeIs(2)) << size;
    const HarEntry& first = read.entries[0];
    EXPECT_EQ(first.number, 1U);
    EXPECT_EQ(first.method, "GET");
    EXPECT_EQ(first.url, "http://a.example/?q=é");
    EXPECT_THAT(first.request_headers, ElementsAre(record::Header{"Accept", "*/*"}));
    EXPECT_THAT(first.request_cookies, ElementsAre(record::Header{"sid", "x"}));
    EXPECT_EQ(first.body, "<p>\"Hi\"</p>");
    EXPECT_EQ(read.entries[1].status, 303);
    EXPECT_EQ(header_of(read.entries[1].answer_headers, "location"), "/home");
  }
}

TEST(HarReader, SaysWhereAFileStopsBeingJson) {
  const ReadHar read = read_in_pieces(R"({"log": {"entries": [}})", 5);
  ASSERT_TRUE(read.error);
  EXPECT_EQ(read.error->what, "it is no JSON at byte 22: syntax error");
  EXPECT_TRUE(read_in_pieces("{} {}", 100).error);
}

TEST(HarReader, KnowsAFileThatWasCutAnywhere) {
  const std::size_t begin = two_entries.find("\"entries\": [\n") + 12;
  for (std::size_t size = begin; size < two_entries.size(); ++size) {
    const ReadHar read = read_in_pieces(std::string_view(two_entries).substr(0, size), 64);
    ASSERT_FALSE(read.error) << size << read.error->what;
    EXPECT_EQ(read.ending, HarReader::Ending::cut_short) << size;
    EXPECT_LE(read.entries.size(), 2U);
  }
  for (const std::size_t size : {0UL, 1UL, 30UL})
    EXPECT_EQ(read_in_pieces(std::string_view(two_entries).substr(0, size), 64).ending, HarReader::Ending::no_entries);
}

TEST(HarReader, LeavesOutWhatIsTooLong) {
  const std::string long_body(longest_body + 1, 'a'), long_text(longest_text + 1, 'a');
  const HarEntry entry = entry_of(fmt::format(
      R"("request": {{"url": "{}", "method": "GET"}}, "response": {{"content": {{"text": "{}"}}, "status": 200}})",
      long_text, long_body));
  EXPECT_EQ(entry.url, "");
  EXPECT_EQ(entry.method, "GET");
  EXPECT_FALSE(entry.body);
  EXPECT_EQ(entry.status, 200);
}

TEST(HarReader, TakesAByteOrderMark) {
  EXPECT_THAT(read_in_pieces("\xEF\xBB\xBF" + two_entries, 4096).entries, SizeIs(2));
}

TEST(HarReader, DecodesBodies) {
  const auto body_of = [](const std::string& content) {
    return entry_of(fmt::format(R"("response": {{"content": {{{}}}}})", content)).body;
  };
  EXPECT_EQ(body_of(R"("mimeType": "text/html", "text": "PHA+SGk8L3A+", "encoding": "base64")"), "<p>Hi</p>");
  EXPECT_EQ(body_of(R"("mimeType": "text/html; charset=windows-1252", "text": "k/w=", "encoding": "base64")"), "“ü");
  EXPECT_EQ(body_of(R"("mimeType": "text/html", "text": "%%%", "encoding": "base64")"), std::nullopt);
  EXPECT_EQ(body_of(R"("mimeType": "text/html", "text": "")"), std::nullopt);
}

TEST(HarReader, DecodesFieldsOfTheProducerThatEncodesThem) {
  const std::string sent = R"("request": {"postData": {"mimeType": "application/x-www-form-urlencoded",
    "params": [{"name": "user%5Bemail%5D", "value": "a+b%40c"}, {"name": "photo", "value": "", "fileName": "me.png"}]}})";
  EXPECT_THAT(entry_of(sent, "WebInspector").sent_fields,
              ElementsAre(PostedField{"user[email]", "a b@c"}, PostedField{"photo", "me.png", true}));
  EXPECT_THAT(entry_of(sent, "Firefox").sent_fields,
              ElementsAre(PostedField{"user%5Bemail%5D", "a+b%40c"}, PostedField{"photo", "me.png", true}));
}

TEST(HarReader, ReadsTimesWithOffsets) {
  const auto time_of = [](const std::string& text) {
    return entry_of(fmt::format(R"("startedDateTime": "{}")", text)).started;
  };
  EXPECT_EQ(time_of("2026-11-29T11:00:01.5+01:00"), time_of("2026-11-29T10:00:01.500Z"));
  EXPECT_EQ(time_of("2026-11-29T04:30:01.5-0530"), time_of("2026-11-29T10:00:01.500Z"));
  EXPECT_EQ(time_of("yesterday").time_since_epoch().count(), 0);
}

TEST(HarReader, TakesMembersOfOtherTypesForMissing) {
  const HarEntry entry =
      entry_of(R"("request": [], "response": {"status": "200", "content": 7, "headers": {}}, "_resourceType": null)");
  EXPECT_EQ(entry.status, 0);
  EXPECT_THAT(entry.answer_headers, IsEmpty());
  EXPECT_EQ(entry.type, ResourceType::unknown);
}

} // namespace
} // namespace murphy::imported
