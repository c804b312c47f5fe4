#include "record/tokens.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "record/spelling.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace murphy::record {

namespace {

bool is_name_character(char c) { return is_alphanumeric(c) || std::string_view("_-.[]%$:").contains(c); }

// "session[user_otp]" → "user", "otp": the words of its last part, in lower case.
std::vector<std::string> words_of(std::string_view name) {
  while (name.ends_with("[]")) name.remove_suffix(2);
  if (name.ends_with(']')) {
    name.remove_suffix(1);
    name = name.substr(name.rfind('[') == std::string_view::npos ? 0 : name.rfind('[') + 1);
  }
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool letter = is_alphanumeric(name[i]);
    const bool begins = !letter || (is_upper(name[i]) && i > 0 && is_lower(name[i - 1]));
    if (begins) words.emplace_back();
    if (letter) words.back() += ascii_lower(name.substr(i, 1));
  }
  std::erase_if(words, [](const std::string& word) { return word.empty(); });
  return words;
}

template <std::size_t N> bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

bool always_sensitive(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 13> parts = {
      "nonce",     "csrf",   "xsrf",      "authenticity", "passw",  "pwd",     "samlresponse",
      "assertion", "sessid", "sessionid", "sessionkey",   "apikey", "verifier"};
  static constexpr std::array<std::string_view, 4> last_words = {"session", "sid", "otp", "jwt"};
  const std::string all = murphy::join(words, "");
  if (all == "tokentype") return false;
  return names_a_secret(all) || is_one_of(words.back(), last_words) ||
         std::ranges::any_of(parts, [&](std::string_view part) { return all.contains(part); });
}

// "code" and "state" alone, or a code that says what it is good for; not "country_code", "error_code".
bool sensitive_as_credential(const std::vector<std::string>& words) {
  static constexpr std::array<std::string_view, 17> purposes = {
      "auth",    "authorization", "verification", "verify",   "login",  "mfa",   "sms",          "one",    "time",
      "onetime", "recovery",      "backup",       "security", "access", "reset", "confirmation", "session"};
  // By what a server finds a sign-in that has begun: Keycloak, CAS, Spring Web Flow.
  static constexpr std::array<std::string_view, 3> of_flow = {"execution", "tabid", "clientdata"};
  if (is_one_of(murphy::join(words, ""), of_flow)) return true;
  if (words.back() != "code" && words.back() != "state") return false;
  return std::all_of(words.begin(), words.end() - 1,
                     [&](const std::string& word) { return is_one_of(word, purposes); });
}

// Which values of a name are sensitive.
enum class Sensitivity { never, as_credential, always };

// An app has few names, and each comes again and again.
Sensitivity sensitivity_of(std::string_view name) {
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  constexpr std::size_t most_known = 1000;
  thread_local std::unordered_map<std::string, Sensitivity, Hash, std::equal_to<>> known;
  if (const auto found = known.find(name); found != known.end()) return found->second;
  const std::vector<std::string> words = words_of(name);
  const Sensitivity sensitivity = words.empty()                    ? Sensitivity::never
                                  : always_sensitive(words)        ? Sensitivity::always
                                  : sensitive_as_credential(words) ? Sensitivity::as_credential
                                                                   : Sensitivity::never;
  if (known.size() == most_known) known.clear();
  known.emplace(name, sensitivity);
  return sensitivity;
}

// What an app's own log or an earlier look masked already: "[FILTERED]", "****", "‹sid:a1b2›"; and the reference of a
// scenario, "${token}".
bool is_masked(std::string_view value) {
  if (value.starts_with("${") && value.find('}') == value.size() - 1) return true;
  return (value.starts_with("‹") && value.ends_with("›")) || (value.starts_with('[') && value.ends_with(']')) ||
         value.find_first_not_of("*•") == std::string_view::npos;
}

