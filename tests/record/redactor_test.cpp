#include "record/redactor.h"

#include "base/base64.h"
#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

namespace murphy::record {
namespace {

struct Spelling {
  std::string name;
  std::string text;
};

void PrintTo(const Spelling& spelling, std::ostream* out) { *out << spelling.name << ": " << spelling.text; }

std::shared_ptr<const Secret> secret(std::string characters, std::string label = "ada.password") {
  return std::make_shared<const Secret>(std::move(characters), std::move(label));
}

// Every way the house's own hard password, p&"‹é%+ \, was seen or is known to be written.
class EverySpelling : public testing::TestWithParam<Spelling> {};

TEST_P(EverySpelling, IsMaskedAndItsNeighboursStay) {
  Redactor redactor;
  redactor.learn(secret("p&\"‹é%+ \\"));
  EXPECT_EQ(redactor.redact(GetParam().text), "‹ada.password›");
  EXPECT_EQ(redactor.redact("password=" + GetParam().text + "#end"), "password=‹ada.password›#end");
}

INSTANTIATE_TEST_SUITE_P(
    OfTheHardPassword, EverySpelling,
    testing::Values(
        Spelling{"raw", "p&\"‹é%+ \\"}, Spelling{"all but unreserved", "p%26%22%E2%80%B9%C3%A9%25%2B%20%5C"},
        Spelling{"lower-case hex", "p%26%22%e2%80%b9%c3%a9%25%2b%20%5c"},
        Spelling{"mixed hex case", "p%26%22%E2%80%b9%c3%A9%25%2b%20%5C"},
        Spelling{"form", "p%26%22%E2%80%B9%C3%A9%25%2B+%5C"}, Spelling{"query set", "p&%22%E2%80%B9%C3%A9%+%20\\"},
        Spelling{"userinfo set", "p&%22%E2%80%B9%C3%A9%+%20%5C"},
        Spelling{"form in windows-1252", "p%26%22%8B%E9%25%2B+%5C"},
        Spelling{"every byte percent-encoded", "%70%26%22%E2%80%B9%C3%A9%25%2B%20%5C"},
        Spelling{"twice percent-encoded", "p%2526%2522%25E2%2580%25B9%25C3%25A9%2525%252B%2520%255C"},
        Spelling{"a form in a query", "p%2526%2522%25E2%2580%25B9%25C3%25A9%2525%252B%2B%255C"},
        Spelling{"thrice percent-encoded",
                 "p%252526%252522%2525E2%252580%2525B9%2525C3%2525A9%252525%25252B%252520%25255C"},
        Spelling{"escape()", "p%26%22%u2039%E9%25+%20%5C"}, Spelling{"HTML, named", "p&amp;&quot;‹é%+ \\"},
        Spelling{"HTML, decimal", "p&#38;&#34;‹é%+ \\"},
        Spelling{"HTML, hexadecimal", "p&#x26;&#x22;&#x2039;&#xe9;%+ \\"},
        Spelling{"HTML, leading zeros", "p&#038;&#0034;‹é%+ \\"},
        Spelling{"htmlentities()", "p&amp;&quot;&lsaquo;&eacute;%+ \\"},
        Spelling{"HTML, everything", "&#112;&#38;&#34;&#8249;&#233;&#37;&#43;&#32;&#92;"},
        Spelling{"HTML 5 names", "p&AMP;&QUOT;&lsaquo;&eacute;&percnt;&plus; &bsol;"},
        Spelling{"HTML twice", "p&amp;amp;&amp;quot;‹é%+ \\"}, Spelling{"JSON", "p&\\\"‹é%+ \\\\"},
        Spelling{"JSON in ASCII", "p&\\\"\\u2039\\u00e9%+ \\\\"}, Spelling{"JSON for HTML", "p\\u0026\\u0022‹é%+ \\\\"},
        Spelling{"JSON for HTML, upper-case hex", "p\\u0026\\u0022\\u2039\\u00E9%\\u002B \\\\"},
        Spelling{"JSON in JSON", "p&\\\\\\\"‹é%+ \\\\\\\\"},
        Spelling{"JSON in an attribute", "p&amp;\\&quot;‹é%+ \\\\"},
        Spelling{"JSON in Python in HTML", "p&amp;\\\\&quot;\\u2039\\xe9%+ \\\\\\\\"},
        Spelling{"Python repr", "p&\"‹é%+ \\\\"}, Spelling{"Python ascii()", "p&\"\\u2039\\xe9%+ \\\\"},
        Spelling{"Python bytes", "p&\"\\xe2\\x80\\xb9\\xc3\\xa9%+ \\\\"},
        Spelling{"Ruby inspect", "p&\\\"\\u2039\\u00E9%+ \\\\"},
        Spelling{"PHP, Ruby and JavaScript code points", "p&\\\"\\u{2039}\\u{E9}%+ \\\\"},
        Spelling{"octal, as C and git write it", "p&\\\"\\342\\200\\271\\303\\251%+ \\\\"},
        Spelling{"backslashed for a shell", "p\\&\\\"\\‹\\é\\%\\+\\ \\\\"}, Spelling{"SQL identifier", "p&\"\"‹é%+ \\"},
        Spelling{"printf format", "p&\"‹é%%+ \\"}, Spelling{"hexadecimal", "702622e280b9c3a9252b205c"},
        Spelling{"ASCII only", "p&\"??%+ \\"}, Spelling{"ASCII only, by bytes", "p&\"?????%+ \\"},
        Spelling{"base64", "cCYi4oC5w6klKyBc"}, Spelling{"base64url in a query", "cCYi4oC5w6klKyBc"}));

// The same spellings at all lengths of what stands before them, as a Basic Authorization header has them.
TEST(Redactor, KnowsBase64AtEveryAlignment) {
  Redactor redactor;
  redactor.learn(secret("p&\"‹é%+ \\"));
  EXPECT_EQ(redactor.redact("Basic YWRhOnAmIuKAucOpJSsgXA=="), "Basic YWRhO‹ada.password›");    // ada:
  EXPECT_EQ(redactor.redact("Basic YWRhYTpwJiLigLnDqSUrIFw="), "Basic YWRhYT‹ada.password›");   // adaa:
  EXPECT_EQ(redactor.redact("Basic YWRhYWE6cCYi4oC5w6klKyBc"), "Basic YWRhYWE6‹ada.password›"); // adaaa:
  EXPECT_EQ(redactor.redact("YWRhOnAmIuKAucOp\r\nJSsgXA=="), "YWRhO‹ada.password›");            // broken into lines
  EXPECT_EQ(redactor.redact("YWRhOnAmIuKAucOpJSsgXA%3D%3D"), "YWRhO‹ada.password›");            // in a form
}

TEST(Redactor, KnowsBothAlphabetsOfBase64) {
  Redactor redactor;
  redactor.learn(secret("??"
                        "?>>>~~~"));
  EXPECT_EQ(redactor.redact("Pz8/Pj4+fn5+"), "‹ada.password›");
  EXPECT_EQ(redactor.redact("Pz8_Pj4-fn5-"), "‹ada.password›");
  EXPECT_EQ(redactor.redact("Pz8%2FPj4%2Bfn5%2B"), "‹ada.password›");
  EXPECT_EQ(redactor.redact(R"("Pz8\/Pj4+fn5+")"), "\"‹ada.password›\"");
}

TEST(Redactor, KnowsBase64OfASpelling) {
  Redactor redactor;
  redactor.learn(secret("p&\"‹é%+ \\"));
  // base64 of `{"password":"p&\"\u2039\u00e9%+ \\"}`
  EXPECT_EQ(redactor.redact("eyJwYXNzd29yZCI6InAmXCJcdTIwMzlcdTAwZTklKyBcXCJ9"), "eyJwYXNzd29yZCI6I‹ada.password›J9");
}

TEST(Redactor, KnowsQuotesAndLineFeedsInAShell) {
  Redactor redactor;
  redactor.learn(secret("it's a\nsecret"));
  EXPECT_EQ(redactor.redact(R"('it'\''s a)"
                            "\nsecret'"),
            "'‹ada.password›'");
  EXPECT_EQ(redactor.redact(R"('it'"'"'s a)"
                            "\nsecret'"),
            "'‹ada.password›'");
  EXPECT_EQ(redactor.redact("it\\'s\\ a'\n'secret"), "‹ada.password›"); // Ruby's Shellwords
  EXPECT_EQ(redactor.redact(R"($'it\'s a\nsecret')"), "$'‹ada.password›'");
  EXPECT_EQ(redactor.redact("'it''s a\nsecret'"), "'‹ada.password›'"); // SQL
  EXPECT_EQ(redactor.redact("it&#x27;s a\nsecret"), "‹ada.password›");
  EXPECT_EQ(redactor.redact("it&apos;s a&NewLine;secret"), "‹ada.password›");
  EXPECT_EQ(redactor.redact("it%27s+a%0D%0Asecret"), "‹ada.password›"); // a form's line breaks
  EXPECT_EQ(redactor.redact("it's a secret"), "‹ada.password›");        // on one line
}

TEST(Redactor, KnowsCharactersAboveTheBasicPlane) {
  Redactor redactor;
  redactor.learn(secret("pass😀word"));
  for (const char* text : {"pass😀word", R"(pass\ud83d\ude00word)", R"(pass\uD83D\uDE00word)", R"(pass\U0001f600word)",
                           R"(pass\u{1F600}word)", R"(pass\x{1F600}word)", "pass&#128512;word", "pass&#x1F600;word",
                           "pass%F0%9F%98%80word", R"(pass\xf0\x9f\x98\x80word)"}) {
    EXPECT_EQ(redactor.redact(text), "‹ada.password›") << text;
  }
}

TEST(Redactor, TakesTheLongestAndMissesNoneThatOverlaps) {
  Redactor redactor;
  redactor.learn(secret("hunter", "bob.password"));
  redactor.learn(secret("hunter2000", "ada.password"));
  redactor.learn(secret("000xyz", "eve.password"));
  EXPECT_EQ(redactor.redact("hunter2000 hunter200"), "‹ada.password› ‹bob.password›200");
  EXPECT_EQ(redactor.redact("hunter2000xyz!"), "‹ada.password›‹eve.password›!");
}

TEST(Redactor, FindsASecretThatFollowsHalfOfItself) {
  Redactor redactor;
  redactor.learn(secret("aabaac"));
  EXPECT_EQ(redactor.redact("aabaabaac"), "aab‹ada.password›");
  redactor.learn(secret(std::string(32, '\''), "quotes"));
  EXPECT_EQ(redactor.redact(std::string(31, '\'')), std::string(31, '\'')); // ends, though each pair may be one quote
}

TEST(Redactor, MasksShortSecretsOnlyAsAWhole) {
  Redactor redactor;
  redactor.learn(secret("a&b"));
  redactor.learn(secret("é", "eve.pin"));
  redactor.learn(secret("", "nothing"));
  EXPECT_EQ(redactor.redact("a&b"), "‹ada.password›");
  EXPECT_EQ(redactor.redact("a%26b"), "‹ada.password›");
  EXPECT_EQ(redactor.redact("a&amp;b"), "‹ada.password›");
  EXPECT_EQ(redactor.redact("xa&b"), "xa&b");
  EXPECT_EQ(redactor.redact("%C3%A9"), "‹eve.pin›");
  EXPECT_EQ(redactor.redact("café"), "café");
  EXPECT_EQ(redactor.redact(""), "");
}

TEST(Redactor, LeavesWhatIsMaskedAlone) {
  Redactor redactor;
  redactor.learn(secret("password", "ada.password"));
  const std::string once = redactor.redact("the password is wrong");
  EXPECT_EQ(once, "the ‹ada.password› is wrong");
  EXPECT_EQ(redactor.redact(once), once);
}

// Wherever it was cut, and whoever cut it.
TEST(Redactor, MasksTheBeginningOfASecretThatWasCut) {
  Redactor redactor;
  redactor.learn(secret("p&\"‹é%+ \\ada"));
  for (const std::string whole : {"p&\"‹é%+ \\ada", "p&amp;&quot;‹é%+ \\ada", "p%26%22%E2%80%B9%C3%A9%25%2B%20%5Cada",
                                  "p&\\\"\\u2039\\u00e9%+ \\\\ada"}) {
    for (std::size_t kept = whole.size() - 1; kept >= 26; --kept) {
      const std::string text = "say: " + repair_utf8(whole.substr(0, kept));
      for (const std::string_view mark : {"…", " …", " […] end", "...", "&hellip;"}) {
        const std::string masked = redactor.redact(text + std::string(mark));
        EXPECT_THAT(masked, testing::StartsWith("say: ‹ada.password›")) << text;
        EXPECT_THAT(masked, testing::EndsWith(trim(mark)));
      }
      // The end of a text that is as long as texts are kept.
      const std::string long_text = std::string(1000, 'x') + text;
      EXPECT_THAT(redactor.redact(long_text), testing::HasSubstr("say: ‹ada.password›")) << text;
    }
  }
  EXPECT_EQ(redactor.redact("p&\"‹é…"), "‹ada.password›…");
  EXPECT_EQ(redactor.redact("p&\"‹é"), "p&\"‹é") << "a short text that ends so is its own";
  EXPECT_EQ(redactor.redact("p&…"), "p&…") << "too short to say anything";
  const std::string encoded = base64_encode("ada@example.com:p&\"‹é%+ \\ada");
  EXPECT_EQ(redactor.redact("Basic " + encoded.substr(0, 36) + "…"),
            "Basic " + encoded.substr(0, 21) + "‹ada.password›…");
  redactor.learn(secret("password123", "eve.password"));
  EXPECT_EQ(redactor.redact("Enter your password…"), "Enter your password…") << "ordinary words";
  EXPECT_EQ(redactor.redact("password12…"), "‹eve.password›…");
}

TEST(Redactor, KnowsTextThatWasReadInAnotherCharset) {
  Redactor redactor;
  redactor.learn(secret("caf\u00E9‹1"));
  for (const char* text :
       {"caf\u00C3\u00A9\u00E2\u20AC\u00B91", "caf\u00C3\u00A9\u00E2\u0080\u00B91", "caf\u00C3\u00A9\u00E2\u00B91",
        "caf\u00C3\u0192\u00C2\u00A9\u00C3\u00A2\u00E2\u201A\u00AC\u00C2\u00B91",
        "caf%C3%83%C2%A9%C3%A2%E2%82%AC%C2%B91"})
    EXPECT_EQ(redactor.redact(text), "‹ada.password›") << text;
  redactor.learn(secret("na\u00EFve9", "eve.password"));
  EXPECT_EQ(redactor.redact("na\xEFve9"), "‹eve.password›");
}

TEST(Redactor, KnowsWhatIsWrittenInOneCase) {
  Redactor redactor;
  redactor.learn(secret("Correct-Horse-9"));
  EXPECT_EQ(redactor.redact("http://correct-horse-9.test CORRECT-HORSE-9"),
            "http://‹ada.password›.test ‹ada.password›");
  redactor.learn(secret("Password", "eve.password"));
  EXPECT_EQ(redactor.redact("the password"), "the password") << "an ordinary word";
}

TEST(Redactor, DoesNotFoldCase) {
  Redactor redactor;
  redactor.learn(secret("hunter2"));
  EXPECT_EQ(redactor.redact("Hunter2"), "Hunter2");
}

TEST(Redactor, TagsTokensSoThatEqualOnesAreSeen) {
  Redactor redactor;
  redactor.learn_token("sid", "8f14e45fceea167a");
  redactor.learn_token("csrf", "c9f0f895fb98ab91");
  const std::string first = redactor.redact("sid=8f14e45fceea167a"), again = redactor.redact("8f14e45fceea167a;"),
                    other = redactor.redact("c9f0f895fb98ab91");
  EXPECT_THAT(first, testing::MatchesRegex("sid=‹sid:[0-9a-f]{4}›"));
  EXPECT_THAT(other, testing::MatchesRegex("‹csrf:[0-9a-f]{4}›"));
  EXPECT_EQ("sid=" + again, first + ";");
  EXPECT_NE(other.substr(other.find(':')), again.substr(again.find(':'), 8));
}

TEST(Redactor, TagsAValueAndItsPercentEncodedFormAlike) {
  Redactor redactor;
  redactor.learn_token("XSRF-TOKEN", "eyJpdiI6Ik5%2BabcD1234%3D");
  EXPECT_EQ(redactor.redact("eyJpdiI6Ik5%2BabcD1234%3D"), redactor.redact("eyJpdiI6Ik5+abcD1234="));
  EXPECT_EQ(redactor.token_mask("x", "a%2Bb"), redactor.token_mask("x", "a+b"));
}

TEST(Redactor, LeavesTheStatusOfASamlResponse) {
  const Redactor redactor;
  const std::string refused =
      base64_encode("<Attribute>ada</Attribute><StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:NoPassive\"/>");
  EXPECT_THAT(redactor.token_mask("SAMLResponse", refused),
              testing::MatchesRegex("‹SAMLResponse status:NoPassive:[0-9a-f]{4}›"));
  EXPECT_THAT(redactor.token_mask("SAMLResponse", base64_encode("<Attribute>ada</Attribute>")),
              testing::MatchesRegex("‹SAMLResponse:[0-9a-f]{4}›"));
}

TEST(Redactor, TagsDifferFromProcessToProcess) {
  // 16 bits can be equal by chance: eight tags are not.
  const Redactor left, right;
  std::string tags_left, tags_right;
  for (const char* value : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    tags_left += left.token_mask("t", value);
    tags_right += right.token_mask("t", value);
  }
  EXPECT_NE(tags_left, tags_right);
}

TEST(Redactor, KeepsTheMaskItLearnedFirst) {
  Redactor redactor;
  redactor.learn(secret("8f14e45fceea167a"));
  redactor.learn_token("sid", "8f14e45fceea167a");
  EXPECT_EQ(redactor.redact("8f14e45fceea167a"), "‹ada.password›");
}

std::string numbered(std::string_view word, std::size_t number) {
  return std::string(word) + "-" + std::to_string(number);
}

// Ends as many cases with a token each as it takes for what was released before to be forgotten.
void end_many_cases(Redactor& redactor) {
  for (std::size_t i = 0; i < Redactor::released_tokens; ++i) {
    redactor.learn_token("sid", numbered("another-session", i), numbered("a.toml#many", i));
    redactor.release_tokens(numbered("a.toml#many", i));
  }
}

TEST(Redactor, KeepsTheLatestTokensOfCasesThatEndedAndForgetsOlderOnes) {
  Redactor redactor;
  redactor.learn_token("sid", "8f14e45fceea167a", "a.toml#one");
  redactor.release_tokens("a.toml#one");
  const std::string mask = redactor.token_mask("sid", "8f14e45fceea167a");
  EXPECT_EQ(redactor.redact("session 8f14e45fceea167a ended"), "session " + mask + " ended");
  end_many_cases(redactor);
  EXPECT_EQ(redactor.redact("session 8f14e45fceea167a ended"), "session 8f14e45fceea167a ended");
  EXPECT_EQ(redactor.redact(mask), mask);
  const std::string latest = numbered("another-session", Redactor::released_tokens - 1);
  EXPECT_EQ(redactor.redact(latest), redactor.token_mask("sid", latest));
}

TEST(Redactor, KeepsTokensThatACaseHoldsHoweverManyOthersEnd) {
  Redactor redactor;
  redactor.learn_token("sid", "8f14e45fceea167a", "a.toml#one");
  redactor.learn_token("sid", "8f14e45fceea167a", "a.toml#two"); // the same session
  redactor.release_tokens("a.toml#one");
  end_many_cases(redactor);
  EXPECT_NE(redactor.redact("8f14e45fceea167a"), "8f14e45fceea167a");
  EXPECT_TRUE(redactor.hold_token("8f14e45fceea167a", "a.toml#three"));
  redactor.release_tokens("a.toml#two");
  end_many_cases(redactor);
  EXPECT_NE(redactor.redact("8f14e45fceea167a"), "8f14e45fceea167a");
  redactor.release_tokens("a.toml#three");
  end_many_cases(redactor);
  EXPECT_EQ(redactor.redact("8f14e45fceea167a"), "8f14e45fceea167a");
  EXPECT_FALSE(redactor.hold_token("8f14e45fceea167a", "a.toml#four"));
}

TEST(Redactor, LetsGoOfWhatARunKnewForGoodWhenOthersFollow) {
  Redactor redactor;
  redactor.learn_token("sid", "8f14e45fceea167a");
  end_many_cases(redactor);
  EXPECT_NE(redactor.redact("8f14e45fceea167a"), "8f14e45fceea167a");
  redactor.release_lasting_tokens();
  EXPECT_NE(redactor.redact("8f14e45fceea167a"), "8f14e45fceea167a") << "what the app writes of it may come later";
  redactor.learn_token("sid", "8f14e45fceea167a");
  redactor.release_lasting_tokens();
  end_many_cases(redactor);
  EXPECT_EQ(redactor.redact("8f14e45fceea167a"), "8f14e45fceea167a");
}

TEST(Redactor, AnAttemptAtACaseLetsGoWithItAndAnotherCaseDoesNot) {
  Redactor redactor;
  redactor.learn_token("code", "first-attempt-81", "a.toml#one#2");
  redactor.learn_token("code", "ten-has-its-own-82", "a.toml#one0");
  redactor.release_tokens("a.toml#one");
  end_many_cases(redactor);
  EXPECT_EQ(redactor.redact("first-attempt-81"), "first-attempt-81");
  EXPECT_NE(redactor.redact("ten-has-its-own-82"), "ten-has-its-own-82");
}

TEST(Redactor, NeverForgetsSecretsNorTokensOfTheRun) {
  Redactor redactor;
  redactor.learn(secret("8f14e45fceea167a"));
  redactor.learn_token("sid", "8f14e45fceea167a", "a.toml#one"); // the app uses the password as a session
  redactor.learn_token("key", "of-the-run-45c4");
  redactor.learn_token("key", "of-the-run-45c4", "a.toml#one");
  redactor.release_tokens("a.toml#one");
  end_many_cases(redactor);
  EXPECT_EQ(redactor.redact("8f14e45fceea167a"), "‹ada.password›");
  EXPECT_EQ(redactor.redact("OGYxNGU0NWZjZWVhMTY3YQ=="), "‹ada.password›");
  EXPECT_EQ(redactor.redact("of-the-run-45c4"), redactor.token_mask("key", "of-the-run-45c4"));
}

TEST(Redactor, ServesThreadsThatLearnAndRedact) {
  Redactor redactor;
  redactor.learn(secret("hunter2000"));
  std::vector<std::jthread> threads;
  std::vector<int> right(3);
  for (std::size_t i = 0; i < right.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 100; ++round) {
        const std::string token = "token-" + std::to_string(i) + "-" + std::to_string(round);
        redactor.learn_token("t", token);
        right[i] += redactor.redact("hunter2000 " + token) == "‹ada.password› " + redactor.token_mask("t", token);
      }
    });
  }
  threads.clear();
  EXPECT_EQ(right, std::vector<int>(3, 100));
}

