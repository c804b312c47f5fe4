#include "run/form_rules/matrix.h"
#include "run/form_rules/verdict.h"

#include "fake_browser.h"

#include <gmock/gmock.h>

namespace murphy::run {
namespace {

using Kind = record::SubmissionEnd;
using record::Standing;

std::shared_ptr<FakePage> form_page(int status, std::vector<record::ShownError> errors) {
  auto page = fake_page("/signup", status);
  page->forms = {"Create account"};
  page->shown = std::move(errors);
  return page;
}

const std::vector<std::vector<std::string>> fields{{"Email", "user[email]"}, {"Name", "name"}};

Question asked(const SentTexts& sent, const AnswerText& loaded, const Arrival* arrival) {
  Question question;
  question.form = "Create account";
  question.names = fields.front();
  question.fields = fields;
  question.sign_in_path = "/login";
  question.loaded = &loaded;
  question.arrival = arrival;
  question.sent = &sent;
  return question;
}

Verdict read(const std::vector<std::shared_ptr<FakePage>>& answers, const Arrival* arrival) {
  const SentTexts sent;
  const AnswerText loaded = read_page(*form_page(200, {}), "Create account", sent);
  return read_verdict(visit_of(answers), asked(sent, loaded, arrival));
}

Arrival arrived(const std::vector<std::shared_ptr<FakePage>>& answers) {
  const SentTexts sent;
  const AnswerText loaded = read_page(*form_page(200, {}), "Create account", sent);
  return arrival_of(visit_of(answers), asked(sent, loaded, nullptr));
}

std::shared_ptr<FakePage> json_page(std::string body, int status = 200) {
  auto page = fake_page("/signup", status);
  page->html = false;
  page->content = page->words = std::move(body);
  return page;
}

std::shared_ptr<FakePage> saying(std::shared_ptr<FakePage> page, std::string words) {
  page->words = std::move(words);
  return page;
}

struct Case {
  const char* what;
  std::vector<std::shared_ptr<FakePage>> answers;
  const Arrival* arrival;
  Kind kind;
};

TEST(Verdict, IsReadFromStatusPageAndErrors) {
  auto confirmed = fake_page("/dashboard");
  confirmed->shown = {{{}, "Please confirm your address."}};
  auto unreadable = fake_page("/dashboard");
  unreadable->unreadable = Error{ErrorKind::target, "too deep", {}, {}, {}};
  const auto json = json_page("{\"error\": \"email\"}", 422);
  const auto moved = fake_page("/signup", 303);
  const Arrival valid_arrival = arrived({fake_page("/signup", 303), confirmed});
  const Arrival own_page = arrived({moved, fake_page("/users/16")});
  const Arrival same_page = arrived({form_page(200, {})});
  const Arrival saved = arrived({saying(form_page(200, {}), "Saved")});
  const std::vector<Case> cases{
      {"as the valid one", {moved, confirmed}, &valid_arrival, Kind::accepted},
      {"a page of its own", {moved, fake_page("/users/17")}, &own_page, Kind::accepted},
      {"a page unlike the valid one's", {moved, fake_page("/users/17")}, &valid_arrival, Kind::unknown},
      {"the first valid one", {moved, confirmed}, nullptr, Kind::accepted},
      {"the form again, as after the valid one, which says nothing", {form_page(200, {})}, &same_page, Kind::unknown},
      {"the words of the valid one", {saying(form_page(200, {}), "Saved")}, &saved, Kind::accepted},
      {"other words than the valid one's", {saying(form_page(200, {}), "Too long")}, &saved, Kind::refused_unplaced},
      {"the form without the words of the valid one", {form_page(200, {})}, &saved, Kind::refused_silently},
      {"new words where the valid one leads elsewhere",
       {saying(form_page(200, {}), "Too long")},
       &valid_arrival,
       Kind::refused_unplaced},
      {"an error at the field", {form_page(422, {{{"Email"}, "is taken"}})}, &valid_arrival, Kind::refused_here},
      {"an error at the field with 200",
       {form_page(200, {{{"user[email]"}, "bad"}})},
       &valid_arrival,
       Kind::refused_here},
      {"an error at the label in another case",
       {form_page(200, {{{"EMAIL"}, "bad"}})},
       &valid_arrival,
       Kind::refused_here},
      {"a redirect back to it", {moved, form_page(200, {{{"Email"}, "bad"}})}, &valid_arrival, Kind::refused_here},
      {"an error at another", {form_page(422, {{{"Name"}, "bad"}})}, &valid_arrival, Kind::refused_elsewhere},
      {"an error of the form", {form_page(422, {{{}, "bad"}})}, &valid_arrival, Kind::refused_unplaced},
      {"no word", {form_page(200, {})}, &valid_arrival, Kind::refused_silently},
      {"no word and 422", {fake_page("/signup", 422)}, &valid_arrival, Kind::refused_silently},
      {"no page", {json}, &valid_arrival, Kind::refused_unplaced},
      {"500", {fake_page("/signup", 500)}, &valid_arrival, Kind::server_error},
      {"500 after a redirect", {moved, fake_page("/dashboard", 500)}, &valid_arrival, Kind::server_error},
      {"429", {fake_page("/signup", 429)}, &valid_arrival, Kind::throttled},
      {"423", {fake_page("/signup", 423)}, &valid_arrival, Kind::locked},
      {"words that may be of a lock",
       {form_page(200, {{{}, "Too many letters"}})},
       &valid_arrival,
       Kind::refused_unplaced},
      {"the sign-in page", {moved, fake_page("/login")}, &valid_arrival, Kind::signed_out},
      {"forbidden", {fake_page("/signup", 403)}, &valid_arrival, Kind::unknown},
      {"a page that cannot be read", {moved, unreadable}, &valid_arrival, Kind::unknown},
      {"a page nobody knows", {fake_page("/signup")}, &valid_arrival, Kind::unknown},
  };
  for (const Case& each : cases) EXPECT_EQ(read(each.answers, each.arrival).kind, each.kind) << each.what;
}

// A short value may be a part of any word of the page: it is taken out of both answers, or of none.
TEST(Verdict, ComparesAnswersByTheSameTexts) {
  SentTexts sent;
  const AnswerText loaded = read_page(*form_page(200, {}), "Create account", sent);
  const auto dashboard = saying(fake_page("/dashboard"), "Welcome to the dashboard");
  dashboard->shown = {{{}, "Please confirm your address."}};
  const std::vector<std::shared_ptr<FakePage>> answers{fake_page("/signup", 303), dashboard};
  const Arrival arrival = arrival_of(visit_of(answers), asked(sent, loaded, nullptr));
  for (const char* text : {"dash", "com", "add"}) sent.add(text);
  EXPECT_EQ(read_verdict(visit_of(answers), asked(sent, loaded, &arrival)).kind, Kind::accepted);
}

TEST(Verdict, OfJsonIsReadFromItsMembers) {
  const Arrival with_success = arrived({json_page(R"({"success": true})")});
  const Arrival with_id = arrived({json_page(R"({"id": 7})", 201)});
  const auto kind = [](const std::shared_ptr<FakePage>& page, const Arrival& arrival) {
    return read({page}, &arrival).kind;
  };
  EXPECT_EQ(kind(json_page(R"({"success": true})"), with_success), Kind::accepted);
  EXPECT_EQ(kind(json_page(R"({"id": 8})", 201), with_id), Kind::accepted);
  EXPECT_EQ(kind(json_page(R"({"success": false, "errors": {"email": ["is not valid"]}})"), with_success),
            Kind::refused_here);
  EXPECT_EQ(kind(json_page(R"({"success": false, "errors": {"name": "is missing"}})"), with_success),
            Kind::refused_elsewhere);
  EXPECT_EQ(kind(json_page(R"({"ok": false})"), with_success), Kind::refused_unplaced);
  EXPECT_EQ(kind(json_page(R"({"success": false, "message": "zu lang"})"), with_success), Kind::refused_unplaced);
  EXPECT_EQ(kind(json_page(R"({"user[email]": ["Enter a valid address."]})", 400), with_id), Kind::refused_here);
  EXPECT_EQ(kind(json_page(R"({"title": "Bad", "errors": [{"pointer": "/data/email", "detail": "is wrong"}]})", 422),
                 with_id),
            Kind::refused_here);
  EXPECT_EQ(
      kind(json_page(R"({"detail": [{"loc": ["body", "email"], "msg": "is wrong", "type": "value_error"}]})", 422),
           with_id),
      Kind::refused_here);
  EXPECT_EQ(
      kind(json_page(R"({"issues": [{"path": ["email"], "code": "too_big", "message": "too long"}]})", 400), with_id),
      Kind::refused_here);
  EXPECT_EQ(kind(json_page(R"({"surprise": 1})"), with_success), Kind::unknown);
  EXPECT_EQ(kind(json_page(R"({"errors": "no"})", 403), with_id), Kind::refused_unplaced);
}

TEST(Verdict, LeavesOutWhatWasSentAndWhatIsCounted) {
  SentTexts sent;
  sent.add("Murphy qwertz");
  auto page = saying(fake_page("/people/17"), "Murphy qwertz is number 17");
  auto other = saying(fake_page("/people/18"), "Murphy asdfgh is number 18");
  const AnswerText first = read_page(*page, "Create account", sent);
  sent.add("Murphy asdfgh");
  const AnswerText second = read_page(*other, "Create account", sent);
  EXPECT_EQ(first.path.compared, second.path.compared);
  EXPECT_TRUE(lines_beyond(second.lines, first.lines).empty());
  EXPECT_EQ(quoted(lines_beyond({{"Two words", "Two words"}}, first.lines)), "Two words");
}

TEST(Verdict, SeesThatAnAnswerCouldBeALock) {
  const Arrival arrival = arrived({fake_page("/signup", 303), fake_page("/dashboard")});
  EXPECT_TRUE(read({fake_page("/signup", 403)}, &arrival).might_be_a_lock);
  EXPECT_TRUE(read({form_page(200, {{{}, "Too many attempts"}})}, &arrival).might_be_a_lock);
  EXPECT_FALSE(read({form_page(200, {{{}, "Too long"}})}, &arrival).might_be_a_lock);
}

TEST(Verdict, TellsWhatIsTakenFromWhatIsWrong) {
  EXPECT_TRUE(says_taken("Email has already been taken"));
  EXPECT_TRUE(says_taken("A user with that username already exists."));
  EXPECT_FALSE(says_taken("Enter a valid email address."));
}

const record::Requirement at_most_20{true, 20, {}};

RuledField rule(record::Requirement required, Standing page = Standing::enforced) {
  RuledField made;
  made.rule = "max_length";
  made.required = std::move(required);
  made.bound = 20;
  made.declared = "maxlength=20";
  made.page = page;
  made.far = Trial{};
  return made;
}

Tried tried(bool accept, Kind kind) {
  return {accept,
          described(std::string(accept ? 20 : 21, 'a'), Shown::value_and_length),
          {kind, "words", {200, "/there", {}, {}}, {}, false}};
}

TEST(Matrix, TakesTheWorstOfWhatARulesProbesSay) {
  const auto server = [](const std::vector<Tried>& all, std::optional<Tried> far = std::nullopt) {
    return cell_of(rule(at_most_20), "Name", all, far).server;
  };
  const Tried good = tried(true, Kind::accepted), refused = tried(false, Kind::refused_here);
  EXPECT_EQ(server({good, refused}), Standing::enforced);
  EXPECT_EQ(server({good, tried(false, Kind::refused_unplaced)}), Standing::enforced);
  EXPECT_EQ(server({tried(true, Kind::refused_here), refused}), Standing::stricter);
  EXPECT_EQ(server({tried(true, Kind::refused_elsewhere), refused}), Standing::unknown);
  EXPECT_EQ(server({good, tried(false, Kind::accepted)}, tried(false, Kind::refused_here)), Standing::looser);
  EXPECT_EQ(server({good, tried(false, Kind::accepted)}, tried(false, Kind::accepted)), Standing::missing);
  EXPECT_EQ(server({good, tried(false, Kind::refused_elsewhere)}), Standing::misplaced);
  EXPECT_EQ(server({good, tried(false, Kind::refused_silently)}), Standing::silent);
  EXPECT_EQ(server({tried(true, Kind::server_error), tried(false, Kind::accepted)}), Standing::error);
  EXPECT_EQ(server({}), Standing::unknown);
  Tried taken = tried(true, Kind::refused_here);
  taken.verdict.words = "has already been taken";
  EXPECT_EQ(server({taken, refused}), Standing::unknown) << "no rule of the value itself";
  taken.taken = Tried::Taken::accepted;
  EXPECT_EQ(server({taken, refused}), Standing::enforced);
  Tried other = tried(false, Kind::refused_here);
  other.verdict.words = "has already been taken";
  EXPECT_EQ(server({good, other}), Standing::unknown);
  other.taken = Tried::Taken::refused;
  EXPECT_EQ(server({good, other}), Standing::enforced);
  Tried made = refused;
  made.refuses_all = true;
  EXPECT_EQ(server({made}), Standing::unknown) << "its like is refused as well";
}

TEST(Matrix, ARuleThatWasNotJudgedDoesNotPass) {
  const auto codes = [](const RuledField& one, const std::vector<Tried>& all) {
    std::vector<record::FailureCode> found;
    for (const record::Failure& failure : failures_of(cell_of(one, "Name", all, {}), "source"))
      found.push_back(failure.code);
    return found;
  };
  const std::vector<Tried> unclear{tried(true, Kind::accepted), tried(false, Kind::unknown)};
  EXPECT_THAT(codes(rule(at_most_20), unclear), testing::ElementsAre(record::FailureCode::rule_not_judged));
  EXPECT_THAT(codes(rule({}), unclear), testing::ElementsAre(record::FailureCode::rule_not_judged));
  EXPECT_THAT(codes(rule(at_most_20), {}), testing::ElementsAre(record::FailureCode::rule_not_judged));
  EXPECT_THAT(codes(rule({}), {}), testing::IsEmpty()) << "the page asks for what no value can show";
  const record::ValidationCell late = cell_not_reached(rule(at_most_20), "Name");
  EXPECT_FALSE(record::is_judged(late));
  EXPECT_EQ(late.notes.front().kind, record::RuleNote::Kind::not_reached);
}

TEST(Matrix, HoldsNothingButAServerErrorAgainstARuleThatOnlyTheColumnHas) {
  RuledField of_column;
  of_column.rule = "unique";
  of_column.is_of_column = true;
  const auto server = [&](Kind kind, std::string words = {}) {
    Tried one = tried(true, kind);
    one.verdict.words = std::move(words);
    one.any_answer = true;
    const record::ValidationCell cell = cell_of(of_column, "Name", {one}, {});
    EXPECT_EQ(cell.holds, kind != Kind::server_error);
    EXPECT_EQ(failures_of(cell, "source").size(), cell.holds ? 0U : 1U);
    return cell.server;
  };
  EXPECT_EQ(server(Kind::accepted), Standing::none);
  EXPECT_EQ(server(Kind::refused_here, "has already been taken"), Standing::enforced);
  EXPECT_EQ(server(Kind::refused_elsewhere), Standing::enforced);
  EXPECT_EQ(server(Kind::refused_unplaced), Standing::enforced);
  EXPECT_EQ(server(Kind::refused_silently), Standing::unknown);
  EXPECT_EQ(server(Kind::unknown), Standing::unknown);
  EXPECT_EQ(server(Kind::server_error), Standing::error);
}

TEST(Matrix, FailsWhereTheServerIsLooserOrThePageStricter) {
  const auto failures = [](const RuledField& one, const std::vector<Tried>& all) {
    return failures_of(cell_of(one, "Name", all, {}), "source").size();
  };
  const std::vector<Tried> kept{tried(true, Kind::accepted), tried(false, Kind::refused_here)};
  const std::vector<Tried> stricter{tried(true, Kind::refused_here), tried(false, Kind::refused_here)};
  const record::Requirement& required = at_most_20;
  EXPECT_EQ(failures(rule(required), kept), 0U);
  EXPECT_EQ(failures(rule(required, Standing::looser), kept), 0U) << "only shown";
  EXPECT_EQ(failures(rule(required, Standing::missing), kept), 1U);
  EXPECT_EQ(failures(rule(required, Standing::stricter), kept), 1U);
  EXPECT_EQ(failures(rule(required), stricter), 1U);
  EXPECT_EQ(failures(rule({}), stricter), 0U) << "a server may be stricter than its page";
  EXPECT_EQ(failures(rule({}), {tried(false, Kind::accepted)}), 1U);
  EXPECT_EQ(failures(rule(required, Standing::missing), {tried(false, Kind::accepted)}), 2U);
}

} // namespace
} // namespace murphy::run
