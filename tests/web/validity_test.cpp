#include "web/forms/validity.h"

#include "page_support.h"
#include "web/forms/typed_number.h"

#include <gmock/gmock.h>

#include <string>
#include <tuple>

namespace murphy::web {
namespace {

// The flags that a value suffers from, as the page of one control says: "too_long step_mismatch?" with a question mark
// behind what is unknown.
std::string flags(const Validity& validity) {
  std::string names;
  const auto add = [&](MatchAnswer flag, const char* name) {
    if (flag == MatchAnswer::no) return;
    names += (names.empty() ? "" : " ") + std::string(name) + (flag == MatchAnswer::unknown ? "?" : "");
  };
  add(validity.value_missing, "value_missing");
  add(validity.type_mismatch, "type_mismatch");
  add(validity.pattern_mismatch, "pattern_mismatch");
  add(validity.too_long, "too_long");
  add(validity.too_short, "too_short");
  add(validity.range_underflow, "range_underflow");
  add(validity.range_overflow, "range_overflow");
  add(validity.step_mismatch, "step_mismatch");
  add(validity.bad_input, "bad_input");
  return names;
}

const Control& first(const FormPage& page) { return page.forms.controls.at(0); }

Constraints declared(const FormPage& page) { return declared_constraints(page.forms, first(page)); }

std::string typed(const std::string& html, const std::string& text) {
  const FormPage page{std::string(html)};
  return flags(validity(first(page), declared(page), {.text = text, .checked = false, .selected = {}, .edited = true}));
}

std::string loaded(const std::string& html) {
  const FormPage page{std::string(html)};
  return flags(validity(first(page), declared(page), as_loaded(page.forms, first(page))));
}

using TypedCase = std::tuple<const char*, const char*, const char*>;
class TypedValues : public testing::TestWithParam<TypedCase> {};

TEST_P(TypedValues, SufferFrom) {
  const auto& [attributes, text, expected] = GetParam();
  EXPECT_EQ(typed("<input " + std::string(attributes) + ">", text), expected) << attributes << " " << text;
}

INSTANTIATE_TEST_SUITE_P(
    Standard, TypedValues,
    testing::Values(
        TypedCase{"required", "", "value_missing"}, TypedCase{"required", " ", ""},
        TypedCase{"required readonly", "", ""}, TypedCase{"required type=range", "", ""},
        // Lengths are those of UTF-16.
        TypedCase{"maxlength=3", "💩a", ""}, TypedCase{"maxlength=3", "💩💩", "too_long"},
        TypedCase{"minlength=3", "💩", "too_short"}, TypedCase{"minlength=3", "", ""},
        TypedCase{"maxlength=' +2x'", "abc", "too_long"}, TypedCase{"maxlength=-1", "abc", ""},
        TypedCase{"maxlength=2 type=number", "123", ""}, TypedCase{"type=email", "ada@example.com", ""},
        TypedCase{"type=email", "ada@", "type_mismatch"}, TypedCase{"type=email", "a@b..c", "type_mismatch"},
        TypedCase{"type=email", " a@bücher.de ", ""}, TypedCase{"type=email multiple", "a@b, c@d", ""},
        TypedCase{"type=email multiple", "a@b,,c@d", "type_mismatch"},
        TypedCase{"type=url", "example.com", "type_mismatch"}, TypedCase{"type=url", "http:example.com", ""},
        TypedCase{"type=url", "mailto:a", ""}, TypedCase{"type=url", "x://a b", "type_mismatch"},
        TypedCase{"type=url", "x://[::1", "type_mismatch"}, TypedCase{"type=url", "http://x:99999", "type_mismatch"},
        TypedCase{"pattern=[a-z]+", "abc", ""}, TypedCase{"pattern=[a-z]+", "abC", "pattern_mismatch"},
        TypedCase{"pattern=a|b", "ab", "pattern_mismatch"}, TypedCase{"pattern='[\\w.-]+'", "!", ""},
        TypedCase{"pattern='(?i:a)'", "b", "pattern_mismatch?"}, TypedCase{"pattern=x", "", ""},
        TypedCase{"pattern=x type=number", "5", ""},
        TypedCase{"pattern=.@. type=email multiple", "a@b,cc@d", "pattern_mismatch"},
        TypedCase{"type=number", "abc", ""}, TypedCase{"type=number required", "abc", "value_missing"},
        TypedCase{"type=number required", "--", "value_missing bad_input"}, TypedCase{"type=number", "+5", ""},
        TypedCase{"type=number min=5", "4.9", "range_underflow step_mismatch"},
        TypedCase{"type=number max=5", "6", "range_overflow"}, TypedCase{"type=number step=0.1", "0.3", ""},
        TypedCase{"type=number step=0.1", "0.35", "step_mismatch"}, TypedCase{"type=number step=any", "0.35", ""},
        TypedCase{"type=number step=-2", "0.5", "step_mismatch"}, TypedCase{"type=number value=0.5", "1.5", ""},
        TypedCase{"type=number min=1 step=3", "7", ""}, TypedCase{"type=number min=1 step=3", "6", "step_mismatch"},
        TypedCase{"type=number step=any max=0", "1e-400", "range_overflow"},
        TypedCase{"type=number", "1e-99999999999999999999", ""}, TypedCase{"type=number", "1e400", "bad_input"},
        TypedCase{"type=number max=9007199254740992", "9007199254740993", "range_overflow"},
        TypedCase{"type=date", "2023-02-29", "bad_input"},
        TypedCase{"type=date min=2024-01-02", "2024-01-01", "range_underflow"},
        TypedCase{"type=date min=2024-01-01 step=7", "2024-01-08", ""},
        TypedCase{"type=date min=2024-01-01 step=7", "2024-01-09", "step_mismatch"},
        TypedCase{"type=month step=3", "1970-04", ""}, TypedCase{"type=month step=3", "1970-05", "step_mismatch"},
        TypedCase{"type=week max=2020-W52", "2020-W53", "range_overflow"},
        TypedCase{"type=week step=2", "1970-W03", ""}, TypedCase{"type=time", "12:30:15", "step_mismatch"},
        TypedCase{"type=time step=1", "12:30:15", ""}, TypedCase{"type=time min=22:00 max=06:00", "23:00", ""},
        TypedCase{"type=time min=22:00 max=06:00", "05:00", ""},
        TypedCase{"type=time min=22:00 max=06:00", "12:00", "range_underflow range_overflow"},
        TypedCase{"type=datetime-local max=2024-01-01T00:00", "2024-01-01T00:01", "range_overflow"},
        TypedCase{"type=range min=5 max=1", "9", ""}, TypedCase{"type=color required", "#000000", ""},
        TypedCase{"type=file required", "", "value_missing"}, TypedCase{"type=file required", "a.txt", ""},
        TypedCase{"type=hidden required pattern=x", "", ""}, TypedCase{"type=submit required", "", ""}));

TEST(Validity, OfTextAreasCountsEveryLineBreakOnce) {
  EXPECT_EQ(typed("<textarea maxlength=3></textarea>", "a\r\nb"), "");
  EXPECT_EQ(typed("<textarea maxlength=3></textarea>", "a\r\nb\r"), "too_long");
  EXPECT_EQ(typed("<textarea required></textarea>", ""), "value_missing");
}

TEST(Validity, AsksTheLengthOnlyOfWhatAPersonWrote) {
  EXPECT_EQ(loaded("<input value=abc maxlength=2>"), "");
  EXPECT_EQ(loaded("<input value=abc pattern=x>"), "pattern_mismatch");
}

TEST(Validity, OfChoices) {
  EXPECT_EQ(loaded("<input type=checkbox required>"), "value_missing");
  EXPECT_EQ(loaded("<input type=checkbox required checked>"), "");
  EXPECT_EQ(loaded("<input type=radio name=r><input type=radio name=r required>"), "value_missing");
  EXPECT_EQ(loaded("<input type=radio name=r required><input type=radio name=r checked>"), "");
  EXPECT_EQ(loaded("<form><input type=radio name=r required></form><input type=radio name=r checked>"),
            "value_missing");
  EXPECT_EQ(loaded("<input type=radio required>"), "");
  EXPECT_EQ(loaded("<select required><option value=''>Choose<option>A</select>"), "value_missing");
  EXPECT_EQ(loaded("<select required><option value=''>Choose<option selected>A</select>"), "");
  EXPECT_EQ(loaded("<select required><optgroup><option value=''>A</optgroup></select>"), "");
  EXPECT_EQ(loaded("<select required size=2><option value=''>A</select>"), "value_missing");
  EXPECT_EQ(loaded("<select required size=2><option value='' selected>A</select>"), "");
  EXPECT_EQ(loaded("<select required></select>"), "value_missing");
}

TEST(Validity, SaysWhatIsUnknownAndWhy) {
  const FormPage page("<input pattern='(?<=a+)b' maxlength=1>");
  const Validity one = validity(first(page), declared(page), {.text = "b", .checked = false, .selected = {}});
  EXPECT_EQ(one.valid(), MatchAnswer::unknown);
  EXPECT_EQ(one.doubt, "cannot evaluate the pattern: PCRE2 cannot express it");
  const Validity two = validity(first(page), declared(page), {.text = "bb", .checked = false, .selected = {}});
  EXPECT_EQ(two.valid(), MatchAnswer::no);
}

TEST(Validity, StopsNoFormForAControlThatIsBarred) {
  const FormPage page("<fieldset disabled><input type=number></fieldset><input type=number>");
  const Entered entered{.text = "-", .checked = false, .selected = {}};
  for (const std::size_t i : {0U, 1U}) {
    const Control& control = page.forms.controls.at(i);
    const Constraints constraints = declared_constraints(page.forms, control);
    const Validity found = validity(control, constraints, entered);
    EXPECT_EQ(found.bad_input, MatchAnswer::yes);
    EXPECT_EQ(stops_sending(constraints, found), i == 0 ? MatchAnswer::no : MatchAnswer::yes);
  }
}

TEST(Constraints, AreAValue) {
  const FormPage page("<input type=time min=22:00 max=06:00 required name=a><input type=date step=2>"
                      "<input pattern='[\\w.-]+' minlength=2 maxlength=x><input type=range>");
  const auto of = [&](std::size_t i) { return declared_constraints(page.forms, page.forms.controls.at(i)); };
  const Constraints time = of(0);
  EXPECT_TRUE(time.required);
  EXPECT_TRUE(time.wraps);
  EXPECT_EQ(time.min->number, 22 * 3'600'000);
  EXPECT_EQ(time.step->size, 60'000);
  EXPECT_FALSE(time.step->declared);
  EXPECT_EQ(of(1).step->size, 2 * 86'400'000.0);
  const Constraints text = of(2);
  EXPECT_EQ(text.min_length, 2U);
  EXPECT_EQ(text.max_length, std::nullopt);
  EXPECT_FALSE(text.pattern->enforced());
  EXPECT_EQ(text.pattern->refusal->offset, 4U);
  EXPECT_EQ(of(3).max->text, "100");
  EXPECT_FALSE(of(3).max->declared);
}

using BarredCase = std::tuple<const char*, std::optional<Barred>>;
class BarredControls : public testing::TestWithParam<BarredCase> {};

TEST_P(BarredControls, AreNeverValidated) {
  const auto& [html, expected] = GetParam();
  EXPECT_EQ(declared(FormPage(std::string(html))).barred, expected) << html;
}

INSTANTIATE_TEST_SUITE_P(
    Standard, BarredControls,
    testing::Values(BarredCase{"<input>", std::nullopt}, BarredCase{"<input disabled>", Barred::disabled},
                    BarredCase{"<fieldset disabled><input></fieldset>", Barred::disabled},
                    BarredCase{"<fieldset disabled><legend><input></legend></fieldset>", std::nullopt},
                    BarredCase{"<input readonly>", Barred::read_only},
                    BarredCase{"<input type=checkbox readonly>", Barred::read_only},
                    BarredCase{"<select readonly></select>", std::nullopt},
                    BarredCase{"<input type=hidden>", Barred::hidden}, BarredCase{"<input type=reset>", Barred::button},
                    BarredCase{"<button type=button></button>", Barred::button},
                    BarredCase{"<button></button>", std::nullopt},
                    BarredCase{"<datalist><input></datalist>", Barred::datalist}));

TEST(Constraints, AreSkippedByNovalidate) {
  const FormPage page("<form><button></button><button formnovalidate></button></form><form novalidate><button></form>");
  EXPECT_FALSE(skips_validation(page.form(), nullptr));
  EXPECT_FALSE(skips_validation(page.form(), &page.forms.controls.at(0)));
  EXPECT_TRUE(skips_validation(page.form(), &page.forms.controls.at(1)));
  EXPECT_TRUE(skips_validation(page.form(1), &page.forms.controls.at(2)));
}

TEST(TypedNumber, GoesThereAndBack) {
  for (const auto& [type, value] :
       {std::pair("number", "0.1"), std::pair("number", "-1e+21"), std::pair("number", "1e-7"),
        std::pair("number", "0"), std::pair("date", "0001-01-01"), std::pair("date", "2024-02-29"),
        std::pair("date", "275760-09-13"), std::pair("month", "1969-12"), std::pair("month", "275760-09"),
        std::pair("week", "2020-W53"), std::pair("week", "0001-W01"), std::pair("week", "2024-W01"),
        std::pair("time", "23:59:59.999"), std::pair("time", "12:30"), std::pair("time", "12:30:15.5"),
        std::pair("datetime-local", "1969-12-31T23:59:59.9")}) {
    const auto number = to_number(type, value);
    ASSERT_TRUE(number) << type << " " << value;
    EXPECT_EQ(from_number(type, *number), value);
  }
  EXPECT_EQ(to_number("date", "1970-01-02"), 86'400'000);
  EXPECT_EQ(to_number("month", "1970-02"), 1);
  EXPECT_EQ(to_number("date", "275760-09-14"), std::nullopt);
  EXPECT_EQ(to_number("text", "1"), std::nullopt);
  EXPECT_EQ(from_number("date", -1e15), std::nullopt);
  EXPECT_EQ(from_number("time", 86'400'000), std::nullopt);
}

} // namespace
} // namespace murphy::web
