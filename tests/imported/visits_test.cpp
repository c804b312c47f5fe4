#include "imported/visits.h"

#include "recorded_entries.h"

#include <gmock/gmock.h>

namespace murphy::imported {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Visits, FoldRedirectsIntoWhatBeganThem) {
  const std::vector<HarEntry> documents{Made(1, "GET", "/login"), Made(2, "POST", "/login", 303).location("/next"),
                                        Made(3, "GET", "/next", 302).location(app + "/home#top"),
                                        Made(4, "GET", "/home"), Made(5, "GET", "/home")};
  const auto all = visits(documents);
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[1].first().method, "POST");
  EXPECT_THAT(all[1].hops, SizeIs(3));
  EXPECT_EQ(all[1].addresses.back().path(), "/home");
  EXPECT_THAT(all[2].hops, SizeIs(1)) << "nothing awaits it";
}

TEST(Visits, AwaitARedirectForAWhileOnly) {
  std::vector<HarEntry> documents{Made(1, "GET", "/start", 302).location("/home")};
  for (int number = 2; number < 40; ++number) documents.push_back(Made(number, "GET", "/a" + std::to_string(number)));
  documents.push_back(Made(40, "GET", "/home"));
  EXPECT_THAT(visits(documents).front().hops, SizeIs(1));
}

TEST(Visits, FindTheOriginOfTheApp) {
  const std::vector<HarEntry> documents{Made(1, "GET", "http://search.example/"), Made(2, "GET", "/a"),
                                        Made(3, "GET", "/b"), Made(4, "GET", "http://staging.example/")};
  const auto all = visits(documents);
  EXPECT_EQ(origin_of_app(all, {}), app);
  EXPECT_EQ(origin_of_app(all, {"http://staging.example"}), "http://staging.example");
  EXPECT_EQ(origin_of_app({}, {}), "");
}

TEST(Visits, LeaveOutWhatHasNoAddress) {
  EXPECT_THAT(visits({Made(1, "GET", "about:blank"), Made(2, "GET", "")}), IsEmpty());
}

TEST(Visits, ReadWhatAFormSent) {
  HarEntry entry = Made(1, "POST", "/login").sent("email=a%40b+c&empty=&%C3%A9=%C3%BC");
  entry.sent_fields = {{"email", "encoded%20twice"}};
  EXPECT_THAT(sent_fields(entry),
              ElementsAre(PostedField{"email", "a@b c"}, PostedField{"empty", ""}, PostedField{"é", "ü"}));
  entry.sent_text.clear();
  EXPECT_THAT(sent_fields(entry), ElementsAre(PostedField{"email", "encoded%20twice"}));
}

TEST(Visits, ReadTheParts) {
  HarEntry entry = Made(1, "POST", "/photo");
  entry.sent_type = "multipart/form-data; boundary=x";
  entry.sent_text = "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nTwo\r\nlines\r\n--x\r\n"
                    "Content-Disposition: form-data; name=\"photo\"; filename=\"me.png\"\r\n\r\nbytes\r\n--x--\r\n";
  EXPECT_THAT(sent_fields(entry),
              ElementsAre(PostedField{"title", "Two\r\nlines"}, PostedField{"photo", "me.png", true}));
}

} // namespace
} // namespace murphy::imported
