#include "record/saml_status.h"

#include "base/base64.h"

#include <gmock/gmock.h>

namespace murphy::record {
namespace {

constexpr std::string_view refusing_response =
    R"(<p:Response><p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder">)"
    R"(<p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></p:StatusCode></p:Status></p:Response>)";
// The same as the redirect binding sends it: made by zlib's compressobj(9, DEFLATED, -15), then base64.
constexpr std::string_view deflated =
    "sylOzM0psApKLS7IzytOVajIzckrtgIL2iqVFuVZ5ScWZxZb5SXmphZblSRbBTv6+lgZ6RlYFRTll+Qn5+co2dlAjAguSSwpLUblOeenpCqE"
    "JeaUpuI3rBisGuqKlNQiJYqMcSwtychzS8zMSU1R0rez0Uc3Ck0IzoUFgh0A";

TEST(SamlStatus, IsTheInnermostCodeOfAResponse) {
  EXPECT_EQ(saml_status(base64_encode(refusing_response)), "status:AuthnFailed");
  const std::string outer(refusing_response.substr(
      0, refusing_response.find("<p:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:A")));
  EXPECT_EQ(saml_status(base64_encode(outer)), "status:Responder");
}

TEST(SamlStatus, IsReadDeflatedAndPercentEncoded) {
  EXPECT_EQ(saml_status(deflated), "status:AuthnFailed");
  std::string in_query(deflated);
  for (std::size_t at = 0; (at = in_query.find('+', at)) != std::string::npos;) in_query.replace(at, 1, "%2B");
  EXPECT_NE(in_query, deflated);
  EXPECT_EQ(saml_status(in_query), "status:AuthnFailed");
}

TEST(SamlStatus, IsEmptyForSuccessAndForWhatIsNone) {
  EXPECT_EQ(saml_status(base64_encode(R"(<StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>)")), "");
  EXPECT_EQ(saml_status(base64_encode(R"(<StatusCode Value="urn:example:status:Closed"/>)")), "");
  EXPECT_EQ(saml_status("%%%"), "");
  EXPECT_EQ(saml_status(""), "");
  EXPECT_EQ(saml_status(deflated.substr(0, 24)), "") << "cut before its status";
}

} // namespace
} // namespace murphy::record
