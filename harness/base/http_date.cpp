#include "base/http_date.h"

#include "base/text.h"

#include <array>
#include <cstddef>
#include <span>

namespace murphy {
namespace {

namespace chrono = std::chrono;

constexpr std::array<std::string_view, 7> short_days = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> long_days = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                       "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Fields {
  int year = 0, day = 0, hour = 0, minute = 0, second = 0;
  unsigned month = 0;
};

// Takes parts off the front of a text. Once one is not there, nothing is.
class Parts {
public:
  explicit Parts(std::string_view text) : rest_(text) {}

  Parts& word(std::string_view wanted) {
    is_good_ = is_good_ && rest_.starts_with(wanted);
    if (is_good_) rest_.remove_prefix(wanted.size());
    return *this;
  }
  // One of these words; its place among them goes into `which`.
  Parts& one_of(std::span<const std::string_view> words, unsigned& which) {
    for (which = 0; which < words.size(); ++which)
      if (rest_.starts_with(words[which])) return word(words[which]);
    is_good_ = false;
    return *this;
  }
  Parts& one_of(std::span<const std::string_view> words) {
    unsigned which = 0;
    return one_of(words, which);
  }
  Parts& number(std::size_t digits, int& value) {
    value = 0;
    is_good_ = is_good_ && rest_.size() >= digits;
    for (std::size_t i = 0; is_good_ && i < digits; ++i) {
      is_good_ = is_digit(rest_[i]);
      value = value * 10 + (rest_[i] - '0');
    }
    if (is_good_) rest_.remove_prefix(digits);
    return *this;
  }
  Parts& time(Fields& into) {
    return number(2, into.hour).word(":").number(2, into.minute).word(":").number(2, into.second);
  }
  bool is_whole() const { return is_good_ && rest_.empty(); }

private:
  std::string_view rest_;
  bool is_good_ = true;
};

std::optional<Fields> read_of_today(std::string_view text) {
  Fields read;
  Parts parts(text);
  parts.one_of(short_days).word(", ").number(2, read.day).word(" ").one_of(months, read.month).word(" ");
  parts.number(4, read.year).word(" ").time(read).word(" GMT");
  return parts.is_whole() ? std::optional(read) : std::nullopt;
}

std::optional<Fields> read_rfc_850(std::string_view text, int latest_year) {
  Fields read;
  Parts parts(text);
  parts.one_of(long_days).word(", ").number(2, read.day).word("-").one_of(months, read.month).word("-");
  parts.number(2, read.year).word(" ").time(read).word(" GMT");
  if (!parts.is_whole()) return std::nullopt;
  constexpr int century = 100;
  read.year += latest_year - latest_year % century;
  if (read.year > latest_year) read.year -= century;
  return read;
}

std::optional<Fields> read_asctime(std::string_view text) {
  Fields read;
  Parts parts(text);
  parts.one_of(short_days).word(" ").one_of(months, read.month).word(" ");
  constexpr std::size_t day_at = 8; // of one digit behind a space
  if (text.size() > day_at && text[day_at] == ' ')
    parts.word(" ").number(1, read.day);
  else
    parts.number(2, read.day);
  parts.word(" ").time(read).word(" ").number(4, read.year);
  return parts.is_whole() ? std::optional(read) : std::nullopt;
}

} // namespace

std::optional<chrono::sys_seconds> read_http_date(std::string_view text, chrono::sys_seconds now) {
  const chrono::year_month_day today(chrono::floor<chrono::days>(now));
  constexpr int years_ahead = 50;
  auto read = read_of_today(text);
  if (!read) read = read_rfc_850(text, static_cast<int>(today.year()) + years_ahead);
  if (!read) read = read_asctime(text);
  if (!read || read->hour > 23 || read->minute > 59 || read->second > 60) return std::nullopt; // 60: a leap second
  const chrono::year_month_day date{chrono::year(read->year), chrono::month(read->month + 1),
                                    chrono::day(static_cast<unsigned>(read->day))};
  if (!date.ok()) return std::nullopt;
  return chrono::sys_days(date) + chrono::hours(read->hour) + chrono::minutes(read->minute) +
         chrono::seconds(read->second);
}

} // namespace murphy
