#include "run/form_rules/answer.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace murphy::run {
namespace {

constexpr std::size_t most_quoted = 3;      // lines
constexpr std::size_t longest_quoted = 160; // columns

template <std::size_t size> bool says(std::string_view words, const std::array<std::string_view, size>& phrases) {
  const std::string folded = fold_case(words);
  return std::ranges::any_of(phrases, [&](std::string_view phrase) { return folded.contains(phrase); });
}

// Numbers of records, times and tokens differ from answer to answer: each word with a digit is as good as another.
std::string without_numbers(std::string_view line) {
  std::string result, word;
  bool has_digit = false;
  const auto end_word = [&] {
    result += has_digit ? "0" : word;
    word.clear();
    has_digit = false;
  };
  for (const char c : line) {
    const bool is_of_word = is_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80;
    if (!is_of_word) {
      end_word();
      result += c;
      continue;
    }
    has_digit = has_digit || is_digit(c);
    word += c;
  }
  end_word();
  return result;
}

std::set<std::string> marks_of(const drive::Page& page) {
  std::set<std::string> marks;
  for (const std::string_view css : {"[aria-invalid=true]", "[autofocus]"}) {
    const auto marked = page.select(css);
    if (!marked) continue;
    for (const drive::Element& element : *marked) {
      for (const char* attribute : {"name", "id"}) {
        const auto found = element.attributes.find(attribute);
        if (found == element.attributes.end() || found->second.empty()) continue;
        marks.insert(std::string(css) + found->second);
        break;
      }
    }
  }
  return marks;
}

} // namespace

void SentTexts::add(std::string_view text) {
  const std::string words = collapse_white_space(text);
  if (count_code_points(words) < 3) return;
  texts_.insert(words);
  // As addresses have it: "ada-lovelace".
  std::string slug = ascii_lower(words);
  texts_.insert(slug);
  std::ranges::replace(slug, ' ', '-');
  texts_.insert(std::move(slug));
}

std::string SentTexts::without(std::string_view line) const {
  std::string result(line);
  // Longer ones first: one may be the beginning of another.
  std::vector<std::string_view> found;
  for (const std::string& text : texts_)
    if (result.contains(text)) found.push_back(text);
  std::ranges::stable_sort(found, std::ranges::greater(), &std::string_view::size);
  for (const std::string_view text : found) {
    for (std::size_t at = result.find(text); at != std::string::npos; at = result.find(text, at + 3))
      result.replace(at, text.size(), "…");
  }
  return result;
}

Line line_of_answer(std::string words, const SentTexts& sent) {
  Line line{std::move(words), {}};
  compare_again(line, sent);
  return line;
}

void compare_again(Line& line, const SentTexts& sent) { line.compared = without_numbers(sent.without(line.words)); }

void compare_again(AnswerText& answer, const SentTexts& sent) {
  compare_again(answer.path, sent);
  for (Line& line : answer.lines) compare_again(line, sent);
}

AnswerText read_page(const drive::Page& page, const std::string& form, const SentTexts& sent) {
  AnswerText answer;
  answer.status = page.status();
  answer.path = line_of_answer(page.path(), sent);
  answer.is_html = page.is_html();
  answer.shows_form = page.has_form(form).has_value();
  for (std::string& words : page.lines()) answer.lines.push_back(line_of_answer(std::move(words), sent));
  answer.marks = marks_of(page);
  return answer;
}

AnswerText read_answer(const drive::Visit& visit, const std::string& form, const SentTexts& sent) {
  AnswerText answer = read_page(*visit.page, form, sent);
  answer.redirected = visit.answers.size() > 1;
  return answer;
}

std::vector<Line> lines_beyond(const std::vector<Line>& lines, const std::vector<Line>& known) {
  std::vector<Line> beyond;
  for (const Line& line : lines) {
    if (std::ranges::find(known, line.compared, &Line::compared) != known.end()) continue;
    if (std::ranges::find(beyond, line.compared, &Line::compared) != beyond.end()) continue;
    beyond.push_back(line);
  }
  return beyond;
}

std::string quoted(const std::vector<Line>& lines) {
  std::string words;
  for (std::size_t i = 0; i < std::min(lines.size(), most_quoted); ++i) words += (i == 0 ? "" : "; ") + lines[i].words;
  return ellipsize(one_line(words), longest_quoted);
}

bool says_done(std::string_view words) {
  static constexpr auto phrases = std::to_array<std::string_view>(
      {"saved",    "success",      "thank",     "updated", "created",  "confirmed",  "gespeichert", "erfolg",
       "danke",    "aktualis",     "enregistr", "merci",   "succès",   "guardad",    "éxito",       "gracias",
       "salvat",   "grazie",       "salvo",     "obrigad", "sucesso",  "opgeslagen", "bedankt",     "zapisan",
       "dziękuj",  "uložen",       "sparat",    "sparad",  "lagret",   "gemt",       "tallennett",  "mentve",
       "kaydedil", "сохранен",     "успешно",   "спасибо", "збережен", "αποθηκε",    "تم الحفظ",    "شكرا",
       "נשמר",     "保存しました", "成功",      "已保存",  "저장"});
  return says(words, phrases);
}

bool says_taken(std::string_view words) {
  static constexpr auto phrases = std::to_array<std::string_view>(
      {"already",  "taken",      "in use",     "exists",  "another account", "not available", "bereits",
       "vergeben", "déjà",       "ya existe",  "ya está", "em uso",          "já existe",     "já está",
       "già",      "in gebruik", "bestaat al", "redan",   "allerede",        "käytössä",      "zajęt",
       "już",      "již",        "foglalt",    "zaten",   "kullanıl",        "уже",           "занят",
       "вже",      "ήδη",        "بالفعل",     "כבר",     "すでに",          "既に",          "已存在",
       "已被",     "이미"});
  return says(words, phrases);
}

} // namespace murphy::run
