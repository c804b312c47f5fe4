// Which columns stand behind a form's fields, how they stand to its rules, and what they give to ask.
#include "run/form_rules/columns.h"

#include "record/enumerators.h"
#include "run/form_rules/column_rules.h"

#include <cstdint>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::run {
namespace {

using record::Standing;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = record::SubmissionEnd;

record::Column column(std::string name, std::string type = "text", std::optional<std::int64_t> length = {},
                      bool nullable = true, bool has_default = false) {
  return {std::move(name), std::move(type), length, nullable, has_default};
}

record::Table table(std::string name, const std::vector<std::string>& columns) {
  record::Table made{.name = std::move(name), .columns = {}, .unique = {}};
  for (const std::string& each : columns) made.columns.push_back(column(each));
  return made;
}

drive::FormField field(std::string name, std::string label = {}, std::string type = "text") {
  drive::FormField made;
  if (!label.empty()) made.labels.push_back(std::move(label));
  made.labels.push_back(name);
  made.name = std::move(name);
  made.type = std::move(type);
  return made;
}

// Of each field the column behind it, "-" where there is none; the table first.
std::vector<std::string> behind(const std::vector<record::Table>& tables, const std::vector<drive::FormField>& fields) {
  const Columns columns = columns_behind({.engine = "postgresql", .tables = tables}, fields);
  std::vector<std::string> names{columns.table};
  for (const auto& each : columns.field) names.push_back(each ? each->column.name : "-");
  return names;
}

TEST(ColumnsBehind, GoByTheLastPartOfAFieldsNameHoweverItsWordsAreJoined) {
  const std::vector<record::Table> users{table("users", {"id", "email", "display_name", "plotSize", "Born On", "zip"})};
  EXPECT_THAT(behind(users, {field("user[email]"), field("displayName"), field("Input.plot-size"),
                             field("form:born_on"), field("user[address][zip]"), field("colour")}),
              ElementsAre("users", "email", "display_name", "plotSize", "Born On", "zip", "-"));
}

TEST(ColumnsBehind, GoByTheLabelWhereTheNameIsNoColumns) {
  const std::vector<record::Table> users{table("users", {"email_address", "full_name", "about", "phone"})};
  EXPECT_THAT(behind(users, {field("user[mail]", "Email address *"), field("user[name]", "Your full name"),
                             field("user[bio]", "About you"), field("user[phone]", "Telephone")}),
              ElementsAre("users", "email_address", "full_name", "about", "phone"));
  // Beginning alike is not enough.
  EXPECT_THAT(behind(users, {field("n", "Full name and title"), field("user[phone]")}),
              ElementsAre("users", "-", "phone"));
}

TEST(ColumnsBehind, AreThoseOfTheTableWithTheMost) {
  EXPECT_THAT(behind({table("invitations", {"id", "email"}), table("members", {"email", "nickname"})},
                     {field("email"), field("nickname")}),
              ElementsAre("members", "email", "nickname"));
}

TEST(ColumnsBehind, AreNoneWhereThatIsNotSure) {
  const auto email = field("email"), nickname = field("nickname");
  EXPECT_THAT(behind({table("a", {"email"}), table("b", {"email"})}, {email}), ElementsAre("", "-")) << "two tables";
  EXPECT_THAT(behind({table("a", {"mail"})}, {email}), ElementsAre("", "-")) << "no table";
  EXPECT_THAT(behind({}, {email}), ElementsAre("", "-"));
  EXPECT_THAT(behind({table("a", {"email"})}, {email, nickname, field("motto")}), ElementsAre("", "-", "-", "-"))
      << "fewer than half";
  EXPECT_THAT(behind({table("a", {"email", "nickname", "city"})},
                     {field("home[email]"), field("work[email]"), nickname, field("n", "Nickname"), field("city"),
                      field("c", "City", "select")}),
              ElementsAre("", "-", "-", "-", "-", "-", "-"))
      << "fewer than half";
  EXPECT_THAT(behind({table("a", {"email", "nickname", "city"})}, {field("home[email]"), field("work[email]"), nickname,
                                                                   field("city"), field("n", "Nickname", "select")}),
              ElementsAre("a", "-", "-", "nickname", "city", "-"))
      << "two fields of one name; a label beside a name";
}

TEST(ColumnsBehind, AreNoneOfPasswordsAndOfWhatNobodyFillsIn) {
  drive::FormField readonly = field("account");
  readonly.barred = "it is readonly";
  EXPECT_THAT(behind({table("users", {"email", "password", "account"})},
                     {field("email"), field("password", "Password", "password"), readonly, field("", "Account")}),
              ElementsAre("users", "email", "-", "-", "-"));
}

// One field "it" in front of one column "it" of the table users.
struct Form {
  drive::FormSeen seen;
  Columns columns;
  scenario::FieldRules rules;
  bool is_stated = false;