// One escape of the kind that `opener` begins is undone in each place.
std::string undo(std::string_view text, char opener) {
  SpellingReader reader(text);
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const Readings& readings = reader.read(at, text[at] == opener ? 1 : 0);
    const DecodedReading& meant = readings[readings.size() > 1 ? 1 : 0];
    plain += meant.view();
    at += meant.length;
  }
  return plain;
}

// A text that is copied up to its tokens, and they replaced.
class Rewriter {
public:
  explicit Rewriter(std::string_view text) : text_(text) {}
  void put(std::size_t begin, std::size_t end, std::string_view replacement) {
    result_ += text_.substr(copied_, begin - copied_);
    result_ += replacement;
    copied_ = end;
  }
  std::string finish() {
    if (copied_ == 0) return std::string(text_);
    result_ += text_.substr(copied_);
    return std::move(result_);
  }

private:
  std::string_view text_;
  std::string result_;
  std::size_t copied_ = 0;
};

// What a text begins with.
enum class TextStart { pair, anything };

std::string replace_pairs(std::string_view text, TextStart start, const Replace& replace) {
  Rewriter rewriter(text);
  for (std::size_t equals = text.find('='); equals != std::string_view::npos; equals = text.find('=', equals + 1)) {
    std::size_t begin = equals;
    while (begin > 0 && is_name_character(text[begin - 1])) --begin;
    if (begin == equals) continue;
    const bool is_pair = begin == 0 ? start == TextStart::pair : std::string_view("?&;#").contains(text[begin - 1]);
    if (!is_pair) continue;
    std::size_t end = text.find_first_of("&;#\"'<> \t\r\n)", equals + 1);
    if (end == std::string_view::npos) end = text.size();
    const std::string name = undo(text.substr(begin, equals - begin), '%');
    const std::string_view value = text.substr(equals + 1, end - equals - 1);
    if (!is_masked(value) && is_sensitive(name, value)) rewriter.put(equals + 1, end, replace(name, value));
    equals = end - 1;
  }
  return rewriter.finish();
}

// "name": "value", 'name' => 'value', and 'name': ['value'] as Django's log writes it. Words to people are no tokens.
std::string replace_quoted_pairs(std::string_view text, const Replace& replace) {
  constexpr std::size_t longest_name = 64;
  Rewriter rewriter(text);
  const auto skip_white_space = [&](std::size_t at) {
    return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
  };
  for (std::size_t quote = text.find_first_of("\"'"); quote != std::string_view::npos;
       quote = text.find_first_of("\"'", quote + 1)) {
    std::size_t at = quote + 1;
    while (at < text.size() && at - quote <= longest_name && is_name_character(text[at])) ++at;
    if (at == quote + 1 || at == text.size() || text[at] != text[quote]) continue;
    const std::string_view name = text.substr(quote + 1, at - quote - 1);
    at = skip_white_space(at + 1);
    if (text.substr(at).starts_with("=>")) {
      ++at;
    } else if (!text.substr(at).starts_with(':')) {
      continue;
    }
    at = skip_white_space(at + 1);
    if (text.substr(at).starts_with('[')) at = skip_white_space(at + 1);
    if (at == text.size() || (text[at] != '"' && text[at] != '\'')) continue;
    const char closing = text[at];
    const std::size_t begin = at + 1;
    std::size_t end = begin;
    while (end < text.size() && text[end] != closing) end += text[end] == '\\' ? 2 : 1;
    end = std::min(end, text.size()); // of a text that was cut
    const std::string value = undo(text.substr(begin, end - begin), '\\');
    if (!is_masked(value) && is_sensitive(name, value) && looks_like_credential(value))
      rewriter.put(begin, end, replace(name, value));
    quote = end;
  }
  return rewriter.finish();
}

