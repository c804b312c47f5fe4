#include "diagnose/finding.h"

#include "diagnose/lines.h"

#include <gmock/gmock.h>
#include <ostream>

namespace murphy::diagnose {
namespace {

using record::EvidenceSource;
using testing::ElementsAre;
using testing::IsEmpty;

struct Found {
  std::vector<std::string> kinds; // the cause first
  std::vector<std::string> names;
  std::vector<double> weights;
  std::vector<std::string> choices; // of all of them
};

Found found(const std::string& console, const std::vector<std::string>& usual_lines = {}) {
  const LogText text(EvidenceSource::console, readable(console));
  Found all;
  for (const Finding& finding : find_errors({&text}, usual_lines, Signatures::built_in())) {
    all.kinds.push_back(finding.signature->kind);
    all.choices.insert(all.choices.end(), finding.choices.begin(), finding.choices.end());
    all.names.push_back(finding.name);
    all.weights.push_back(finding.weight);
  }
  return all;
}

TEST(FindErrors, PutsACauseBeforeWhatFollowsFromIt) {
  EXPECT_THAT(found("Can't verify CSRF token authenticity\nno such column: users.emial\n").names.front(), "emial");
  EXPECT_THAT(found("KeyError: 'emial'\nno such column: users.pasword\n").names, ElementsAre("pasword", "emial"));
}

TEST(FindErrors, TakesOfTwoAlikeTheFirst) {
  EXPECT_EQ(found("no such column: users.emial\nno such column: users.pasword\n").names.front(), "emial");
}

TEST(FindErrors, GivesAHintToTheErrorBeforeIt) {
  const LogText text(EvidenceSource::console, "ERROR:  column users.emial does not exist\n"
                                              "HINT:  Perhaps you meant to reference the column \"users.email\".");
  const auto findings = find_errors({&text}, {}, Signatures::built_in());
  ASSERT_FALSE(findings.empty());
  EXPECT_THAT(findings.front().meant, ElementsAre("email"));
  EXPECT_EQ(findings.front().owner, "users");
}

TEST(FindErrors, PassesOverWhatAHealthyRunWrites) {
  const std::string line = "PHP Warning:  Undefined array key \"lang\" in /srv/a.php on line 17";
  EXPECT_THAT(found(line, {"PHP Warning:  Undefined array key \"lang\" in /srv/a.php on line 3"}).kinds, IsEmpty());
  EXPECT_THAT(found(line).names, ElementsAre("lang"));
}

TEST(FindErrors, PassesOverWhatStrangersAndProbesLeave) {
  EXPECT_THAT(found("Invalid HTTP_HOST header: '203.0.113.9'. You may need to add '203.0.113.9' to ALLOWED_HOSTS.\n"
                    "http: TLS handshake error from 10.0.0.9:51211: remote error: tls: unknown certificate\n"
                    "FATAL:  role \"root\" does not exist\n"
                    "LOG:  could not receive data from client: Connection reset by peer\n"
                    "LOG:  could not accept SSL connection: EOF detected\n"
                    "SSL_do_handshake() failed (SSL: error:0A00006C:SSL routines::bad key share) while SSL "
                    "handshaking, client: 10.0.0.9\n"
                    "AXES: New login failure by {username: \"eva\", ip_address: \"10.0.0.9\"}\n"
                    "Resolved [HttpRequestMethodNotSupportedException: Request method 'GET' is not supported]\n")
                  .kinds,
              IsEmpty());
  EXPECT_THAT(found("Invalid HTTP_HOST header: 'app.test:8000'.\nFATAL:  role \"rooot\" does not exist").names,
              ElementsAre("app.test:8000", "rooot"));
  EXPECT_THAT(found("Invalid HTTP_HOST header: '10.0.0.7:8000'.").names, ElementsAre("10.0.0.7:8000"));
}

TEST(FindErrors, OffersNoNameThatWasOnlyTried) {
  EXPECT_THAT(found("Neither the property \"emial\" nor one of the methods \"emial()\", \"getemial()\"/\"isemial()\" "
                    "or \"__call()\" exist and have public access in class \"App\\User\".")
                  .choices,
              IsEmpty());
}

TEST(FindErrors, PassesOverATraceThatTheCodeTrapped) {
  const std::string trace = "Traceback (most recent call last):\n  File \"bcrypt.py\", line 620, in _load\n"
                            "AttributeError: module 'bcrypt' has no attribute '__about__'\n";
  EXPECT_THAT(found("(trapped) error reading bcrypt version\n" + trace).kinds, IsEmpty());
  EXPECT_THAT(found("Exception ignored in: <function Pool.__del__ at 0x7f>\n" + trace).kinds, IsEmpty());
  EXPECT_THAT(found("error reading bcrypt version\n" + trace).names, ElementsAre("__about__"));
}

TEST(FindErrors, NamesTheFolderOfAFileWhoseNameIsMadeUp) {
  EXPECT_THAT(found("Could not open file /srv/store/14d1489a1d5eaf686708760c696731c0: No such file or directory").names,
              ElementsAre("/srv/store"));
  EXPECT_THAT(found("Could not open file /srv/store/accounts.db: No such file or directory").names,
              ElementsAre("/srv/store/accounts.db"));
}

TEST(FindErrors, ReadsSentencesThatNoSignatureTakesWithLessWeight) {
  const Found sentence = found("Backend \"pgslq\" is not supported");
  ASSERT_THAT(sentence.names, ElementsAre("pgslq"));
  EXPECT_LT(sentence.weights.front(), 5);
}

TEST(FindErrors, HasARowForWhatASentenceSaysMustHaveAValue) {
  const LogText text(EvidenceSource::console, "Field 'nickname' doesn't have a default value");
  const auto none = Signatures::compile({});
  ASSERT_TRUE(none);
  const auto findings = find_errors({&text}, {}, *none);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().signature->kind, "required");
  EXPECT_EQ(record::name_of(findings.front().signature->layer), "database");
}

TEST(FindErrors, NamesTheColumnOfAKey) {
  EXPECT_THAT(found("E11000 duplicate key error collection: club.users index: nick_1 dup key: { nick: null }").names,
              ElementsAre("nick"));
}

TEST(FindErrors, ReadsNoSentencesOfAPageForPeople) {
  LogText page(EvidenceSource::page, "The account \"ada\" does not exist");
  page.of_error = false;
  EXPECT_THAT(find_errors({&page}, {}, Signatures::built_in()), IsEmpty());
}

TEST(FindErrors, ReadsOfAPageForPeopleWhyAnAccountIsRefusedWhateverItsPassword) {
  const auto kinds = [](const char* words) {
    LogText page(EvidenceSource::page, words);
    page.of_error = false;
    std::vector<std::string> all;
    for (const Finding& each : find_errors({&page}, {}, Signatures::built_in())) all.push_back(each.signature->kind);
    return all;
  };
  EXPECT_THAT(kinds("Log in\nYour account is suspended.\nEmail"), ElementsAre("disabled"));
  EXPECT_THAT(kinds("Failed to read the configuration file"), ElementsAre("setting"));
  EXPECT_THAT(kinds("Wrong password, or the account is locked"), IsEmpty());
}

TEST(FindErrors, NamesTheSecretThatIsNotThereByTheCodeAroundIt) {
  const LogText text(EvidenceSource::console, "  File \"/x/signer.py\", line 6, in keys_of\n"
                                              "    return [key for key in secret_key]\n"
                                              "TypeError: 'NoneType' object is not iterable");
  const auto findings = find_errors({&text}, {}, Signatures::built_in());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().name, "secret_key");
  EXPECT_EQ(findings.front().signature->kind, "secret");
  EXPECT_EQ(record::name_of(findings.front().signature->layer), "config");
  EXPECT_THAT(found("    return [key for key in keys]\nTypeError: 'NoneType' object is not iterable").kinds,
              ElementsAre("null"));
}

