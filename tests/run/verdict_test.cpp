#include "run/form_rules/matrix.h"
#include "run/form_rules/verdict.h"

#include "fake_browser.h"

#include <gtest/gtest.h>

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

Verdict read(const std::vector<std::shared_ptr<FakePage>>& answers, const Arrival* arrival) {
  return read_verdict(visit_of(answers), {"Create account", {"Email", "user[email]"}, {}, "/login", arrival});
}

const Arrival valid_arrival{"/dashboard", true, false, {"Please confirm your address."}};
const Arrival same_page{"/signup", false, true, {}};

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
  auto json = fake_page("/api", 422);
  json->words = "{\"error\": \"email\"}";
  const auto moved = fake_page("/signup", 303);
  const std::vector<Case> cases{
      {"as the valid one", {moved, confirmed}, &valid_arrival, Kind::accepted},
      {"a page of its own", {moved, fake_page("/users/17")}, &valid_arrival, Kind::accepted},
      {"the first valid one", {moved, confirmed}, nullptr, Kind::accepted},
      {"the form again, as after the valid one", {form_page(200, {})}, &same_page, Kind::accepted},
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
      {"words of a lock", {form_page(200, {{{}, "Too many attempts"}})}, &valid_arrival, Kind::locked},
      {"the sign-in page", {moved, fake_page("/login")}, &valid_arrival, Kind::signed_out},
      {"forbidden", {fake_page("/signup", 403)}, &valid_arrival, Kind::unknown},
      {"a page that cannot be read", {moved, unreadable}, &valid_arrival, Kind::unknown},
      {"a page nobody knows", {fake_page("/signup")}, &valid_arrival, Kind::unknown},
  };
  for (const Case& each : cases) EXPECT_EQ(read(each.answers, each.arrival).kind, each.kind) << each.what;
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
          {kind, "words", {200, "/there", {}, {}}, {}}};
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
  Tried other = tried(false, Kind::refused_here);
  other.verdict.words = "has already been taken";
  EXPECT_EQ(server({good, other}), Standing::unknown);
  other.is_named = true;
  EXPECT_EQ(server({good, other}), Standing::enforced);
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
