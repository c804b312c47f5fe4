#include "watch/notify/mail.h"

#include "base/base64.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fmt/format.h>

namespace murphy::watch {
namespace {

constexpr std::size_t line_of_base64 = 76;
constexpr std::size_t piece_of_word = 42; // bytes, of an encoded word of at most 75 characters

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

// A subject of any characters: encoded words (RFC 2047), folded.
std::string header_text(std::string_view text) {
  if (is_ascii(text) && text.size() <= line_of_base64) return std::string(text);
  std::string all;
  while (!text.empty()) {
    const std::string_view piece = utf8_prefix(text, piece_of_word);
    text.remove_prefix(piece.size());
    all += (all.empty() ? "" : "\r\n ") + ("=?utf-8?B?" + base64_encode(piece) + "?=");
  }
  return all;
}

// RFC 5322, 3.3
std::string date_text(Instant at) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", days[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

} // namespace

bool is_mail_address(const std::string& text) {
  const std::size_t at = text.find('@');
  return is_ascii(text) && at != std::string::npos && at > 0 && at + 1 < text.size() &&
         text.find_first_of(" <>()[],;:\\\"@", at + 1) == std::string::npos &&
         text.find_first_of(" <>()[],;:\\\"") == std::string::npos;
}

std::string mail_of(const Alert& alert, const MailAddresses& addresses, std::optional<std::int64_t> delivery,
                    Instant now) {
  const std::string domain = addresses.from.substr(addresses.from.find('@') + 1);
  const std::string thread = fmt::format("<murphy.{}@{}>", alert.incident, domain);
  const std::string own = fmt::format(
      "<murphy.{}.{}@{}>", alert.incident,
      delivery.value_or(std::chrono::floor<std::chrono::microseconds>(now.time_since_epoch()).count()), domain);
  std::string mail =
      fmt::format("From: Murphy <{}>\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: {}\r\n", addresses.from,
                  join(addresses.to, ",\r\n "), header_text(alert.lines.front()), date_text(now), own);
  // The thread has no mail of its own: what refers to the same is shown together.
  mail += fmt::format("References: {0}\r\nIn-Reply-To: {0}\r\n", thread);
  mail += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
          "Content-Transfer-Encoding: base64\r\n\r\n";
  const std::string body = base64_encode(join(alert.lines, "\r\n") + "\r\n");
  for (std::size_t at = 0; at < body.size(); at += line_of_base64) mail += body.substr(at, line_of_base64) + "\r\n";
  return mail;
}

} // namespace murphy::watch
