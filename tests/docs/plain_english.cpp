#include "plain_english.h"

#include "base/regex.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <gtest/gtest.h>
#include <memory>

namespace murphy::docs {
namespace {

constexpr std::size_t most_words = 25;
// Where the text of an option begins in a help text, see harness/cli/main.cpp.
constexpr std::size_t name_columns = 28;

struct Odd {
  const char* pattern;
  const char* instead;
};

constexpr std::array odd{
    Odd{R"(\b(stands?|stood)\b)", "is, appears, means"},
    Odd{R"(\b(tells|told)\b)", "says, shows, reports, distinguishes"},
    Odd{R"(\bso (many|often)\b)", "the number, as an imperative: Retry up to NUMBER times"},
    Odd{R"(\bwho(m|(m|so)?ever)\b)", "the person: the user, anyone"},
    Odd{R"(\banew\b)", "again, a new"},
    Odd{R"(\b(lead|leads|leading|led) nowhere\b)", "broken"},
    Odd{R"(\bshall\b)", "must, should"},
    Odd{R"(\bmend(s|ed|ing)?\b)", "fix"},
    Odd{R"(\bagainst forgery\b)", "CSRF token"},
    Odd{R"(\bgood (twice|a second time)\b)", "works twice"},
    Odd{R"(\ball is well\b)", "no errors, the healthy app"},
    Odd{R"(\bheld against\b)", "compared with"},
    Odd{R"(\bto be (\w+ly )?(\w+ed|\w+en|\w+wn|sent|kept|met|made|found|held|run|set|put|cut|read|done|built|left|lost)\b)",
        "the active voice: say who does it"},
};

struct Pattern {
  std::shared_ptr<const Regex> regex;
  std::string instead;
};

const std::vector<Pattern>& patterns() {
  static const std::vector<Pattern> compiled = [] {
    std::vector<Pattern> all;
    for (const Odd& each : odd) {
      auto regex = Regex::compile("(?i)" + std::string(each.pattern));
      if (!regex)
        ADD_FAILURE() << each.pattern << ": " << regex.error().what;
      else
        all.push_back({std::move(*regex), each.instead});
    }
    return all;
  }();
  return compiled;
}

bool is_alphanumeric(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// `code` and [words](target) as a reader counts them: one word, and the words.
std::string without_markup(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '`') {
      const std::size_t end = text.find('`', at + 1);
      if (end == std::string_view::npos) return plain + std::string(text.substr(at));
      plain += "Code";
      at = end;
    } else if (text[at] == ']' && at + 1 < text.size() && text[at + 1] == '(') {
      at = std::min(text.find(')', at), text.size());
    } else if (text[at] != '[') {
      plain += text[at];
    }
  }
  return plain;
}

bool ends_a_sentence(std::string_view text, std::size_t at) {
  if (text[at] != '.' && text[at] != '?' && text[at] != '!') return false;
  const std::size_t next = text.find_first_not_of(")*\"", at + 1);
  if (next == std::string_view::npos) return true;
  return text[next] == ' ' && next + 1 < text.size() && std::islower(static_cast<unsigned char>(text[next + 1])) == 0;
}

std::vector<std::string> sentences(std::string_view text) {
  std::vector<std::string> found;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!ends_a_sentence(text, at)) continue;
    found.emplace_back(trim(text.substr(begin, at + 1 - begin)));
    begin = at + 1;
  }
  found.emplace_back(trim(text.substr(begin)));
  return found;
}

std::size_t words_in(std::string_view sentence) {
  const std::vector<std::string_view> parts = split(sentence, ' ');
  return static_cast<std::size_t>(
      std::ranges::count_if(parts, [](std::string_view part) { return std::ranges::any_of(part, is_alphanumeric); }));
}

// "- item", "12. item", "## heading": where its text begins; 0 for other lines.
std::size_t marker_length(std::string_view line) {
  std::size_t at = line.find_first_not_of(' ');
  if (at == std::string_view::npos) return 0;
  const std::size_t begin = at;
  if (line[at] == '-' || line[at] == '*') {
    ++at;
  } else if (line[at] == '#') {
    at = line.find_first_not_of('#', at);
  } else {
    while (at < line.size() && std::isdigit(static_cast<unsigned char>(line[at])) != 0) ++at;
    if (at == begin || at >= line.size() || line[at] != '.') return 0;
    ++at;
  }
  return at < line.size() && line[at] == ' ' ? at + 1 : 0;
}

