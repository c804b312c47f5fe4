#include "diagnose/suggest.h"

#include "diagnose/lines.h"

#include <functional>
#include <gmock/gmock.h>
#include <ostream>

namespace murphy::diagnose {
namespace {

using record::SuggestionOrigin;

using Change = std::function<void(Evidence&)>;

record::Table table(std::string name, const std::vector<std::string>& columns) {
  record::Table made;
  made.name = std::move(name);
  for (const std::string& column : columns) made.columns.emplace_back().name = column;
  return made;
}

Change with_tables(std::vector<record::Table> tables) {
  return [=](Evidence& evidence) { evidence.schema.emplace().tables = tables; };
}

// ---- the near name, and where it comes from ----

struct SuggestRow {
  const char* name;
  std::vector<std::string> console;
  std::string meant;
  SuggestionOrigin origin = SuggestionOrigin::none;
  std::string table = {};
  Change change = {};
};

void PrintTo(const SuggestRow& row, std::ostream* out) { *out << row.name; }

class Suggestions : public testing::TestWithParam<SuggestRow> {};

TEST_P(Suggestions, ComeFromTheSurestList) {
  const SuggestRow& row = GetParam();
  Evidence evidence;
  evidence.console = row.console;
  if (row.change) row.change(evidence);
  const LogText console(record::EvidenceSource::console, readable(evidence.console));
  const auto findings = find_errors({&console}, {}, Signatures::built_in());
  ASSERT_FALSE(findings.empty());
  const Suggestion suggestion = suggest(findings.front(), evidence);
  EXPECT_EQ(suggestion.name, row.meant);
  EXPECT_EQ(suggestion.origin, row.origin);
  EXPECT_EQ(suggestion.table, row.table);
}

INSTANTIATE_TEST_SUITE_P(
    All, Suggestions,
    testing::ValuesIn(std::vector<SuggestRow>{
        {.name = "TheOnlyChoiceOfAShortName",
         .console = {"FieldError: Invalid field name(s) given in select_related: 'usr'. Choices are: user"},
         .meant = "user",
         .origin = SuggestionOrigin::choices_in_message},
        {.name = "WhatAListWithBulletsAsksFor",
         .console = {"** (KeyError) key :current_usr not found in: %{", "  flash: %{}", "}. Did you mean:", "",
                     "      * :current_user", "", "    (portal 0.1.0) lib/portal_web/index.html.heex:3"},
         .meant = "current_user",
         .origin = SuggestionOrigin::choices_in_message},
        {.name = "NoListOfAnotherError",
         .console = {"ERROR: column \"emial\" does not exist",
                     "** (KeyError) key :current_usr not found in: %{}. Did you mean:", "", "      * :current_user"},
         .meant = "email",
         .origin = SuggestionOrigin::usual_spelling},
        {.name = "AFunctionOfAListWithBullets",
         .console = {"function Portal.Accounts.get_user_by_emial/1 is undefined or private. Did you mean:", "",
                     "      * get_user_by_email/1"},
         .meant = "get_user_by_email",
         .origin = SuggestionOrigin::choices_in_message},
        {.name = "ANameOnALineOfItsOwnBelow",
         .console =
             {"django.template.exceptions.TemplateSyntaxError: 'crispy_form_tags' is not a registered tag library. "
              "Must be one of:\nadmin_list\ncache\ncrispy_forms_tags\nstatic\n[11/Mar] \"GET /login\" 500"},
         .meant = "crispy_forms_tags",
         .origin = SuggestionOrigin::choices_in_message},
        {.name = "AnOptionThatIsMarkedAbove",
         .console =
             {"  select: {\n    appThem: true,\n    ~~~~~~~\n?   appTheme?: true,\n?   id?: true\n  }\n\nUnknown field "
              "`appThem` for select statement on model `User`. Available options are marked with ?."},
         .meant = "appTheme",
         .origin = SuggestionOrigin::choices_in_message},
        {.name = "NoAccessorThatWasTried",
         .console = {"Neither the property \"ownerNam\" nor one of the methods \"ownerNam()\", \"getownerNam()\"/"
                     "\"isownerNam()\"/\"hasownerNam()\" or \"__call()\" exist and have public access in class "
                     "\"App\\User\"."},
         .meant = ""},
        {.name = "AUsualWordThatIsNearerThanATable",
         .console = {"jinja2.exceptions.UndefinedError: 'dashbord' is undefined"},
         .meant = "dashboard",
         .origin = SuggestionOrigin::usual_spelling,
         .change =
             [](Evidence& evidence) {
               evidence.known_good.emplace().schema.emplace().tables = {table("dashboards", {"id"})};
             }},
        {.name = "ADatabaseIsNoUsualWord", .console = {"FATAL:  database \"expres\" does not exist"}, .meant = ""},
        {.name = "ATableOfOneLetterMore",
         .console = {"no such table: usr"},
         .meant = "user",
         .origin = SuggestionOrigin::schema,
         .table = "user",
         .change = with_tables({table("user", {"id"}), table("dashboard", {"id"})})},
        {.name = "TwoTablesOfOneLetterMore",
         .console = {"no such table: usr"},
         .meant = "",
         .change = with_tables({table("user", {"id"}), table("usrs", {"id"})})},
        {.name = "TheEnginesHint",
         .console = {"ERROR:  column users.emial does not exist at character 8",
                     "HINT:  Perhaps you meant to reference the column \"users.email\"."},
         .meant = "email",
         .origin = SuggestionOrigin::engine_hint,
         .change = with_tables({table("users", {"emil"})})},
        {.name = "AChoiceOfTheMessage",
         .console =
             {"django.core.exceptions.FieldError: Cannot resolve keyword 'emial' into field. Choices are: email, "
              "id"},
         .meant = "email",
         .origin = SuggestionOrigin::choices_in_message},
        {.name = "NoChoiceIsNear",
         .console = {"django.core.exceptions.FieldError: Cannot resolve keyword 'emial' into field. Choices are: id"},
         .meant = ""},
        {.name = "AnAttributeThatTheObjectShows",
         .console = {"NoMethodError (undefined method `emial' for #<User id: 1, email: \"a\">)"},
         .meant = "email",
         .origin = SuggestionOrigin::attributes_in_message},
        {.name = "AColumnOfTheSameTable",
         .console = {"no such column: users.emial"},
         .meant = "email",
         .origin = SuggestionOrigin::schema,
         .table = "users",
         .change = with_tables({table("old", {"emil"}), table("users", {"email"})})},
        {.name = "TheSameColumnOfAnotherTable",
         .console = {"no such column: users.title"},
         .meant = "title",
         .origin = SuggestionOrigin::schema,
         .table = "pages",
         .change = with_tables({table("users", {"email"}), table("pages", {"title"})})},
        {.name = "AColumnOfAnyTable",
         .console = {"no such column: u.emial"},
         .meant = "email",
         .origin = SuggestionOrigin::schema,
         .table = "users",
         .change = with_tables({table("users", {"email"})})},
        {.name = "ATable",
         .console = {"no such table: usres"},
         .meant = "users",
         .origin = SuggestionOrigin::schema,
         .table = "users",
         .change = with_tables({table("users", {"email"})})},
        {.name = "NothingOfTheSchemaIsNear",
         .console = {"no such column: users.pasword"},
         .meant = "",
         .change = with_tables({table("users", {"email"})})},
        {.name = "AFieldOfTheBaseline",
         .console = {"KeyError: 'zqwk_name'"},
         .meant = "zqkw_name",
         .origin = SuggestionOrigin::baseline,
         .change = [](Evidence& evidence) { evidence.known_good.emplace().fields = {"user[zqkw_name]"}; }},
        {.name = "AColumnOfTheStatement",
         .console = {"ERROR:  column users.zqwk_name does not exist",
                     "SELECT \"users\".\"zqkw_name\" FROM \"users\" WHERE \"users\".\"zqwk_name\" = $1"},
         .meant = "zqkw_name",
         .origin = SuggestionOrigin::statement},
        {.name = "TheUsualSpelling",
         .console = {"KeyError: 'pasword'"},
         .meant = "password",
         .origin = SuggestionOrigin::usual_spelling},
        {.name = "NoSpellingOfWhatNobodyTyped",
         .console = {"FATAL:  password authentication failed for user \"usre\""},
         .meant = ""},
    }),
    [](const auto& each) { return std::string(each.param.name); });

// ---- who slipped ----

TEST(Slips, AreOfTheOneThatIsNotSpelledAsUsual) {
  struct Case {
    std::string asked, present;
    Slip slip;
    std::vector<std::string> fields = {};
  };
  for (const Case& each :
       {Case{"emial", "email", Slip::asked}, Case{"email", "emial", Slip::present}, Case{"zqwk", "zqkw", Slip::unknown},
        Case{"zqwk", "zqkw", Slip::present, {"user[zqwk]"}}, Case{"zqwk", "zqkw", Slip::asked, {"zqkw"}},
        Case{"pasword", "", Slip::asked}, Case{"email", "", Slip::unknown}, Case{"email", "emails", Slip::unknown}}) {
    Evidence evidence;
    evidence.fields = each.fields;
    EXPECT_EQ(static_cast<int>(who_slipped(each.asked, each.present, evidence)), static_cast<int>(each.slip))
        << each.asked << ", " << each.present;
  }
}

TEST(Slips, OfTablesFollowTheOthers) {
  Evidence evidence;
  with_tables({table("members", {}), table("groups", {}), table("session_token", {})})(evidence);
  EXPECT_EQ(who_slipped("session_tokens", "session_token", evidence), Slip::present) << "all others are plurals";
  with_tables({table("member", {}), table("group", {}), table("session_tokens", {})})(evidence);
  EXPECT_EQ(who_slipped("session_token", "session_tokens", evidence), Slip::present) << "all others are singulars";
}

} // namespace
} // namespace murphy::diagnose
