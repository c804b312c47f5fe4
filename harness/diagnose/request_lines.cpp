#include "diagnose/request_lines.h"

#include "base/address.h"
#include "base/text.h"
#include "diagnose/strangers.h"
#include "record/exchange.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
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
std::string_view note_of(std::string_view query) {
  const std::string parameters = "&" + std::string(query);
  const bool is_answer =
      parameters.contains("&state=") && (parameters.contains("&code=") || parameters.contains("&error="));
  return is_answer ? with_answer_of_provider : std::string_view();
}

// Whether the app asked somebody else, as clients log it: "HTTP Request: GET https://…", "https://api…:443 \"GET /…".
bool is_sent_by_app(std::string_view before, std::string_view address) {
  constexpr std::string_view scheme = "://", client = "HTTP Request:", server = "Request finished HTTP/";
  if (before.contains(scheme) || before.contains(client)) return true;
  return !address.starts_with('/') && !before.contains(server);
}

// The value of `name=value` or `name="value"` (logfmt); empty without one.
std::string_view value_of(std::string_view line, std::string_view name) {
  for (std::size_t at = line.find(name); at != std::string_view::npos; at = line.find(name, at + 1)) {
    const std::size_t behind = at + name.size();
    if ((at > 0 && line[at - 1] != ' ') || behind >= line.size() || line[behind] != '=') continue;
    std::string_view value = line.substr(behind + 1);
    if (value.starts_with('"')) value.remove_prefix(1);
    return value.substr(0, value.find_first_of(quote_or_blank));
  }
  return {};
}

// The request of a line such as `level=info method=POST path=/login status=303`.
std::optional<Exchange> request_of_pairs(std::string_view line) {
  const auto status = status_at_begin(value_of(line, "status"));
  const std::string_view method = value_of(line, "method"), path = value_of(line, "path");
  if (!status || std::ranges::find(methods, method) == methods.end() || !path.starts_with('/')) return std::nullopt;
  const AddressParts parts = address_parts(path);
  return Exchange{.method = std::string(method),
                  .path = std::string(parts.path),
                  .status = *status,
                  .note = std::string(note_of(parts.query))};
}

// The request of a line, its status 0 where the line has none.
std::optional<Exchange> request_of(std::string_view line) {
  if (line.size() > longest_request_line) return std::nullopt;
  if (auto request = request_of_pairs(line)) return request;
  for (const std::string_view method : methods) {
    const std::size_t at = line.find(method);
    const std::size_t behind = at + method.size();
    if (at == std::string_view::npos || behind >= line.size() || line[behind] != ' ') continue;
    if (at > 0 && is_letter_or_digit(line[at - 1])) continue;
    std::string_view rest = line.substr(behind);
    rest.remove_prefix(std::min(rest.find_first_not_of(quote_or_blank), rest.size()));
    if (!rest.starts_with('/') && !rest.starts_with("http://") && !rest.starts_with("https://")) continue;
    const std::string_view before = line.substr(0, at), address = rest.substr(0, rest.find_first_of(quote_or_blank));
    if (is_sent_by_app(before, address)) return std::nullopt;
    const AddressParts parts = address_parts(address);
    Exchange request{.method = std::string(method), .path = std::string(parts.path), .status = 0, .note = {}};
    request.note = note_of(parts.query);
    if (const auto status = status_behind(rest.substr(address.size()))) request.status = *status;
    if (const auto status = status_before(before); status && request.status == 0) request.status = *status;
    return request;
  }
  return std::nullopt;
}

// The parts of a path between its slashes, in lower case, the last one without the ending of a file.
std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  for (const std::string_view part : split(path, '/'))
    if (!part.empty()) segments.push_back(ascii_lower(part.substr(0, part.find('.', 1))));
  return segments;
}

// "/login", "/wp-login.php", "/users/sign_in", "/session", "/Identity/Account/LogOn".
bool is_of_sign_in(std::string_view path) {
  static constexpr std::array<std::string_view, 7> words = {"login",   "logon",  "signin", "sign-in",
                                                            "sign_in", "log_in", "log-in"};
  const auto is_word = [](std::string_view segment) {
    return std::ranges::any_of(words, [&](std::string_view word) {
      return segment == word ||
             (segment.ends_with(word) && !is_letter_or_digit(segment[segment.size() - word.size() - 1]));
    });
  };
  const std::vector<std::string> segments = segments_of(path);
  return !segments.empty() &&
         (std::ranges::any_of(segments, is_word) || segments.back() == "session" || segments.back() == "sessions");
}

bool has_segment(std::string_view path, std::span<const std::string_view> wanted) {
  return std::ranges::any_of(segments_of(path), [&](const std::string& segment) {
    return std::ranges::find(wanted, std::string_view(segment)) != wanted.end();
  });
}

