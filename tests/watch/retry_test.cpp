// What becomes of alerts that are not taken.
#include "watch/notify/retry.h"

#include "looks.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace murphy::watch {
namespace {

using std::chrono::seconds;

TEST(Retries, AreMadeOfWhatMayPass) {
  for (const int status : {200, 202, 204}) EXPECT_EQ(fate_of(status), Fate::sent) << status;
  for (const int status : {0, 408, 429, 500, 503}) EXPECT_EQ(fate_of(status), Fate::again) << status;
  for (const int status : {301, 400, 401, 404, 410}) EXPECT_EQ(fate_of(status), Fate::never) << status;
}

TEST(Retries, ComeLaterAndLater) {
  EXPECT_EQ(wait_before_attempt(1, {}), seconds(5));
  EXPECT_EQ(wait_before_attempt(2, {}), seconds(10));
  EXPECT_EQ(wait_before_attempt(3, {}), seconds(20));
  EXPECT_EQ(wait_before_attempt(50, {}), seconds(600));
  EXPECT_EQ(wait_before_attempt(1, seconds(90)), seconds(90));
  EXPECT_EQ(wait_before_attempt(50, seconds(1)), seconds(600));
  EXPECT_EQ(wait_before_attempt(1, seconds(9'000'000)), seconds(3600)) << "nobody is silenced for ever";
}

TEST(Floods, BecomeOneAlert) {
  const Alert one = test_alert("staging", at(seconds(1)));
  EXPECT_EQ(together({one}).event, "test");
  const Alert all = together({one, one, one});
  EXPECT_EQ(all.event, "digest");
  EXPECT_THAT(all.lines, testing::ElementsAre("3 alerts came in a short time; these were held back:", one.lines[0],
                                              one.lines[0], one.lines[0]));
  EXPECT_EQ(boost::json::parse(all.body).at("event"), "digest");
}

} // namespace
} // namespace murphy::watch
