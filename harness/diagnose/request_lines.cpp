#include "diagnose/request_lines.h"

#include "base/address.h"
#include "base/text.h"
#include "record/exchange.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

namespace murphy::diagnose {

namespace {

constexpr std::size_t longest_request_line = 2000;
constexpr std::string_view quote_or_blank = " \"";

constexpr std::array<std::string_view, 4> methods = {"GET", "POST", "PUT", "PATCH"};

bool is_letter_or_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A status that stands by itself: three digits, no part of a number, an address or a time.
std::optional<int> status_at_begin(std::string_view text) {
  if (text.size() < 3 || text[0] < '1' || text[0] > '5' || !is_digit(text[1]) || !is_digit(text[2]))
    return std::nullopt;
  constexpr std::string_view parts_of_numbers = ".:-";
  if (text.size() > 3 && (is_letter_or_digit(text[3]) || parts_of_numbers.contains(text[3]))) return std::nullopt;
  int status = 0;
  std::from_chars(text.data(), text.data() + 3, status);
  return status;
}

// Behind the path: `HTTP/1.1" 302`, ` -> 200`, ` - 302`, ` 200`.
std::optional<int> status_behind(std::string_view text) {
  constexpr std::string_view between = " \t\"'|>-=:", protocol = "HTTP/";
  for (;;) {
    const std::size_t begin = text.find_first_not_of(between);
    if (begin == std::string_view::npos) return std::nullopt;
    text.remove_prefix(begin);
    if (!text.starts_with(protocol)) break;
    const std::size_t end = text.find_first_of(quote_or_blank);
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end);
  }
  return status_at_begin(text);
}

// Before the method: `| 302 |`.
std::optional<int> status_before(std::string_view text) {
  constexpr std::string_view column = "| ";
  const std::size_t bar = text.find(column);
  return bar == std::string_view::npos ? std::nullopt : status_at_begin(text.substr(bar + column.size()));
}

// "Completed 302 Found in 12ms", "Sent 302 in 219ms".
std::optional<int> status_of_end(std::string_view line) {
  for (const std::string_view word : {"Completed ", "Sent "}) {
    const std::size_t at = line.find(word);
    if (at != std::string_view::npos && line.find(" in ", at) != std::string_view::npos)
      return status_at_begin(line.substr(at + word.size()));
  }
  return std::nullopt;
}

// A code or an error, and the state that the provider was asked with (RFC 6749, section 4.1.2).
bool has_answer_of_provider(std::string_view query) {
  const std::string parameters = "&" + std::string(query);
  return parameters.contains("&state=") && (parameters.contains("&code=") || parameters.contains("&error="));
}

// The request of a line, its status 0 where the line has none.
std::optional<Exchange> request_of(std::string_view line) {
  if (line.size() > longest_request_line) return std::nullopt;
  for (const std::string_view method : methods) {
    const std::size_t at = line.find(method);
    const std::size_t behind = at + method.size();
    if (at == std::string_view::npos || behind >= line.size() || line[behind] != ' ') continue;
    if (at > 0 && is_letter_or_digit(line[at - 1])) continue;
    std::string_view rest = line.substr(behind);
    rest.remove_prefix(std::min(rest.find_first_not_of(quote_or_blank), rest.size()));
    if (!rest.starts_with('/') && !rest.starts_with("http://") && !rest.starts_with("https://")) continue;
    const std::string_view address = rest.substr(0, rest.find_first_of(quote_or_blank));
    const AddressParts parts = address_parts(address);
    Exchange request{.method = std::string(method), .path = std::string(parts.path), .status = 0, .note = {}};
    if (has_answer_of_provider(parts.query)) request.note = with_answer_of_provider;
    if (const auto status = status_behind(rest.substr(address.size()))) request.status = *status;
    if (const auto status = status_before(line.substr(0, at)); status && request.status == 0) request.status = *status;
    return request;
  }
  return std::nullopt;
}

// "/login", "/users/sign_in", "/api/session", "/Identity/Account/LogOn".
bool is_of_sign_in(std::string_view path) {
  static constexpr std::array<std::string_view, 7> words = {"login",   "logon",  "signin", "sign-in",
                                                            "sign_in", "log_in", "session"};
  const std::string lower = ascii_lower(path);
  return std::ranges::any_of(words, [&](std::string_view word) { return lower.contains(word); }) &&
         !lower.contains("reset");
}

bool is_sign_in(const Exchange& request) { return request.method == "POST" && is_of_sign_in(request.path); }

bool shows_form(const Exchange& request) {
  return request.method == "GET" && request.status == 200 && is_of_sign_in(request.path);
}

// A page, and neither a file that belongs to one nor what asks whether the app is alive.
bool is_page(const Exchange& request) {
  static constexpr std::array<std::string_view, 5> probes = {"/health", "/live", "/ready", "/ping", "/metrics"};
  const std::string lower = ascii_lower(request.path);
  return request.method == "GET" && !lower.substr(lower.rfind('/') + 1).contains('.') &&
         std::ranges::none_of(probes, [&](std::string_view probe) { return lower.starts_with(probe); });
}

// The page that comes next after a form; none where another form is sent before.
const Exchange* page_after(std::span<const Exchange> behind) {
  const auto next = std::ranges::find_if(behind, [](const Exchange& each) {
    return each.method == "POST" || (is_page(each) && !record::is_redirect(each.status));
  });
  return next == behind.end() || next->method == "POST" ? nullptr : &*next;
}

// Whether a page that shows no form is what this form, sent to sign in, led to.
bool led_in(const Exchange& form, const Exchange& page) {
  return page.status == 200 && page.path != form.path && !is_of_sign_in(page.path);
}

} // namespace

std::vector<Exchange> requests_in(std::span<const std::string_view> lines) {
  std::vector<Exchange> requests;
  std::optional<Exchange> open; // its status comes on a later line
  for (const std::string_view line : lines) {
    if (auto request = request_of(line)) {
      if (request->status != 0)
        requests.push_back(*std::move(request));
      else
        open = std::move(request);
    } else if (const auto status = open ? status_of_end(line) : std::nullopt) {
      open->status = *status;
      requests.push_back(*std::exchange(open, std::nullopt));
    }
  }
  return requests;
}

std::vector<Exchange> sign_in_of_log(std::span<const std::string_view> lines) {
  const std::vector<Exchange> requests = requests_in(lines);
  std::vector<Exchange> told;
  bool any_failed = false, all_led_in = true;
  bool shown_again =
      false; // the newest form was answered with a page: as one that somebody mistyped is, who sends another
  for (auto at = requests.begin(); at != requests.end(); ++at) {
    any_failed = any_failed || at->status >= 500;
    if (!at->note.empty() && at->status == 404) told = {*at};
    if (at->method == "POST" && (at->status == 404 || at->status == 405)) {
      // Robots send forms to addresses that no app has; people send one that they were shown.
      if (at != requests.begin() && shows_form(*std::prev(at))) told = {*std::prev(at), *at};
    } else if (!is_sign_in(*at)) {
      continue;
    } else if (record::is_redirect(at->status)) {
      shown_again = false;
      const Exchange* page = page_after(std::span(std::next(at), requests.end()));
      all_led_in = all_led_in && (page == nullptr || led_in(*at, *page));
      if (page != nullptr) told.clear();
      if (page != nullptr && (page->status == 404 || led_in(*at, *page))) told = {*at, *page};
    } else if (at->status < 400) {
      shown_again = true;
    }
  }
  const bool worked = !told.empty() && told.back().status == 200;
  if (worked && (any_failed || shown_again || !all_led_in)) return {};
  return told;
}

} // namespace murphy::diagnose
