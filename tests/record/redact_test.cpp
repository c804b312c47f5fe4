#include "record/redact.h"

#include "record/fields.h"
#include "record/journal.h"
#include "samples.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace murphy::record {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

constexpr const char* hard = "p&\"‹é%+ \\";

std::shared_ptr<const Secret> shared_secret(std::string characters) {
  return std::make_shared<const Secret>(std::move(characters), "ada.password");
}

// Puts a text into every string of an event.
struct Fill {
  std::string text;
  template <class T> void operator()(const char*, T& member) const { into(member); }
  void into(std::string& member) const { member = text; }
  template <class T> void into(std::vector<T>& members) const {
    for (T& member : members) into(member);
  }
  template <class T> void into(std::optional<T>& member) const {
    if (member) into(*member);
  }
  template <class T> void into(Boxed<T>& member) const {
    if (member) into(*member);
  }
  template <class T> void into(Shared<T>& member) const { into(member.edit()); }
  template <class T> void into(T& member) const {
    if constexpr (std::is_class_v<T> && requires { fields(member, *this); }) fields(member, *this);
  }
};

// The strings of an event by the path of their members.
struct Collect {
  std::map<std::string, std::string>& found;
  std::string path;
  template <class T> void operator()(const char* name, const T& member) const {
    Collect{found, path + "." + name}.into(member);
  }
  void into(const std::string& member) const { found[path] = member; }
  template <class T> void into(const std::vector<T>& members) const {
    for (const T& member : members) into(member);
  }
  template <class T> void into(const std::optional<T>& member) const {
    if (member) into(*member);
  }
  template <class T> void into(const Boxed<T>& member) const {
    if (member) into(*member);
  }
  template <class T> void into(const Shared<T>& member) const { into(*member); }
  template <class T> void into(const T& member) const {
    if constexpr (std::is_class_v<T> && requires { fields(member, *this); }) fields(member, *this);
  }
};

TEST(RedactText, MasksWhatOpensDoorsInATextOfTheApp) {
  Redactor redactor;
  redactor.learn(shared_secret("correct-horse-9"));
  EXPECT_THAT(redact_text("/auth?session_code=p3Qz81kQ&client_id=web", redactor),
              MatchesRegex("/auth\\?session_code=‹session_code:[0-9a-f]+›&client_id=web"));
  EXPECT_EQ(redact_text("/auth?token=correct-horse-9", redactor), "/auth?token=‹ada.password›");
  EXPECT_EQ(redact_text("/auth?client_id=web", redactor), "/auth?client_id=web");
}

// What names something the user wrote, or is Murphy's own word: it must stay, or nothing finds its place again.
bool is_name(const std::string& path) {
  static const std::vector<std::string> ends = {".id",
                                                ".file",
                                                ".feature",
                                                ".plan.name",
                                                ".tags",
                                                ".ticket",
                                                ".requirements",
                                                ".murphy_version",
                                                ".project",
                                                ".target",
                                                ".hostname",
                                                ".accounts",
                                                ".conditions.secrets",
                                                ".conditions.variables.name",
                                                ".conditions.files.sha256",
                                                ".members.user",
                                                ".origin.commit",
                                                ".origin.branch",
                                                ".origin.base",
                                                ".origin.folder",
                                                ".origin.pull_request",
                                                ".origin.build",
                                                ".origin.target_version",
                                                ".shard.plan",
                                                ".failures.key",
                                                ".failure.key",
                                                ".method",
                                                ".encoding",
                                                ".remote",
                                                ".fingerprint",
                                                ".fields.type"};
  return std::ranges::any_of(ends, [&](const std::string& end) { return path.ends_with(end); });
}

TEST(Redact, ReachesEveryStringButNames) {
  for (Event event : full_events()) {
    std::visit([](auto& value) { Fill{hard}.into(value); }, event);
    Redactor redactor;
    redactor.learn(shared_secret(hard));
    const Event redacted = redact(event, redactor);
    std::map<std::string, std::string> strings;
    std::visit([&](const auto& value) { Collect{strings, {}}.into(value); }, redacted);
    for (const auto& [path, text] : strings) {
      if (is_name(path)) {
        EXPECT_EQ(text, hard) << path;
      } else if (path.ends_with(".conditions.variables.value")) {
        EXPECT_EQ(text, "") << "it is kept whole or not at all";
      } else {
        EXPECT_THAT(text, Not(HasSubstr(hard))) << path;
        EXPECT_THAT(text, HasSubstr("‹")) << path;
      }
    }
  }
}

TEST(Redact, MasksWhatWasGotBeforeItIsCut) {
  const std::string filler(1360, 'x');
  StepFinished event;
  Failure failure;
  failure.got =
      got_text(filler + "correct horse 9" + std::string(5000, 'y') + "correct horse 9" + filler.substr(0, 675));
  event.step.failures = {failure};
  Redactor redactor;
  redactor.learn(shared_secret("correct horse 9"));
  const Got got = std::get<StepFinished>(redact(event, redactor)).step.failures.front().got;
  EXPECT_LE(got.text.size(), 2048U + 8);
  EXPECT_EQ(got.bytes, failure.got.bytes);
  for (const char* piece : {"corr", "orse", "se 9"}) EXPECT_THAT(got.text, Not(HasSubstr(piece)));
  EXPECT_THAT(got.text, HasSubstr(" […] "));
}

