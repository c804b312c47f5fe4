#include "drive/exchange_record.h"

#include <gtest/gtest.h>

namespace murphy::drive {
namespace {

web::Hop hop() {
  web::Hop hop;
  hop.request.method = "POST";
  hop.request.url = web::Url::parse("http://app.test/login").value();
  return hop;
}

TEST(ExchangeRecord, MasksWhatIsSecretOfARequest) {
  web::Hop sent = hop();
  sent.request.headers.emplace_back("Accept", "*/*");
  sent.request.headers.emplace_back(
      "Authorization",
      Value(std::make_shared<const Secret>(SealedText("Bearer s3cret"), "Bearer ${api.key}", "Bearer ‹api.key›")));
  sent.request.body.append("email=a%40b.c&password=");
  sent.request.body.append(Value(std::make_shared<const Secret>(ClearText("hunter%262"), "ada.password")));
  const record::Exchange exchange = record_of(sent, {});
  EXPECT_EQ(exchange.request_headers,
            (std::vector<record::Header>{{"Accept", "*/*"}, {"Authorization", "Bearer ‹api.key›"}}));
  EXPECT_EQ(exchange.request_body, "email=a%40b.c&password=‹ada.password›");
}

TEST(ExchangeRecord, CutsALongBodyBetweenCharacters) {
  web::Hop sent = hop();
  sent.request.body.append(std::string(most_body_bytes - 1, 'x') + "é and more");
  EXPECT_EQ(record_of(sent, {}).request_body, std::string(most_body_bytes - 1, 'x'));
}

} // namespace
} // namespace murphy::drive
