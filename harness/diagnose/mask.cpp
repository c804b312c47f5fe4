#include "diagnose/mask.h"

#include "base/text.h"
#include "diagnose/lines.h"
#include "record/tokens.h"

#include <algorithm>
#include <cctype>

namespace murphy::diagnose {

namespace {

constexpr std::string_view mask = "‹…›";
constexpr std::size_t widest = 240;

bool is_of_address(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '+';
}

// ada@example.com, but not 'wp'@'localhost' and no @ivar.
std::string without_addresses(std::string_view line) {
  std::string masked;
  std::size_t copied = 0;
  for (std::size_t at = line.find('@'); at != std::string_view::npos; at = line.find('@', at + 1)) {
    std::size_t begin = at, end = at + 1;
    while (begin > copied && (is_of_address(line[begin - 1]) || line[begin - 1] == '.')) --begin;
    while (end < line.size() && (is_of_address(line[end]) || line[end] == '.')) ++end;
    if (begin == at || line.substr(at, end - at).find('.') == std::string_view::npos) continue;
    masked += std::string(line.substr(copied, begin - copied)) + std::string(mask);
    copied = end;
    at = end - 1;
  }
  return masked + std::string(line.substr(copied));
}

// Quoted values behind `=`, `:`, `=>`, LIKE, `(` of VALUES and IN: what a statement or an inspected object carries.
std::string without_values(std::string_view line) {
  std::string masked;
  bool in_list = false; // behind VALUES ( or IN (
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const std::string so_far =
        ascii_lower(std::string_view(masked).substr(masked.size() > 12 ? masked.size() - 12 : 0));
    if (c == '(' && (so_far.ends_with("values ") || so_far.ends_with("values") || so_far.ends_with(" in ")))
      in_list = true;
    if (c == ')') in_list = false;
    if (c != '\'' && c != '"') {
      masked += c;
      continue;
    }
    std::string_view before = trim(std::string_view(so_far));
    const bool is_value = in_list || before.ends_with('=') || before.ends_with("=>") || before.ends_with(" like") ||
                          before.ends_with(" entry") || before.ends_with(" value:") || before.ends_with("type uuid:") ||
                          (c == '"' && before.ends_with(':') &&
                           (masked.contains("#<") || before.ends_with("\":") || masked.contains("syntax for type"))) ||
                          (before.ends_with(':') && before.size() > 1 &&
                           (before[before.size() - 2] == '\'' || before[before.size() - 2] == '"'));
    std::size_t end = i + 1;
    while (end < line.size() && line[end] != c) end += line[end] == '\\' ? 2U : 1U;
    if (!is_value || end >= line.size()) {
      // Copied as a whole, so that the closing quote is not taken for an opening one.
      end = std::min(end, line.size() - 1);
      masked += line.substr(i, end - i + 1);
    } else {
      masked += c;
      masked += mask;
      masked += c;
    }
    i = std::min(end, line.size() - 1);
  }
  return masked;
}

// DETAIL:  Key (email)=(ada) already exists. Failing row contains (1, ada).
std::string without_details(std::string line) {
  for (const std::string_view open : {")=(", "Failing row contains ("}) {
    const std::size_t at = line.find(open);
    if (at == std::string::npos) continue;
    const std::size_t begin = at + open.size(), end = line.find(')', begin);
    line = line.substr(0, begin) + std::string(mask) + (end == std::string::npos ? ")" : line.substr(end));
  }
  return line;
}

// Password hashes by their marks, and other long runs of letters with digits that are no path and no name.
std::string without_tokens(std::string_view line) {
  std::string masked;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = i;
    bool digit = false, upper = false, lower = false;
    const auto in_token = [&](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '$' || c == '+' || c == '=' || c == '%';
    };
    while (end < line.size() && in_token(line[end])) {
      digit = digit || std::isdigit(static_cast<unsigned char>(line[end])) != 0;
      upper = upper || std::isupper(static_cast<unsigned char>(line[end])) != 0;
      lower = lower || std::islower(static_cast<unsigned char>(line[end])) != 0;
      ++end;
    }
    if (end == i) {
      masked += line[i++];
      continue;
    }
    const std::string_view word = line.substr(i, end - i);
    const bool hash =
        word.size() > 8 && (word.starts_with("$2") || word.starts_with("$6$") || word.starts_with("$5$") ||
                            word.starts_with("$1$") || word.starts_with("$argon") || word.starts_with("$P$") ||
                            word.starts_with("$H$") || word.contains("sha256$") || word.contains("sha1$"));
    const bool token = word.size() >= 24 && digit && (lower || upper);
    if (hash) {
      // The rest of the hash may hold characters that end other words.
      while (end < line.size() && !is_white_space(line[end]) && line[end] != '"' && line[end] != '\'' &&
             line[end] != ',')
        ++end;
    }
    masked += hash || token ? mask : word;
    i = end;
  }
  return masked;
}

} // namespace

std::string masked(std::string_view line) {
  std::string text = record::replace_in_text(
      one_line(line.substr(0, longest_line)), [](std::string_view name, std::string_view value) {
        return record::is_sensitive(name, value) ? std::string(mask) : std::string(value);
      });
  return ellipsize(without_tokens(without_details(without_values(without_addresses(text)))), widest);
}

} // namespace murphy::diagnose