struct Attribute {
  std::string name; // in lower case
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The attributes of the tag whose name ends at `at`, which is moved behind them.
std::vector<Attribute> attributes(std::string_view html, std::size_t& at) {
  std::vector<Attribute> found;
  const auto skip = [&](auto accepts) {
    while (at < html.size() && accepts(html[at])) ++at;
  };
  for (;;) {
    skip([](char c) { return is_white_space(c) || c == '/'; });
    if (at >= html.size() || html[at] == '>' || html[at] == '<') return found;
    const std::size_t name = at;
    skip([](char c) { return !is_white_space(c) && c != '=' && c != '>' && c != '/'; });
    Attribute attribute{.name = ascii_lower(html.substr(name, at - name))};
    skip(is_white_space);
    if (at < html.size() && html[at] == '=') {
      ++at;
      skip(is_white_space);
      if (at < html.size() && (html[at] == '"' || html[at] == '\'')) {
        attribute.begin = at + 1;
        attribute.end = std::min(html.find(html[at], at + 1), html.size());
        at = std::min(attribute.end + 1, html.size());
      } else {
        attribute.begin = at;
        skip([](char c) { return !is_white_space(c) && c != '>'; });
        attribute.end = at;
      }
    } else if (at == name) {
      ++at;
    }
    found.push_back(std::move(attribute));
  }
}

// <input name="csrf" value="…">, <meta name="csrf-token" content="…">.
std::string replace_attributes(std::string_view html, const Replace& replace) {
  Rewriter rewriter(html);
  for (std::size_t tag = html.find('<'); tag != std::string_view::npos; tag = html.find('<', tag + 1)) {
    const bool is_input = equal_ignoring_ascii_case(html.substr(tag + 1, 5), "input");
    const bool is_meta = equal_ignoring_ascii_case(html.substr(tag + 1, 4), "meta");
    if (!is_input && !is_meta) continue;
    std::size_t at = tag + (is_input ? 6 : 5);
    if (at < html.size() && !is_white_space(html[at]) && html[at] != '/') continue;
    std::string name;
    bool is_password = false;
    const Attribute* content = nullptr;
    const std::vector<Attribute> all = attributes(html, at);
    for (const Attribute& attribute : all) {
      const std::string_view text = html.substr(attribute.begin, attribute.end - attribute.begin);
      if (attribute.name == "name") name = undo(text, '&');
      if (attribute.name == "type" && is_input) is_password = is_password_type(text);
      if (attribute.name == (is_input ? "value" : "content")) content = &attribute;
    }
    tag = at - 1; // what stands in its attributes is no tag
    if (!content) continue;
    const std::string value = undo(html.substr(content->begin, content->end - content->begin), '&');
    if (is_masked(value)) continue;
    if (is_sensitive(name, value) || is_password) rewriter.put(content->begin, content->end, replace(name, value));
  }
  return rewriter.finish();
}

// https://user:password@host
std::string replace_userinfo(std::string_view text, const Replace& replace) {
  Rewriter rewriter(text);
  for (std::size_t slashes = text.find("://"); slashes != std::string_view::npos;
       slashes = text.find("://", slashes + 3)) {
    const std::size_t begin = slashes + 3;
    const std::size_t end = std::min(text.find_first_of("/?# \t\r\n\"'<>", begin), text.size());
    const std::string_view authority = text.substr(begin, end - begin);
    const std::size_t at = authority.rfind('@');
    const std::size_t colon = authority.find(':');
    if (at == std::string_view::npos || colon == std::string_view::npos || colon + 1 >= at) continue;
    const std::string_view password = authority.substr(colon + 1, at - colon - 1);
    if (!is_masked(password)) rewriter.put(begin + colon + 1, begin + at, replace("password", password));
  }
  return rewriter.finish();
}

std::string replace_anywhere(std::string_view text, TextStart start, const Replace& replace) {
  // Each way to write a name and its value has one of these in it.
  if (text.find_first_of("=:<") == std::string_view::npos) return std::string(text);
  std::string result = replace_pairs(text, start, replace);
  result = replace_quoted_pairs(result, replace);
  result = replace_attributes(result, replace);
  return replace_userinfo(result, replace);
}

// "sid=abc" with its value replaced. An empty value and "deleted" are how apps delete a cookie.
std::string replace_in_cookie(std::string_view pair, const Replace& replace) {
  const std::size_t equals = pair.find('=');
  if (equals == std::string_view::npos) return std::string(pair);
  const std::string_view name = trim(pair.substr(0, equals));
  const std::string_view value = trim(pair.substr(equals + 1));
  if (value.empty() || value == "\"\"" || value == "deleted" || is_masked(value)) return std::string(pair);
  return std::string(pair.substr(0, equals + 1)) + replace(name, value);
}

// Into how many pieces a text without digits falls where a word may begin: behind what is no letter, and at a capital.
// Words are longer than chance makes them: "acceptAllCookies" has three, "UtsSztwjVzWyd" five.
std::size_t pieces_of_words(std::string_view value) {
  std::size_t pieces = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool follows_letter = i > 0 && is_letter(value[i - 1]);
    if (is_letter(value[i]) && (!follows_letter || is_upper(value[i]))) ++pieces;
  }
  return pieces;
}

} // namespace

