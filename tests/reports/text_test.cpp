// The pure parts that make text: plain text, lines laid out, console excerpts, request chains, durations, source lines.
#include "reports/console_excerpt.h"
#include "reports/evidence_text.h"
#include "reports/plain_text.h"
#include "reports/step_text.h"
#include "reports/text_block.h"

#include <cstdint>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace murphy::reports {
namespace {

using testing::ElementsAre;

ConsoleStyle width(int columns) { return {.colour = false, .live = false, .unicode = true, .width = columns}; }

TEST(PlainText, DropsEscapeSequencesWhole) {
  EXPECT_EQ(plain_text("\x1B[1;31mred\x1B[0m"), "red");
  EXPECT_EQ(plain_text("\x1B]0;title\x07text"), "text");
  EXPECT_EQ(plain_text("\x1B]8;;http://x\x1B\\link\x1B]8;;\x1B\\"), "link");
  EXPECT_EQ(plain_text("\x1BPdevice\x1B\\text"), "text");
  EXPECT_EQ(plain_text("\x1B(Btext\x1B="), "text");
  EXPECT_EQ(plain_text("\xC2\x9B"
                       "31mred"),
            "red");
}

TEST(PlainText, ShowsWhatIsNoWholeSequence) {
  EXPECT_EQ(plain_text("\x1B]0;never ended"), "␛]0;never ended");
  EXPECT_EQ(plain_text("\x1B]0;not on\nthis line\x07"), "␛]0;not on\nthis line␇");
  EXPECT_EQ(plain_text("\x1B["), "␛[");
  EXPECT_EQ(plain_text("\x1B"), "␛");
}

TEST(PlainText, MakesControlsVisibleAndKeepsLines) {
  EXPECT_EQ(plain_text("a\r\nb\rc\x08"), "a\nb␍c␈");
  EXPECT_EQ(plain_text("end  \n\n"), "end");
}

TEST(PlainText, ExpandsTabsByDisplayColumns) {
  EXPECT_EQ(plain_text("ab\tc\n\td"), "ab      c\n        d");
  EXPECT_EQ(plain_text("雪\tc"), "雪      c");
}

TEST(PlainText, HoldsOnlyCharactersOfXml) {
  EXPECT_EQ(plain_text("\xEF\xBF\xBE\xEF\xBF\xBF\xFF"), "\uFFFD\uFFFD\uFFFD");
}

std::string laid_out(int columns, const std::string& text, std::size_t hang = 0) {
  TextBlock block(width(columns));
  block.line({{Tone::plain, text}}, hang);
  return block.text();
}

TEST(TextBlock, WrapsAtSpacesAndHangs) {
  EXPECT_EQ(laid_out(20, "one two three four five six", 2), "one two three four\n  five six\n");
  EXPECT_EQ(laid_out(0, "one two three four five six"), "one two three four five six\n");
  EXPECT_EQ(laid_out(20, ""), "\n");
}

TEST(TextBlock, BreaksWordsThatFitNowhere) {
  EXPECT_EQ(laid_out(20, "abcdefghijklmnopqrstuvwxyz"), "abcdefghijklmnopqrst\nuvwxyz\n");
  EXPECT_EQ(laid_out(20, "雪雪雪雪雪雪雪雪雪雪雪"), "雪雪雪雪雪雪雪雪雪雪\n雪\n");
}

TEST(TextBlock, KeepsWholeSpansTogether) {
  TextBlock block(width(20));
  block.line({{Tone::plain, "a name of some width "}, {Tone::plain, "1.23 s", true}});
  EXPECT_EQ(block.text(), "a name of some width\n1.23 s\n");
}

TEST(TextBlock, PutsLabelsBesideOrAbove) {
  TextBlock wide(width(60)), narrow(width(40));
  for (TextBlock* block : {&wide, &narrow}) block->labelled(Tone::bad, "got", "first\nsecond");
  EXPECT_EQ(wide.text(), "got       first\n          second\n");
  EXPECT_EQ(narrow.text(), "got\n  first\n  second\n");
}

TEST(TextBlock, PaintsRunsOfOneToneOnce) {
  TextBlock block({.colour = true, .live = false, .unicode = true, .width = 20});
  block.line({{Tone::bad, "red red"}, {Tone::plain, " plain"}});
  EXPECT_EQ(block.text(), "\x1B[1;31mred red\x1B[0m plain\n");
}

TEST(Cut, EndsWithTheEllipsisOfItsStyle) {
  EXPECT_EQ(cut(width(80), "abcdefgh", 5), "abcd…");
  ConsoleStyle ascii = width(80);
  ascii.unicode = false;
  EXPECT_EQ(cut(ascii, "abcdefgh", 5), "ab...");
  EXPECT_EQ(cut(ascii, "abcdefgh", 8), "abcdefgh");
  EXPECT_EQ(cut(ascii, "abcdefgh", 2), "..");
}

std::vector<record::ConsoleLine> console(int count, const std::map<int, std::string>& special) {
  std::vector<record::ConsoleLine> lines;
  for (int i = 0; i < count; ++i) {
    const auto found = special.find(i);
    lines.push_back({.at = {}, .text = found == special.end() ? "line " + std::to_string(i) : found->second});
  }
  return lines;
}

std::vector<std::string> texts(const std::vector<ChosenLine>& chosen) {
  std::vector<std::string> lines;
  for (const ChosenLine& line : chosen) lines.push_back(line.text);
  return lines;
}

TEST(ConsoleExcerpt, TakesTheLastLinesWhereNoneLooksLikeAnError) {
  EXPECT_THAT(texts(excerpt(console(100, {}), 3)), ElementsAre("line 97", "line 98", "line 99"));
}

TEST(ConsoleExcerpt, TakesErrorsWithTheirNeighboursAndTheLastLines) {
  const std::vector<ChosenLine> chosen = excerpt(console(100, {{50, "no such column: pasword"}}), 20);
  EXPECT_THAT(texts(chosen), ElementsAre("line 48", "line 49", "no such column: pasword", "line 51", "line 52",
                                         "line 96", "line 97", "line 98", "line 99"));
  EXPECT_EQ(chosen[0].left_out, 48U);
  EXPECT_EQ(chosen[1].left_out, 0U);
  EXPECT_TRUE(chosen[2].is_error);
  EXPECT_EQ(chosen[5].left_out, 43U);
}

TEST(ConsoleExcerpt, OfManyErrorsKeepsTheFirstAndTheLast) {
  std::map<int, std::string> errors;
  for (int i = 0; i < 90; ++i) errors[i] = "error " + std::to_string(i);
  const std::vector<std::string> lines = texts(excerpt(console(100, errors), 20));
  EXPECT_EQ(lines.size(), 20U);
  EXPECT_EQ(lines.front(), "error 0");
  EXPECT_THAT(lines, testing::Contains("error 89"));
  EXPECT_EQ(lines.back(), "line 99");
}

TEST(ConsoleExcerpt, CountsNoEmptyLines) {
  EXPECT_THAT(texts(excerpt(console(3, {{1, " \x1B[0m "}}), 20)), ElementsAre("line 0", "line 2"));
}

TEST(ConsoleExcerpt, KnowsErrorsOfManyKinds) {
  for (const char* line : {"SQLSTATE[42S22]: Column not found", "django.db.utils.OperationalError: no such column",
                           "PANIC: runtime", "undefined method `email'",
                           "Traceback (most recent call last):", "PG::UndefinedColumn", "Did you mean?  password_hash"})
    EXPECT_TRUE(looks_like_error(line)) << line;
  EXPECT_FALSE(looks_like_error("GET /login 200 in 3ms"));
}

record::Exchange exchange(record::Reason reason, const char* method, const char* url, int status) {
  record::Exchange made;
  made.reason = reason;
  made.method = method;
  made.url = url;
  made.status = status;
  return made;
}

TEST(RequestChains, TellHowOneThingLedToTheNext) {
  using record::Reason;
  EXPECT_THAT(
      request_chains({exchange(Reason::opened, "GET", "http://a/start", 302),
                      exchange(Reason::redirected, "GET", "https://idp.example/sso?x=1", 200),
                      exchange(Reason::auto_submitted, "POST", "http://a/acs", 307),
                      exchange(Reason::redirected, "POST", "http://a/acs2", 200),
                      exchange(Reason::refreshed, "GET", "http://a", 200),
                      exchange(Reason::probe, "GET", "http://a/dashboard", 401)},
                     width(0)),
      ElementsAre("GET /start → 302 https://idp.example/sso?x=1 → 200, which submits itself: POST http://a/acs → 307 "
                  "POST /acs2 → 200, which refreshes to / → 200",
                  "probe: GET /dashboard → 401"));
}

TEST(RequestChains, TellWhereARedirectLeadsThatWasNotFollowed) {
  record::Exchange last = exchange(record::Reason::requested, "POST", "http://a/login", 303);
  last.headers = {{.name = "Location", .value = "http://a/dashboard"}};
  EXPECT_THAT(request_chains({last}, width(0)), ElementsAre("POST /login → 303 to /dashboard, not followed"));
}

TEST(DurationText, HasTheUnitAPersonWouldUse) {
  using namespace std::chrono_literals;
  const ConsoleStyle style = width(0);
  EXPECT_EQ(duration_text(900us, style), "900 µs");
  EXPECT_EQ(duration_text(12'400us, style), "12 ms");
  EXPECT_EQ(duration_text(999'499us, style), "999 ms");
  EXPECT_EQ(duration_text(999'500us, style), "1.00 s");
  EXPECT_EQ(duration_text(59'994ms, style), "59.99 s");
  EXPECT_EQ(duration_text(59'996ms, style), "1 min 00 s");
  EXPECT_EQ(duration_text(125s, style), "2 min 05 s");
}

std::string source(int columns, const char* line, std::uint32_t column, std::uint32_t length) {
  TextBlock block(width(columns));
  write_source(block, line, {.file = "a.toml", .line = 1, .column = column, .length = length});
  return block.text();
}

TEST(SourceLine, HasItsCaretsUnderThePlace) {
  EXPECT_EQ(source(0, "\t\ttext = \"雪の\" # done", 10, 4), "text = \"雪の\" # done\n       ^^^^^^\n");
}

TEST(SourceLine, IsCutAroundAPlaceFarToTheRight) {
  const std::string text =
      source(40, "{ submit = \"Sign in\", with = { Email = \"a\" }, expect = { status = 200 } },", 58, 6);
  EXPECT_EQ(text, "… expect = { status = 200 } },\n             ^^^^^^\n");
}

TEST(SourceLine, SurvivesPlacesOutsideIt) {
  EXPECT_EQ(source(40, "short", 99, 5), "short\n     ^\n");
  EXPECT_EQ(source(40, "", 1, 1), "");
}

} // namespace
} // namespace murphy::reports