TEST(Redact, LeavesAnEventWithoutSecretsAsItIs) {
  for (const Event& event : full_events()) {
    Redactor redactor;
    redactor.learn(shared_secret(hard));
    EXPECT_EQ(redact(event, redactor), event);
  }
}

Exchange signing_in() {
  Exchange exchange;
  exchange.method = "POST";
  exchange.url = "http://127.0.0.1/login?state=af0ifjsldkj1&next=/";
  exchange.request_headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                              {"Cookie", "sid=8f14e45fceea167a; theme=dark"},
                              {"Authorization", "Bearer c9f0f895fb98ab91"}};
  exchange.request_body = "csrf=a1d0c6e83f027327&email=ada%40example.com&password=p%26%22%E2%80%B9%C3%A9%25%2B+%5C";
  exchange.headers = {{"Set-Cookie", "sid=45c48cce2e2d7fbd; Path=/; HttpOnly"}, {"Location", "/welcome?code=123456"}};
  exchange.body =
      "<input type=hidden name=csrf value=\"a1d0c6e83f027327\"> session 8f14e45fceea167a became 45c48cce2e2d7fbd";
  return exchange;
}

Event step_with(const Exchange& exchange, const std::string& console = {}) {
  StepFinished event;
  event.id = "a.toml#x";
  event.step.evidence.exchanges = {exchange};
  event.step.evidence.console = {{.at = {}, .text = console}};
  return event;
}

const Evidence& evidence(const Event& event) { return std::get<StepFinished>(event).step.evidence; }

TEST(Redact, MasksTokensByTheirPlaces) {
  Redactor redactor;
  redactor.learn(shared_secret(hard));
  const Event event = redact(step_with(signing_in()), redactor);
  const Exchange& exchange = evidence(event).exchanges[0];
  EXPECT_THAT(exchange.url, MatchesRegex("http://127.0.0.1/login\\?state=‹state:....›&next=/"));
  EXPECT_EQ(exchange.request_headers[0].value, "application/x-www-form-urlencoded");
  EXPECT_THAT(exchange.request_headers[1].value, MatchesRegex("sid=‹sid:....›; theme=‹theme:....›"));
  EXPECT_THAT(exchange.request_headers[2].value, MatchesRegex("Bearer ‹authorization:....›"));
  EXPECT_THAT(exchange.request_body, MatchesRegex("csrf=‹csrf:....›&email=ada%40example.com&password=‹ada.password›"));
  EXPECT_THAT(exchange.headers[0].value, MatchesRegex("sid=‹sid:....›; Path=/; HttpOnly"));
  EXPECT_THAT(exchange.headers[1].value, MatchesRegex("/welcome\\?code=‹code:....›"));
  EXPECT_THAT(exchange.body,
              MatchesRegex("<input type=hidden name=csrf value=\"‹csrf:....›\"> session ‹sid:....› became ‹sid:....›"));
}

TEST(Redact, TellsEqualTokensFromChangedOnes) {
  Redactor redactor;
  const Event event = redact(step_with(signing_in()), redactor);
  const Exchange& exchange = evidence(event).exchanges[0];
  const auto tag = [](const std::string& text, const std::string& kind) {
    return text.substr(text.find("‹" + kind + ":"), kind.size() + 11);
  };
  EXPECT_EQ(tag(exchange.request_body, "csrf"), tag(exchange.body, "csrf"));
  EXPECT_EQ(tag(exchange.request_headers[1].value, "sid"), tag(exchange.body, "sid"));
  EXPECT_NE(tag(exchange.request_headers[1].value, "sid"), tag(exchange.headers[0].value, "sid"));
}

TEST(Redact, FindsTokensOfOneEventInLaterOnes) {
  Redactor redactor;
  redact(step_with(signing_in()), redactor);
  const Event later =
      redact(step_with({}, "session 45c48cce2e2d7fbd loaded, theme dark, bearer c9f0f895fb98ab91"), redactor);
  EXPECT_THAT(evidence(later).console[0].text,
              MatchesRegex("session ‹sid:....› loaded, theme dark, bearer ‹authorization:....›"));
}

