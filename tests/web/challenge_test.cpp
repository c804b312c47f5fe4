#include "web/navigation/challenge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace murphy::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// "basic realm=x" for each challenge of these headers.
std::vector<std::string> read(const std::vector<std::string>& headers) {
  std::vector<record::Header> lines;
  for (const std::string& header : headers) lines.push_back({"www-authenticate", header});
  std::vector<std::string> read;
  for (const Challenge& each : challenges(lines)) {
    std::string line = each.scheme;
    for (const auto& [name, value] : each.parameters) line += " " + name + "=" + value;
    read.push_back(std::move(line));
  }
  return read;
}

TEST(Challenges, AreReadAsTheyAreWritten) {
  EXPECT_THAT(read({R"(Basic realm="staging")"}), ElementsAre("basic realm=staging"));
  EXPECT_THAT(read({R"(BASIC Realm = "a, \"b\"" , charset=UTF-8)"}),
              ElementsAre(R"(basic charset=UTF-8 realm=a, "b")"));
  EXPECT_THAT(read({R"(Digest realm="r", nonce="n=", qop="auth,auth-int", Basic realm="r")"}),
              ElementsAre("digest nonce=n= qop=auth,auth-int realm=r", "basic realm=r"));
  EXPECT_THAT(read({"Negotiate", "NTLM", R"(Basic realm="r")"}), ElementsAre("negotiate", "ntlm", "basic realm=r"));
  EXPECT_THAT(read({R"(Negotiate oYG2MIGzoAMKAQ==, Basic realm="r")"}), ElementsAre("negotiate", "basic realm=r"));
  EXPECT_THAT(read({R"(Bearer realm="api", error="invalid_token")"}),
              ElementsAre("bearer error=invalid_token realm=api"));
  EXPECT_THAT(read({", ,Basic realm=r"}), ElementsAre("basic realm=r"));
  EXPECT_THAT(read({R"(Basic realm="never closed)"}), ElementsAre("basic"));
  EXPECT_THAT(read({"", "\"", "= x"}), IsEmpty());
}

bool answerable(const std::string& header) { return is_answerable(challenges({{"WWW-Authenticate", header}}).at(0)); }

TEST(Challenges, AreAnsweredByBasicAndDigest) {
  EXPECT_TRUE(answerable("Basic"));
  EXPECT_TRUE(answerable(R"(Digest realm="r", nonce="n")"));
  EXPECT_TRUE(answerable(R"(Digest nonce="n", algorithm=SHA-256-sess, qop="auth-int, AUTH")"));
  EXPECT_FALSE(answerable(R"(Digest nonce="n", qop="auth-int")"));
  EXPECT_FALSE(answerable(R"(Digest nonce="n", algorithm=SHA3)"));
  EXPECT_FALSE(answerable(R"(Digest realm="r")")) << "without a nonce";
  EXPECT_FALSE(answerable("Negotiate"));
}

// RFC 7617, section 2.
TEST(BasicAnswer, IsBase64OfNameAndPassword) {
  EXPECT_EQ(basic_answer("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  EXPECT_EQ(basic_answer("test", "123£"), "Basic dGVzdDoxMjPCow==");
}

std::string answer_to(const std::string& more) {
  const auto all = challenges({{"WWW-Authenticate", "Digest realm=\"http-auth@example.org\", nonce=\"7ypf/"
                                                    "xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\"" +
                                                        more}});
  return digest_answer(all.at(0), "Mufasa", "Circle of Life",
                       {.method = "GET",
                        .target = "/dir/index.html",
                        .count = 1,
                        .cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"});
}

// The first two are RFC 7616, section 3.9.1; the others were computed by Python's hashlib.
TEST(DigestAnswer, IsWhatTheStandardSays) {
  EXPECT_THAT(
      answer_to(R"(, qop="auth, auth-int", algorithm=MD5, opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")"),
      R"(Digest username="Mufasa", realm="http-auth@example.org", )"
      R"(nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", algorithm=MD5, )"
      R"(response="8ca523f5e9506fed4657c9700eebdbec", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", )"
      R"(qop=auth, nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")");
  const std::map<std::string, std::string> responses{
      {R"(, qop="auth", algorithm=SHA-256)", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"},
      {R"(, qop="auth", algorithm=SHA-512-256)", "430d05014cecc49cab6fbe03176d41a1da86cbfe24a16580e22aaad928d960d0"},
      {R"(, qop="auth", algorithm=MD5-sess)", "e783283f46242139c486a698fec7211d"},
      {R"(, qop="auth", algorithm=SHA-256-sess)", "2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7"},
      {"", "7b2cc3b30e75b4777ea31027084363fd"},
      {", algorithm=SHA-256", "a1306b0595a6c7fe96c448631fb5cfbd5107bd1fe1da729d978dd7446b812363"},
  };
  for (const auto& [more, response] : responses)
    EXPECT_THAT(answer_to(more), HasSubstr("response=\"" + response + "\"")) << more;
  EXPECT_THAT(answer_to(""), Not(HasSubstr("nc="))) << "RFC 2069 knew no qop";
  EXPECT_THAT(answer_to(""), Not(HasSubstr("algorithm=")));
  EXPECT_THAT(answer_to(R"(, qop=auth, algorithm=SHA-256, userhash=true)"),
              HasSubstr(R"(username="a947aad205e80e429958a387394944c6b496301e79f89d35a4cc23b6ee12b5b6")"));
}

} // namespace
} // namespace murphy::web