TEST(FindErrors, PassesOverSourceCode) {
  for (const char* line :
       {"$e = new UserNotFoundException();", " * @throws SyntaxError When an error occurred",
        "} catch (SyntaxError $e) {", "  raise KeyError('emial')",
        "echo twig_escape_filter($c ?? throw new RuntimeError('Variable \"dashbord\" does not exist.'));",
        "17. throw new MissingSchemaException('no such table: usr');",
        "const failed = new NotFoundError('no such table: usr');"})
    EXPECT_THAT(found(line).kinds, IsEmpty()) << line;
  EXPECT_THAT(found("PDOException: no such table: usr;").names, ElementsAre("usr"));
}

TEST(FindErrors, KnowsARouteByItsPath) {
  EXPECT_THAT(found("No route found for \"GET http://127.0.0.1:47107/logn\"").names, ElementsAre("/logn"));
}

TEST(FindErrors, PutsWhatTheEnvironmentLacksBeforeWhatFollows) {
  EXPECT_THAT(
      found("KeyError: 'SESSION_SECRET'\nat=error code=H10 desc=\"App crashed\" method=GET path=\"/login\"").names,
      ElementsAre("SESSION_SECRET", ""));
}

TEST(FindErrors, PutsWarningsLast) {
  EXPECT_THAT(found("WARN unknown option \"cahce\", ignored\nERROR unknown option \"pasword\"").names,
              ElementsAre("pasword", "cahce"));
  for (const char* line : {"[Club] 7 - 11/28/2026 WARN [Routes] Unsupported route \"files\"",
                           "WARN: unknown option \"cahce\"", R"({"level":"warn","msg":"unknown option \"cahce\""})",
                           "warn: Club.Store[3]\n      unknown option \"cahce\""}) {
    const LogText text(EvidenceSource::console, readable(line));
    const auto findings = find_errors({&text}, {}, Signatures::built_in());
    ASSERT_EQ(findings.size(), 1U) << line;
    EXPECT_TRUE(findings.front().went_on) << line;
  }
  for (const char* line : {"ERROR unknown option \"cahce\"", "unknown option \"warn\"",
                           "WARN OptionException: unknown option \"cahce\""}) {
    const LogText text(EvidenceSource::console, line);
    const auto findings = find_errors({&text}, {}, Signatures::built_in());
    ASSERT_EQ(findings.size(), 1U) << line;
    EXPECT_FALSE(findings.front().went_on) << line;
  }
  EXPECT_THAT(found("info: Club.Store[3]\n      unknown option \"cahce\"").kinds, IsEmpty());
}

} // namespace
} // namespace murphy::diagnose
