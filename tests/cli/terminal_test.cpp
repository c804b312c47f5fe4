#include "cli/terminal.h"

#include <csignal>
#include <gmock/gmock.h>
#include <unistd.h>

namespace murphy::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Terminal, WritesToTheStreamNamed) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  EXPECT_TRUE(write_to(Stream::output, "out"));
  EXPECT_TRUE(write_to(Stream::error, "error"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "error");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "out");
}

TEST(Terminal, GivesNoCommandsToWhoKeepsTheLog) {
  testing::internal::CaptureStdout();
  EXPECT_TRUE(write_out("a ##vso[x] std::string\n::error::y\n"));
  EXPECT_TRUE(write_commands_out("::error::y\n"));
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "a ## vso[x] std::string\n: :error::y\n::error::y\n");
}

TEST(Terminal, WritesPeopleAsciiWhereTheLocaleAsksForIt) {
  const auto printed = [](const char* locale) {
    setenv("LC_ALL", locale, 1);
    testing::internal::CaptureStdout();
    print_out("submit “Sign in” → 303");
    return testing::internal::GetCapturedStdout();
  };
  const std::string in_c = printed("C"), in_posix = printed("POSIX"), in_utf8 = printed("C.UTF-8");
  unsetenv("LC_ALL");
  EXPECT_EQ(in_c, "submit \"Sign in\" -> 303");
  EXPECT_EQ(in_posix, in_c);
  EXPECT_EQ(in_utf8, "submit “Sign in” → 303");
}

TEST(Terminal, NoticesThatNobodyReadsAnyMore) {
  std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  const int before = dup(STDERR_FILENO);
  dup2(ends[1], STDERR_FILENO);
  const bool written = write_to(Stream::error, "text");
  dup2(before, STDERR_FILENO);
  close(before);
  close(ends[1]);
  EXPECT_FALSE(written);
}

TEST(Terminal, ShowsErrorsApartFromEachOther) {
  Error error;
  error.what = "one";
  testing::internal::CaptureStderr();
  show({error, error});
  EXPECT_EQ(testing::internal::GetCapturedStderr(), render(error) + "\n" + render(error));
}

TEST(Terminal, MasksEveryPartOfAnError) {
  record::Redactor redactor;
  redactor.learn(std::make_shared<const Secret>(std::string("correct horse 9"), "ada.password"));
  Error error;
  error.what = "a correct horse 9";
  error.hint = "b correct horse 9";
  error.source_line = "c correct horse 9";
  error.place.file = "murphy.toml";
  error.place.line = error.place.column = 1;
  testing::internal::CaptureStderr();
  show({error}, redactor);
  const std::string shown = testing::internal::GetCapturedStderr();
  for (const char* part : {"a ", "b ", "c "}) EXPECT_THAT(shown, HasSubstr(std::string(part) + "‹ada.password›"));
  EXPECT_THAT(shown, Not(HasSubstr("horse")));
}

TEST(Terminal, HasNoStyleOfATerminalWhereThereIsNone) {
  testing::internal::CaptureStdout();
  const reports::ConsoleStyle style = style_of(Stream::output);
  testing::internal::GetCapturedStdout();
  EXPECT_FALSE(style.live);
}

} // namespace
} // namespace murphy::cli