// What programs ask: whether the app is alive, and how it is. "/up", "/api/health"; not "/live/desk".
bool is_probe(const Exchange& request) {
  static constexpr std::array<std::string_view, 8> names = {"live", "livez", "ready",  "readyz",
                                                            "ping", "up",    "status", "metrics"};
  const std::vector<std::string> segments = segments_of(request.path);
  if (std::ranges::any_of(segments, [](const std::string& segment) { return segment.starts_with("health"); }))
    return true;
  return segments.size() == 1 && std::ranges::find(names, segments.front()) != names.end();
}

// Of whatever ending: "/login.php".
bool shows_form(const Exchange& request) {
  return request.method == "GET" && request.status == 200 && is_of_sign_in(request.path);
}

// A page for people: no file that belongs to one, no data, and no probe.
bool is_page(const Exchange& request) {
  static constexpr std::array<std::string_view, 3> others = {"api", ".well-known", "socket"};
  return request.method == "GET" && !request.path.substr(request.path.rfind('/') + 1).contains('.') &&
         !has_segment(request.path, others) && !is_probe(request);
}

// What became of a form that somebody signed in with.
enum class Course { came_to_page, came_nowhere, was_refused, untold };

bool is_success(int status) { return status == 200 || status == 201 || status == 204; }

// Who mistyped a password gets the form again, or one of these.
bool is_refusal(int status) { return status == 401 || status == 422; }

// Too many tries: nothing is said of the password.
constexpr int too_many = 429;

// `behind` are the requests after it; `page` becomes the one that it came to. An app that `refuses_by_status` lets in
// by one, too.
Course course_of(const Exchange& form, std::span<const Exchange> behind, bool refuses_by_status,
                 const Exchange*& page) {
  const bool is_let_in = record::is_redirect(form.status) || (refuses_by_status && is_success(form.status));
  if (!is_let_in && (form.status == 200 || form.status == too_many || is_refusal(form.status)))
    return Course::was_refused;
  if (!is_let_in) return Course::came_nowhere;
  const auto next_form = std::ranges::find(behind, "POST", &Exchange::method);
  const std::span<const Exchange> pages(behind.begin(), next_form);
  const auto is_sent_away = [](const Exchange& each) { return each.status == 401 || each.status == 403; };
  if (std::ranges::any_of(pages, shows_form) || std::ranges::any_of(pages, is_sent_away)) return Course::came_nowhere;
  const auto next = std::ranges::find_if(
      pages, [](const Exchange& each) { return is_page(each) && !record::is_redirect(each.status); });
  if (next == pages.end()) return Course::untold;
  if (next->status != 200 || next->path == form.path) return Course::came_nowhere;
  page = &*next;
  return Course::came_to_page;
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

const Exchange* lost_answer_of_provider(std::span<const Exchange> requests) {
  const auto newest = std::find_if(requests.rbegin(), requests.rend(),
                                   [](const Exchange& each) { return each.note == with_answer_of_provider; });
  return newest == requests.rend() || newest->status != 404 ? nullptr : &*newest;
}

std::vector<Exchange> sign_in_that_worked(std::span<const Exchange> requests) {
  const auto has_failed = [](const Exchange& each) { return each.status >= 500 && !is_probe(each); };
  if (std::ranges::any_of(requests, has_failed)) return {};
  const auto is_form = [](const Exchange& each) { return each.method == "POST" && is_of_sign_in(each.path); };
  const auto refuses_by_status = [&](std::string_view path) {
    return std::ranges::any_of(
        requests, [&](const Exchange& each) { return is_form(each) && each.path == path && is_refusal(each.status); });
  };
  std::vector<Exchange> newest;
  bool is_refused = false; // the newest: who mistyped a password tries again
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!is_form(requests[i])) continue;
    const Exchange* page = nullptr;
    const bool by_status = refuses_by_status(requests[i].path);
    const Course course = course_of(requests[i], requests.subspan(i + 1), by_status, page);
    if (course == Course::came_nowhere) return {};
    const bool is_told_by_status = by_status && is_success(requests[i].status);
    is_refused = course == Course::was_refused || (is_refused && course == Course::untold && !is_told_by_status);
    if (page != nullptr) newest = {requests[i], *page};
  }
  return is_refused ? std::vector<Exchange>() : newest;
}

bool tell_of_trouble(std::span<const Exchange> requests) {
  return std::ranges::any_of(requests, [](const Exchange& each) {
    return shows_form(each) || (each.status >= 400 && !is_asked_by_strangers(each.path));
  });
}

} // namespace murphy::diagnose