// ---- in pieces ----

TEST(RedactingStream, FindsASecretAcrossEveryBorder) {
  Redactor redactor;
  redactor.learn(secret("p&\"‹é%+ \\"));
  const std::string text =
      "a=p%26%22%E2%80%B9%C3%A9%25%2B+%5C&b=p&amp;&quot;‹é%+ \\; Basic YWRhOnAmIuKAucOpJSsgXA== end";
  const std::string wanted = redactor.redact(text);
  ASSERT_EQ(wanted, "a=‹ada.password›&b=‹ada.password›; Basic YWRhO‹ada.password› end");
  for (std::size_t border = 0; border <= text.size(); ++border) {
    RedactingStream stream(redactor);
    std::string got = stream.push(std::string_view(text).substr(0, border));
    got += stream.push(std::string_view(text).substr(border));
    got += stream.finish();
    EXPECT_EQ(got, wanted) << border;
  }
  RedactingStream stream(redactor);
  std::string got;
  for (const char c : text) got += stream.push({&c, 1});
  EXPECT_EQ(got + stream.finish(), wanted);
}

TEST(RedactingStream, HandsOutWhatIsSettledAtOnce) {
  Redactor redactor;
  redactor.learn(secret("hunter2000"));
  RedactingStream stream(redactor);
  EXPECT_EQ(stream.push("GET /login\n"), "GET /login\n");
  EXPECT_EQ(stream.push("password hunt"), "password ");
  EXPECT_EQ(stream.push("ing\n"), "hunting\n");
  EXPECT_EQ(stream.push("hunter2000"), "‹ada.password›");
  EXPECT_EQ(stream.push("hunter"), "");
  EXPECT_EQ(stream.finish(), "hunter");
  EXPECT_EQ(stream.finish(), "");
}

TEST(RedactingStream, WaitsForTheLongerOfTwo) {
  Redactor redactor;
  redactor.learn(secret("hunter", "short"));
  redactor.learn(secret("hunter2000", "long"));
  RedactingStream stream(redactor);
  EXPECT_EQ(stream.push("hunter20"), "");
  EXPECT_EQ(stream.push("00!"), "‹long›!");
  EXPECT_EQ(stream.push("hunter20"), "");
  EXPECT_EQ(stream.push("1!"), "‹short›201!");
}

} // namespace
} // namespace murphy::record