class Collector {
public:
  void begin(std::size_t line, std::string_view text) {
    end();
    passage_ = {line, std::string(trim(text))};
  }
  void go_on(std::size_t line, std::string_view text) {
    if (passage_.text.empty())
      begin(line, text);
    else
      passage_.text += " " + std::string(trim(text));
  }
  void end() {
    if (!passage_.text.empty()) found_.push_back(std::move(passage_));
    passage_ = {};
  }
  std::vector<Passage> take() {
    end();
    return std::move(found_);
  }

private:
  Passage passage_;
  std::vector<Passage> found_;
};

} // namespace

std::vector<Passage> passages_of_page(std::string_view markdown) {
  Collector passages;
  bool inside = false;
  std::size_t number = 0;
  for (const std::string_view line : split(markdown, '\n')) {
    ++number;
    const bool fence = line.starts_with("```");
    if (fence) inside = !inside;
    if (inside || fence || trim(line).empty()) {
      passages.end();
    } else if (line.starts_with('|')) {
      for (const std::string_view cell : split(line, '|')) passages.begin(number, cell);
      passages.end();
    } else if (const std::size_t marker = marker_length(line); marker > 0) {
      passages.begin(number, line.substr(marker));
    } else {
      passages.go_on(number, line);
    }
  }
  return passages.take();
}

std::vector<Passage> passages_of_source(std::string_view source) {
  std::vector<Passage> found;
  Passage passage;
  std::size_t line = 1;
  const auto end_passage = [&] {
    if (passage.text.contains(' ')) found.push_back(passage);
    passage = {};
  };
  for (std::size_t at = 0; at < source.size();) {
    std::size_t end = at + 1;
    if (source.substr(at).starts_with("//")) {
      end = source.find('\n', at);
    } else if (source.substr(at).starts_with("R\"")) {
      const std::size_t open = source.find('(', at);
      const std::string close = ")" + std::string(source.substr(at + 2, open - at - 2)) + "\"";
      end = source.find(close, open) + close.size();
    } else if (source[at] == '"' || (source[at] == '\'' && (at == 0 || !is_alphanumeric(source[at - 1])))) {
      while (end < source.size() && source[end] != source[at]) end += source[end] == '\\' ? 2 : 1;
      if (source[at] == '"') {
        if (passage.line == 0) passage.line = line;
        passage.text += source.substr(at + 1, end - at - 1);
      }
      ++end;
    } else if (source[at] != ' ' && source[at] != '\n') {
      end_passage();
    }
    end = std::min(end, source.size());
    line += static_cast<std::size_t>(std::ranges::count(source.substr(at, end - at), '\n'));
    at = end;
  }
  end_passage();
  return found;
}

std::vector<Passage> passages_of_help(std::string_view help) {
  Collector passages;
  std::size_t number = 0;
  for (const std::string_view line : split(help, '\n')) {
    ++number;
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == std::string_view::npos)
      passages.end();
    else if (indent >= name_columns)
      passages.go_on(number, line);
    else if (line.size() > name_columns && line[name_columns - 1] == ' ' && line.starts_with(' '))
      passages.begin(number, line.substr(name_columns));
    else
      passages.begin(number, line);
  }
  return passages.take();
}

std::vector<std::string> odd_words(std::string_view text) {
  const std::string plain = without_markup(text);
  std::vector<std::string> found;
  for (const Pattern& pattern : patterns()) {
    const auto groups = pattern.regex->search(plain);
    if (groups && !groups->empty()) found.push_back(groups->front() + ": write " + pattern.instead);
  }
  return found;
}

std::vector<std::string> long_sentences(std::string_view text) {
  std::vector<std::string> found = sentences(without_markup(text));
  std::erase_if(found, [](const std::string& sentence) { return words_in(sentence) <= most_words; });
  return found;
}

} // namespace murphy::docs
