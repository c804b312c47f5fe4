#include "record/tokens.h"

#include <gtest/gtest.h>

namespace murphy::record {
namespace {

// Shows what was taken for a token, and under which name.
std::string marked(std::string_view name, std::string_view value) {
  return "<" + std::string(name) + "|" + std::string(value) + ">";
}

TEST(IsSensitive, GoesByTheName) {
  for (const char* name : {"csrf_token",
                           "_csrf",
                           "csrfmiddlewaretoken",
                           "authenticity_token",
                           "__RequestVerificationToken",
                           "X-XSRF-TOKEN",
                           "_token",
                           "nonce",
                           "_wpnonce",
                           "sid",
                           "PHPSESSID",
                           "JSESSIONID",
                           "ASP.NET_SessionId",
                           "session",
                           "otp",
                           "user[otp]",
                           "totp",
                           "password",
                           "user[password]",
                           "new_password2",
                           "pwd",
                           "client_secret",
                           "access_token",
                           "SAMLResponse",
                           "code_verifier",
                           "api_key",
                           "tokens[]"}) {
    EXPECT_TRUE(is_sensitive(name, "x")) << name;
  }
  for (const char* name : {"email", "session[email]", "user[name]", "remember", "country_code", "postcode",
                           "token_type", "side", "president", "status", "statement", "error_code", "", "[]"}) {
    EXPECT_FALSE(is_sensitive(name, "8f14e45fceea167a")) << name;
  }
  EXPECT_FALSE(is_sensitive("csrf_token", "")); // nothing to hide
}

TEST(IsSensitive, AsksWhatACodeLooksLike) {
  EXPECT_TRUE(is_sensitive("code", "SplxlOBeZQQ"));
  EXPECT_TRUE(is_sensitive("code", "123456"));
  EXPECT_TRUE(is_sensitive("verification_code", "123456"));
  EXPECT_TRUE(is_sensitive("state", "af0ifjsldkj"));
  EXPECT_FALSE(is_sensitive("code", "invalid_grant"));
  EXPECT_FALSE(is_sensitive("code", "404"));
  EXPECT_TRUE(is_sensitive("session_code", "p3Qz81kQ"));
  EXPECT_TRUE(is_sensitive("execution", "e2f1c1a0-4b7d"));
  EXPECT_TRUE(is_sensitive("tab_id", "Xk2bQ9"));
  EXPECT_FALSE(is_sensitive("execution", "sync"));
  EXPECT_FALSE(is_sensitive("state", "CA"));
}

TEST(IsUnmistakable, KnowsChanceFromWords) {
  for (const char* value : {"UtsSztwjVzWyd-RPNnmIP", "8f14e45fceea167a", "eyJhbGciOiJIUzI1NiJ9", "qLzKwPxRtYvB"})
    EXPECT_TRUE(is_unmistakable("seen", value)) << value;
  for (const char* value :
       {"dark", "acceptAllCookies", "en-US", "light-on-dark", "necessary_and_functional", "AmericaNewYork"})
    EXPECT_FALSE(is_unmistakable("seen", value)) << value;
  EXPECT_TRUE(is_unmistakable("sid", "qzxwvutsrkjhgfdm"));
  EXPECT_FALSE(is_unmistakable("session", "not-signed-in-yet"));
}

TEST(LooksLikeCredential, IsLongOrMixedAndHasNoSpaces) {
  EXPECT_TRUE(looks_like_credential("28f0c7"));
  EXPECT_TRUE(looks_like_credential("abcdefghijklmnopqrst"));
  EXPECT_FALSE(looks_like_credential("is too short, 12 at least"));
  EXPECT_FALSE(looks_like_credential("expired"));
  EXPECT_FALSE(looks_like_credential(""));
}

struct Case {
  std::string text;
  std::string marked;
};

class InText : public testing::TestWithParam<Case> {};

TEST_P(InText, TokensAreFoundAndTheRestStays) {
  EXPECT_EQ(replace_in_text(GetParam().text, marked), GetParam().marked);
}

INSTANTIATE_TEST_SUITE_P(
    Addresses, InText,
    testing::Values(Case{"/reset?token=ab&x=1", "/reset?token=<token|ab>&x=1"},
                    Case{"http://h/cb?code=SplxlOBeZQQ&state=af0ifj1#top",
                         "http://h/cb?code=<code|SplxlOBeZQQ>&state=<state|af0ifj1>#top"},
                    Case{"/cb#access_token=abc&token_type=Bearer",
                         "/cb#access_token=<access_token|abc>&token_type=Bearer"},
                    Case{"/login?next=%2Fdashboard", "/login?next=%2Fdashboard"},
                    Case{"/x?user%5Bpassword%5D=a%26b", "/x?user%5Bpassword%5D=<user[password]|a%26b>"},
                    Case{"/x?token=", "/x?token="},
                    Case{"postgres://app:hunter2@db/app", "postgres://app:<password|hunter2>@db/app"},
                    Case{"http://ada@host/a:b@c", "http://ada@host/a:b@c"},
                    Case{"token=abc", "token=abc"}, // words of a sentence, not a query
                    Case{"GET /reset?token=abc 200 in 3ms", "GET /reset?token=<token|abc> 200 in 3ms"},
                    Case{"/x?token=‹token:12ab›", "/x?token=‹token:12ab›"},
                    Case{"open /x?token=${token}&a=1", "open /x?token=${token}&a=1"}));

INSTANTIATE_TEST_SUITE_P(
    Quoted, InText,
    testing::Values(Case{R"({"csrf": "a1b2c3", "name": "a1b2c3"})", R"({"csrf": "<csrf|a1b2c3>", "name": "a1b2c3"})"},
                    Case{R"("authenticity_token"=>"a1b2c3", "user"=>{"password"=>"[FILTERED]"})",
                         R"("authenticity_token"=>"<authenticity_token|a1b2c3>", "user"=>{"password"=>"[FILTERED]"})"},
                    Case{R"(<QueryDict: {'csrfmiddlewaretoken': ['a1b2'], 'next': ['/']}>)",
                         R"(<QueryDict: {'csrfmiddlewaretoken': ['<csrfmiddlewaretoken|a1b2>'], 'next': ['/']}>)"},
                    Case{R"({"access_token":"a\/b1\u003d"})", R"({"access_token":"<access_token|a/b1=>"})"},
                    Case{R"({"error":{"code":"user_not_found"}})", R"({"error":{"code":"user_not_found"}})"},
                    Case{R"({"password":"is too short, 12 at least"})", R"({"password":"is too short, 12 at least"})"},
                    Case{R"({"token":"expired"})", R"({"token":"expired"})"},
                    Case{R"({"password":"****"})", R"({"password":"****"})"},
                    Case{R"({"token":"a1b2 never closed)", R"({"token":"a1b2 never closed)"},
                    Case{R"({"token": null, "x": 1})", R"({"token": null, "x": 1})"}));

INSTANTIATE_TEST_SUITE_P(
    Html, InText,
    testing::Values(
        Case{R"(<input type="hidden" name="csrf" value="a1">)",
             R"(<input type="hidden" name="csrf" value="<csrf|a1>">)"},
        Case{R"(<INPUT value='a&#x2B;b&amp;c' NAME=_token>)", R"(<INPUT value='<_token|a+b&c>' NAME=_token>)"},
        Case{"<input name=_token value=abc/>", "<input name=_token value=<_token|abc/>>"},
        Case{R"(<input name="email" value="ada@example.com">)", R"(<input name="email" value="ada@example.com">)"},
        Case{R"(<input type=password name=p value="typed">)", R"(<input type=password name=p value="<p|typed>">)"},
        Case{R"(<meta name="csrf-token" content="a1b2"><meta name="viewport" content="width=1">)",
             R"(<meta name="csrf-token" content="<csrf-token|a1b2>"><meta name="viewport" content="width=1">)"},
        Case{R"(<input name="csrf" value="">)", R"(<input name="csrf" value="">)"},
        Case{R"(<inputs name="csrf" value="a">)", R"(<inputs name="csrf" value="a">)"},
        Case{R"(<input name="csrf" value="a1)", R"(<input name="csrf" value="<csrf|a1>)"}, Case{"<input", "<input"},
        Case{"a < b <input =x", "a < b <input =x"},
        Case{R"(<a href="/reset?token=abc&amp;x=1">)", R"(<a href="/reset?token=<token|abc>&amp;x=1">)"}));

TEST(InForm, BeginsWithAPair) {
  EXPECT_EQ(replace_in_form("csrf=a&email=ada%40example.com&user%5Bpassword%5D=not+it", marked),
            "csrf=<csrf|a>&email=ada%40example.com&user%5Bpassword%5D=<user[password]|not+it>");
}

TEST(InHeader, CookiesKeepTheirNamesAndAttributes) {
  EXPECT_EQ(replace_in_header({"Set-Cookie", "sid=abc=; Path=/; HttpOnly; SameSite=Lax"}, marked),
            "sid=<sid|abc=>; Path=/; HttpOnly; SameSite=Lax");
  EXPECT_EQ(replace_in_header({"set-cookie", "theme=dark"}, marked), "theme=<theme|dark>");
  EXPECT_EQ(replace_in_header({"Cookie", "sid=abc; lang=en"}, marked), "sid=<sid|abc>; lang=<lang|en>");
}

TEST(InHeader, ShowsThatACookieIsDeleted) {
  EXPECT_EQ(replace_in_header({"Set-Cookie", "sid=; Max-Age=0"}, marked), "sid=; Max-Age=0");
  EXPECT_EQ(replace_in_header({"Set-Cookie", "sid=deleted; Max-Age=0"}, marked), "sid=deleted; Max-Age=0");
}

TEST(InHeader, AuthorizationKeepsItsScheme) {
  EXPECT_EQ(replace_in_header({"Authorization", "Basic YWRhOng="}, marked), "Basic <authorization|YWRhOng=>");
  EXPECT_EQ(replace_in_header({"Proxy-Authorization", "Bearer  x.y.z"}, marked), "Bearer <proxy-authorization|x.y.z>");
  EXPECT_EQ(replace_in_header({"Authorization", "opaque"}, marked), "<authorization|opaque>");
  EXPECT_EQ(replace_in_header({"Authorization", ""}, marked), "");
}

TEST(InHeader, AddressesHideTheirTokens) {
  EXPECT_EQ(replace_in_header({"Location", "/cb?code=SplxlOBeZQQ"}, marked), "/cb?code=<code|SplxlOBeZQQ>");
  EXPECT_EQ(replace_in_header({"Referer", "http://h/reset?token=a"}, marked), "http://h/reset?token=<token|a>");
}

TEST(InHeader, HeadersNamedLikeTokensAreTokens) {
  EXPECT_EQ(replace_in_header({"X-CSRF-Token", "abc"}, marked), "<x-csrf-token|abc>");
  EXPECT_EQ(replace_in_header({"Content-Type", "text/html"}, marked), "text/html");
  EXPECT_EQ(replace_in_header({"Access-Control-Allow-Headers", "X-CSRF-Token"}, marked), "X-CSRF-Token");
}

} // namespace
} // namespace murphy::record