TEST(Redact, ForgetsTheTokensOfACaseOnlyAfterItsEnd) {
  Redactor redactor;
  redact(step_with(signing_in()), redactor);
  const auto end_others = [&] {
    for (std::size_t i = 0; i < Redactor::released_tokens; ++i) {
      redactor.learn_token("sid", "another-session-" + std::to_string(i), "a.toml#y");
      redactor.release_tokens("a.toml#y");
    }
  };
  const Event later = step_with({}, "session 45c48cce2e2d7fbd loaded");
  end_others();
  EXPECT_THAT(evidence(redact(later, redactor)).console[0].text, MatchesRegex("session ‹sid:....› loaded"));
  redact(CaseFinished{.id = "a.toml#x", .outcome = Outcome::passed, .duration = {}, .note = {}}, redactor);
  EXPECT_THAT(evidence(redact(later, redactor)).console[0].text, MatchesRegex("session ‹sid:....› loaded"));
  end_others();
  EXPECT_EQ(evidence(redact(later, redactor)).console[0].text, "session 45c48cce2e2d7fbd loaded");
}

TEST(Redact, FindsTokensOfTheSameEventWhereverTheyStand) {
  Redactor redactor;
  const Event event = redact(step_with(signing_in(), "INSERT INTO sessions VALUES ('45c48cce2e2d7fbd')"), redactor);
  EXPECT_THAT(evidence(event).console[0].text, MatchesRegex("INSERT INTO sessions VALUES \\('‹sid:....›'\\)"));
}

TEST(Redact, MasksHiddenTokensAndPasswordsOfAFilledForm) {
  StepFinished event;
  event.step.evidence.form =
      FilledForm{.name = "Sign in",
                 .method = "POST",
                 .action = "/login",
                 .encoding = "",
                 .fields = {{.label = "csrf", .name = "csrf", .type = "hidden", .value = "x1"},
                            {.label = "Password", .name = "p", .type = "password", .value = "typed"},
                            {.label = "Again", .name = "p2", .type = "password", .value = "‹ada.password›"},
                            {.label = "Empty", .name = "p3", .type = "password", .value = ""},
                            {.label = "Email", .name = "session[email]", .type = "email", .value = "ada@example.com"}}};
  Redactor redactor;
  const Event redacted = redact(event, redactor);
  const std::vector<FilledField>& filled = evidence(redacted).form->fields;
  EXPECT_THAT(filled[0].value, MatchesRegex("‹csrf:....›"));
  EXPECT_THAT(filled[1].value, MatchesRegex("‹p:....›"));
  EXPECT_EQ(filled[2].value, "‹ada.password›");
  EXPECT_EQ(filled[3].value, "");
  EXPECT_EQ(filled[4].value, "ada@example.com");
}

TEST(Redact, ChangesNothingTheSecondTime) {
  Redactor redactor;
  redactor.learn(shared_secret(hard));
  const Event once = redact(step_with(signing_in()), redactor);
  EXPECT_EQ(redact(once, redactor), once);
}

TEST(Redact, LeavesOutASignatureThatASecretStandsIn) {
  Redactor redactor;
  redactor.learn(shared_secret(hard));
  EvidenceGathered event;
  event.signatures.resize(2);
  event.signatures.front().pattern = "password=(?<name>[a-z0-9]{32})";
  event.signatures.back().example = hard;
  EXPECT_THAT(std::get<EvidenceGathered>(redact(event, redactor)).signatures,
              testing::ElementsAre(event.signatures.front()))
      << "and a pattern that only looks like a password stays as it is";
}

TEST(Redact, KeepsNoVariableThatHoldsASecret) {
  Redactor redactor;
  redactor.learn(shared_secret(hard));
  RunStarted event;
  RunConditions conditions;
  conditions.variables = {{.name = "locale", .value = "en"},
                          {.name = "link", .value = "/reset?key=" + std::string(hard)},
                          {.name = "next", .value = "/login?session_token=0123456789abcdef0123456789abcdef"}};
  conditions.resolve = {std::string(hard)};
  event.conditions = conditions;
  const Event masked = redact(event, redactor);
  const RunConditions& kept = *std::get<RunStarted>(masked).conditions;
  EXPECT_EQ(kept.variables[0], conditions.variables[0]);
  EXPECT_EQ(kept.variables[1], (GivenVariable{.name = "link", .value = "", .is_hidden = true}));
  EXPECT_EQ(kept.variables[2], (GivenVariable{.name = "next", .value = "", .is_hidden = true}));
  EXPECT_THAT(kept.resolve[0], Not(HasSubstr(hard)));
}

TEST(Redact, LetsNoSecretIntoTheJournal) {
  Redactor redactor;
  redactor.learn(shared_secret(hard));
  for (Event event : full_events()) {
    std::visit([](auto& value) { Fill{"x " + std::string(hard) + " y"}.into(value); }, event);
    if (std::holds_alternative<RunStarted>(event) || std::holds_alternative<CaseStarted>(event)) continue; // names
    std::map<std::string, std::string> strings;
    const auto again = parse_journal(journal_line(redact(event, redactor)), "run.jsonl");
    ASSERT_TRUE(again);
    std::visit([&](const auto& value) { Collect{strings, {}}.into(value); }, again->at(0));
    for (const auto& [path, text] : strings) {
      if (is_name(path)) continue;
      EXPECT_THAT(text, Not(HasSubstr(hard))) << path;
    }
  }
}

} // namespace
} // namespace murphy::record
