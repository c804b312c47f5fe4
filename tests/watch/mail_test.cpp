// Alerts as mail.
#include "watch/notify/mail.h"

#include "base/base64.h"
#include "base/text.h"
#include "looks.h"

#include <gmock/gmock.h>

namespace murphy::watch {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

Alert alert_titled(const std::string& title) {
  return {.event = "opened",
          .severity = Severity::critical,
          .incident = "4fb85142",
          .key = "murphy/staging/f1",
          .lines = {title, "Likely cause: the database"},
          .body = "{}"};
}

const MailAddresses addresses{.from = "murphy@example.com", .to = {"ada@example.com", "grace@example.com"}};

TEST(Mails, AreWholeMessages) {
  EXPECT_EQ(mail_of(alert_titled("DOWN  Sign in on staging"), addresses, 42, at(seconds(100))),
            "From: Murphy <murphy@example.com>\r\n"
            "To: ada@example.com,\r\n grace@example.com\r\n"
            "Subject: DOWN  Sign in on staging\r\n"
            "Date: Fri, 15 Jan 2027 08:01:40 +0000\r\n"
            "Message-ID: <murphy.4fb85142.42@example.com>\r\n"
            "References: <murphy.4fb85142@example.com>\r\n"
            "In-Reply-To: <murphy.4fb85142@example.com>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n" +
                base64_encode("DOWN  Sign in on staging\r\nLikely cause: the database\r\n") + "\r\n");
}

TEST(Mails, HaveSubjectsOfAnyCharacters) {
  const std::string title = "DOWN  “Anmelden” auf Prüfstand: vier von siebzehn Szenarien, drei Läufe hintereinander";
  const std::string mail = mail_of(alert_titled(title), addresses, 42, at(seconds(100)));
  const std::size_t begin = mail.find("Subject: ") + 9;
  std::string decoded;
  const std::string subject = mail.substr(begin, mail.find("\r\nDate:") - begin);
  for (std::string_view line : split(subject, '\n')) {
    line = trim(line);
    ASSERT_LE(line.size(), 75U);
    ASSERT_TRUE(line.starts_with("=?utf-8?B?") && line.ends_with("?="));
    decoded += base64_decode(line.substr(10, line.size() - 12)).value_or("");
  }
  EXPECT_EQ(decoded, title);
}

TEST(Mails, HaveNoHeaderThatAnAppHasWritten) {
  const std::string mail = mail_of(alert_titled("DOWN\r\nBcc: eve@example.com"), addresses, {}, at(seconds(100)));
  EXPECT_THAT(mail, Not(HasSubstr("\nBcc:")));
}

TEST(MailAddresses, AreOnesWithoutNames) {
  EXPECT_TRUE(is_mail_address("on-call+db@example.com"));
  for (const char* wrong : {"", "ada", "@example.com", "ada@", "ada@b@c", "Ada <ada@example.com>", "a@b\r\nBcc: c@d",
                            "a,b@example.com", "ädå@example.com"})
    EXPECT_FALSE(is_mail_address(wrong)) << wrong;
}

} // namespace
} // namespace murphy::watch