bool looks_like_credential(std::string_view value) {
  if (std::ranges::any_of(value, is_white_space)) return false;
  const bool has_digit = std::ranges::any_of(value, is_digit);
  const bool mixed_case = std::ranges::any_of(value, is_upper) && std::ranges::any_of(value, is_lower);
  return (has_digit && value.size() >= 4) || (mixed_case && value.size() >= 8) || value.size() >= 20;
}

bool is_sensitive(std::string_view name, std::string_view value) {
  if (value.empty()) return false;
  const Sensitivity sensitivity = sensitivity_of(name);
  return sensitivity == Sensitivity::always ||
         (sensitivity == Sensitivity::as_credential && looks_like_credential(value));
}

bool is_unmistakable(std::string_view name, std::string_view value) {
  const bool has_letter = std::ranges::any_of(value, is_letter);
  const bool has_space = std::ranges::any_of(value, is_white_space);
  if (!has_letter || has_space) return false;
  const bool names_it = is_sensitive(name, value);
  if (std::ranges::any_of(value, is_digit)) return value.size() >= (names_it ? 8 : 16);
  const std::size_t pieces = pieces_of_words(value);
  const bool is_by_chance = looks_like_credential(value) && value.size() >= 12 && value.size() < 4 * pieces;
  return is_by_chance || (names_it && pieces == 1 && value.size() >= 16);
}

std::string replace_in_text(std::string_view text, const Replace& replace) {
  return replace_anywhere(text, TextStart::anything, replace);
}

std::string replace_in_form(std::string_view text, const Replace& replace) {
  return replace_anywhere(text, TextStart::pair, replace);
}

std::string replace_in_header(const Header& header, const Replace& replace) {
  const std::string name = ascii_lower(header.name);
  const std::string_view value = header.value;
  if (name == "set-cookie") {
    const std::size_t end = std::min(value.find(';'), value.size());
    return replace_in_cookie(value.substr(0, end), replace) + std::string(value.substr(end));
  }
  if (name == "cookie") {
    std::vector<std::string> pairs;
    for (const std::string_view pair : split(value, ';')) pairs.push_back(replace_in_cookie(pair, replace));
    return murphy::join(pairs, ";");
  }
  if (name == "authorization" || name == "proxy-authorization") {
    const std::string_view trimmed = trim(value);
    const std::size_t space = trimmed.find(' ');
    const std::string_view scheme = space == std::string_view::npos ? "" : trimmed.substr(0, space + 1);
    const std::string_view credentials = trim(trimmed.substr(scheme.size()));
    if (credentials.empty() || is_masked(credentials)) return header.value;
    return std::string(scheme) + replace(name, credentials);
  }
  const bool is_policy = name.starts_with("access-control-") || name == "content-security-policy";
  if (!is_policy && !is_masked(value) && is_sensitive(name, value)) return replace(name, value);
  return replace_in_text(value, replace);
}

} // namespace murphy::record