  explicit Form(record::Column behind_it, std::string engine = "postgresql", bool is_unique = false) {
    seen.fields = {field("it")};
    record::Table users{.name = "users", .columns = {std::move(behind_it)}, .unique = {}};
    if (is_unique) users.unique = {{"it"}};
    columns = columns_behind({.engine = std::move(engine), .tables = {users}}, seen.fields);
  }

  const scenario::FieldRules* stated() const { return is_stated ? &rules : nullptr; }

  std::vector<std::string> asks() const {
    std::vector<std::string> all;
    for (const RuledField& rule : rules_of_column(columns, seen, {0, stated(), "Ada"})) {
      EXPECT_TRUE(rule.is_of_column);
      EXPECT_EQ(rule.trials.size(), 1U);
      const Recipe& recipe = rule.trials.front().recipe;
      all.push_back(rule.rule + (recipe.length > 0 ? fmt::format(" {}", recipe.length) : std::string()));
    }
    return all;
  }

  // "standing: what the column takes; what it means for the rule", after the server has answered these.
  std::string compared(const std::string& rule_name, const std::vector<std::pair<bool, Kind>>& answers,
                       Standing server = Standing::enforced) const {
    RuledField rule;
    rule.rule = rule_name;
    rule.rules = stated();
    record::ValidationCell cell;
    cell.server = server;
    std::vector<Tried> tried;
    for (const auto& [accept, kind] : answers) {
      Tried& one = tried.emplace_back();
      one.accept = accept;
      one.verdict.kind = kind;
    }
    compare_column(columns, seen.fields[0], rule, tried, cell);
    constexpr std::array standings{"-", "enforced", "missing", "looser", "stricter"};
    const auto name = [](auto value) {
      return std::string(record::names_of(value).at(static_cast<std::size_t>(value)));
    };
    std::string text =
        fmt::format("{}: {}", standings.at(static_cast<std::size_t>(cell.column)), name(cell.behind.fact));
    if (cell.behind.fact == record::ColumnSeen::Fact::length) text += " " + cell.behind.type;
    return cell.trouble == record::ColumnTrouble::none ? text : text + "; " + name(cell.trouble);
  }
};

TEST(Column, IsComparedByItsLength) {
  Form form(column("it", "character varying", 64));
  form.seen.fields[0].max_length = 64;
  EXPECT_EQ(form.compared("max_length", {{true, Kind::accepted}, {false, Kind::refused_here}}),
            "enforced: length varchar(64)");
  EXPECT_EQ(form.compared("max_length", {{true, Kind::accepted}, {false, Kind::server_error}}, Standing::error),
            "enforced: length varchar(64); refuses_first");
  form.seen.fields[0].max_length = 20;
  EXPECT_EQ(form.compared("max_length", {{true, Kind::accepted}}), "looser: length varchar(64)");
  form.is_stated = true; // what the scenario says counts more than what the page does
  form.rules.max_length = 254;
  EXPECT_EQ(form.compared("max_length", {{true, Kind::server_error}}, Standing::error),
            "stricter: length varchar(64); takes_less");
  EXPECT_EQ(form.compared("max_length", {{true, Kind::accepted}}), "stricter: length varchar(64); cuts");
  EXPECT_EQ(form.compared("max_length", {{true, Kind::refused_here}}, Standing::stricter),
            "stricter: length varchar(64); shorter");
}

TEST(Column, WithoutABoundHasNoPartInLengths) {
  for (const char* type : {"text", "mediumtext", "citext"}) {
    Form form(column("it", type, 65535));
    form.seen.fields[0].max_length = 500;
    EXPECT_EQ(form.compared("max_length", {}), fmt::format("-: length {}", type));
  }
}

TEST(Column, OfSqliteDeclaresALengthThatIsNotEnforced) {
  Form form(column("it", "varchar(64)", 64), "sqlite");
  form.seen.fields[0].max_length = 254;
  EXPECT_EQ(form.compared("max_length", {{true, Kind::accepted}}), "stricter: loose_length; shorter_unasked");
  form.seen.fields[0].max_length.reset();
  EXPECT_THAT(form.asks(), IsEmpty());
}

TEST(Column, ThatMayNotBeNullIsComparedWithWhatIsRequired) {
  const auto number = [](bool nullable, bool has_default) {
    return column("it", "integer", {}, nullable, has_default);
  };
  Form form(number(false, false));
  form.seen.fields[0].required = true;
  EXPECT_EQ(form.compared("required", {}), "enforced: not_null");
  form.seen.fields[0].required = false;
  EXPECT_EQ(form.compared("required", {{true, Kind::accepted}}), "stricter: not_null; needs_value");
  EXPECT_EQ(form.compared("required", {{true, Kind::server_error}}, Standing::error),
            "stricter: not_null; needs_value");
  Form with_default(number(false, true));
  EXPECT_EQ(with_default.compared("required", {{true, Kind::accepted}}), "enforced: not_null_with_default");
  Form nullable(number(true, false));
  EXPECT_EQ(nullable.compared("required", {{true, Kind::accepted}}), "enforced: nullable");
  nullable.seen.fields[0].required = true;
  EXPECT_EQ(nullable.compared("required", {}), "looser: nullable");
}

// An empty text is not null.
TEST(Column, OfTextTakesWhatIsLeftEmptyUnlessTheServerFailsWithIt) {
  const Form form(column("it", "varchar(150)", 150, false));
  EXPECT_EQ(form.compared("required", {{true, Kind::accepted}}), "enforced: not_null");
  EXPECT_THAT(form.compared("required", {{true, Kind::server_error}}, Standing::error),
              testing::StrEq("stricter: not_null; needs_value"));
}

TEST(Column, ThatIsNotThereIsToldAndNoFault) {
  Form form(column("other"));
  form.seen.fields = {field("it"), field("other")};
  form.columns = columns_behind({.engine = "sqlite", .tables = {table("users", {"other"})}}, form.seen.fields);
  EXPECT_EQ(form.compared("max_length", {{true, Kind::accepted}}), "-: absent");
  EXPECT_EQ(form.compared("pattern", {}), "-: none");
  form.columns = {};
  EXPECT_EQ(form.compared("max_length", {}), "-: none");
}

TEST(Column, GivesToAskWhatNeitherThePageNorTheScenarioStates) {
  Form form(column("it", "character varying", 64, false), "postgresql", true);
  EXPECT_THAT(form.asks(), ElementsAre("required", "max_length 65", "unique"));
  form.seen.fields[0].required = true;
  form.seen.fields[0].max_length = 254;
  EXPECT_THAT(form.asks(), ElementsAre("unique"));
  form.seen.fields[0].type = "select";
  EXPECT_THAT(form.asks(), IsEmpty());
  Form stated(column("it", "character varying", 64, false));
  stated.is_stated = true;
  stated.rules.required = false;
  stated.rules.max_length = 20;
  EXPECT_THAT(stated.asks(), IsEmpty());
  EXPECT_THAT(Form(column("it", "bigint", {}, true)).asks(), IsEmpty());
}

} // namespace
} // namespace murphy::run
