#include "diagnose/sentence.h"

#include "base/nearest.h"
#include "base/text.h"
#include "diagnose/lines.h"
#include "diagnose/literal_search.h"
#include "diagnose/sentence_tokens.h"
#include "diagnose/sentence_words.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace murphy::diagnose {
namespace {

using record::Layer;

// "Columns" and "column(s)" are the noun "column", "properties" is "property".
const KindNoun* noun_of(const Token& token) {
  if (token.mark != Token::Mark::word) return nullptr;
  const auto named = [](std::string_view word) -> const KindNoun* {
    const auto found = std::ranges::find(kind_nouns, word, &KindNoun::word);
    return found == kind_nouns.end() ? nullptr : &*found;
  };
  const std::string_view word = token.lower;
  if (const KindNoun* found = named(word)) return found;
  if (word.ends_with("ies"))
    if (const KindNoun* found = named(std::string(word.substr(0, word.size() - 3)) + "y")) return found;
  if (word.ends_with("es"))
    if (const KindNoun* found = named(word.substr(0, word.size() - 2))) return found;
  return word.ends_with('s') ? named(word.substr(0, word.size() - 1)) : nullptr;
}

// Words between a noun and its name.
bool is_filler(const Token& token) {
  if (is_punctuation(token)) return token.text == ":" || token.text == "(" || token.text == ")";
  static constexpr std::array fillers = {
      std::string_view("named"),  std::string_view("called"), std::string_view("name"), std::string_view("the"),
      std::string_view("with"),   std::string_view("id"),     std::string_view("for"),  std::string_view("of"),
      std::string_view("in"),     std::string_view("is"),     std::string_view("not"),  std::string_view("found"),
      std::string_view("value"),  std::string_view("object"), std::string_view("or"),   std::string_view("a"),
      std::string_view("mapped"), std::string_view("was"),    std::string_view("bound")};
  return token.mark == Token::Mark::word && std::ranges::find(fillers, std::string_view(token.lower)) != fillers.end();
}

// Words that are never the name of anything, where a name may stand.
bool is_common_word(std::string_view word) {
  static constexpr std::array words = {
      std::string_view("a"),         std::string_view("an"),        std::string_view("and"),
      std::string_view("are"),       std::string_view("as"),        std::string_view("at"),
      std::string_view("be"),        std::string_view("been"),      std::string_view("but"),
      std::string_view("by"),        std::string_view("can"),       std::string_view("cannot"),
      std::string_view("could"),     std::string_view("did"),       std::string_view("do"),
      std::string_view("does"),      std::string_view("error"),     std::string_view("errors"),
      std::string_view("exception"), std::string_view("failed"),    std::string_view("for"),
      std::string_view("from"),      std::string_view("given"),     std::string_view("had"),
      std::string_view("has"),       std::string_view("have"),      std::string_view("if"),
      std::string_view("in"),        std::string_view("into"),      std::string_view("is"),
      std::string_view("it"),        std::string_view("its"),       std::string_view("may"),
      std::string_view("must"),      std::string_view("no"),        std::string_view("none"),
      std::string_view("not"),       std::string_view("null"),      std::string_view("nil"),
      std::string_view("object"),    std::string_view("of"),        std::string_view("on"),
      std::string_view("or"),        std::string_view("should"),    std::string_view("specified"),
      std::string_view("string"),    std::string_view("number"),    std::string_view("integer"),
      std::string_view("boolean"),   std::string_view("int"),       std::string_view("that"),
      std::string_view("the"),       std::string_view("this"),      std::string_view("to"),
      std::string_view("type"),      std::string_view("types"),     std::string_view("undefined"),
      std::string_view("was"),       std::string_view("were"),      std::string_view("when"),
      std::string_view("which"),     std::string_view("while"),     std::string_view("will"),
      std::string_view("with"),      std::string_view("you"),       std::string_view("your"),
      std::string_view("provided"),  std::string_view("found"),     std::string_view("true"),
      std::string_view("false"),     std::string_view("available"), std::string_view("default"),
      std::string_view("http"),      std::string_view("class"),     std::string_view("instance"),
      std::string_view("name")};
  return std::ranges::find(words, word) != words.end();
}

struct Named {
  const KindNoun* noun = nullptr;
  std::size_t name = 0; // its token
  int certainty = 0;    // the greater, the surer that this is the name
};

// The name that belongs to the noun at `at`: behind it, or quoted right before it.
std::optional<Named> name_of_noun(const std::vector<Token>& tokens, std::size_t at, const KindNoun& noun) {
  std::size_t next = at + 1;
  std::size_t skipped = 0;
  while (next < tokens.size() && skipped < 5 && is_filler(tokens[next])) ++next, ++skipped;
  // "Property or field 'x'": the next noun has the name.
  if (next < tokens.size() && noun_of(tokens[next]) == nullptr) {
    const Token& token = tokens[next];
    if ((is_quoted(token) || token.mark == Token::Mark::bracketed) && can_be_name(token.text))
      return Named{&noun, next, is_quoted(token) ? 5 : 4};
    if (token.mark == Token::Mark::word && looks_like_name(token.text)) return Named{&noun, next, 4};
    // "template location: …": the noun is the last of them.
    const bool is_noun_itself = next == at + 1 && next + 1 < tokens.size() && tokens[next + 1].text == ":";
    // "Unable to load template: HTML::Template->new(): …": the class that loads it is none.
    if (noun.kind == "template" && token.text.contains("::")) return std::nullopt;
    const bool named = next > at + 1 && (tokens[next - 1].text == ":" || tokens[next - 1].lower == "named" ||
                                         tokens[next - 1].lower == "called");
    if (token.mark == Token::Mark::word && can_be_name(token.text) && !is_common_word(token.lower) && !is_noun_itself &&
        (skipped == 0 || named))
      return Named{&noun, next, skipped == 0 ? 2 : 3};
  }
  std::size_t left = at;
  while (left > 0 &&
         (tokens[left - 1].text == ":" || tokens[left - 1].lower == "invalid" || tokens[left - 1].lower == "unknown" ||
          tokens[left - 1].lower == "a" || tokens[left - 1].lower == "an" || tokens[left - 1].lower == "not" ||
          tokens[left - 1].lower == "is" || tokens[left - 1].lower == "valid"))
    --left;
  if (left > 0) {
    const Token& before = tokens[left - 1];
    if (is_quoted(before) && can_be_name(before.text)) return Named{&noun, left - 1, 4};
    if (before.mark == Token::Mark::word && (is_shouted(before.text) || looks_like_name(before.text)))
      return Named{&noun, left - 1, 3};
  }
  return std::nullopt;
}

struct Range {
  std::size_t begin = 0, end = 0;
};

// The clause around the tokens of a negation: to the ends of its sentence.
Range clause_around(const std::vector<Token>& tokens, Range negation) {
  const auto ends_sentence = [&](const Token& token) {
    return is_punctuation(token) && (token.text == ";" || token.text == "." || token.text == "?" || token.text == "!");
  };
  Range clause = negation;
  while (clause.begin > 0 && !ends_sentence(tokens[clause.begin - 1])) --clause.begin;
  while (clause.end < tokens.size() && !ends_sentence(tokens[clause.end])) ++clause.end;
  return clause;
}

constexpr std::size_t farthest_behind = 9;
constexpr std::size_t farthest_before = 14;

// The name of a noun in a range; names may stand before it, from `first` on.
std::optional<Named> best_name(const std::vector<Token>& tokens, Range from, std::size_t first) {
  std::optional<Named> best;
  for (std::size_t i = from.begin; i < from.end; ++i) {
    const KindNoun* noun = noun_of(tokens[i]);
    // "WordPress database error": what failed, not what is missing.
    const bool is_of_failure =
        i + 1 < tokens.size() && (tokens[i + 1].lower == "error" || tokens[i + 1].lower == "exception");
    if (noun == nullptr || is_of_failure) continue;
    const auto named = name_of_noun(tokens, i, *noun);
    if (!named || named->name < first) continue;
    // The first that has a name is what the sentence is about; a guess at a plain word gives way.
    if (!best || (best->certainty == 2 && named->certainty > 4)) best = named;
  }
  return best;
}

std::size_t less(std::size_t from, std::size_t by) { return from > by ? from - by : 0; }

// What a name by its looks alone is the name of, where no noun says so.
const KindNoun* noun_by_looks(std::string_view name, std::string_view negation) {
  const auto noun = [](std::string_view word) { return &*std::ranges::find(kind_nouns, word, &KindNoun::word); };
  const std::string lower = ascii_lower(name);
  static constexpr std::array template_endings = {
      std::string_view(".html"),     std::string_view(".twig"),      std::string_view(".erb"),
      std::string_view(".ejs"),      std::string_view(".hbs"),       std::string_view(".pug"),
      std::string_view(".jsp"),      std::string_view(".ftl"),       std::string_view(".tmpl"),
      std::string_view(".haml"),     std::string_view(".blade.php"), std::string_view(".cshtml"),
      std::string_view(".mustache"), std::string_view(".j2"),        std::string_view(".tpl"),
      std::string_view(".phtml"),    std::string_view(".tt"),        std::string_view(".eex")};
  if (std::ranges::any_of(template_endings, [&](std::string_view ending) { return lower.ends_with(ending); }))
    return noun("template");
  static constexpr std::array code_endings = {std::string_view(".pm"), std::string_view(".py"),
                                              std::string_view(".rb"), std::string_view(".js"),
                                              std::string_view(".so"), std::string_view(".jar")};
  if (std::ranges::any_of(code_endings, [&](std::string_view ending) { return lower.ends_with(ending); }))
    return noun("module");
  if (is_shouted(name)) return noun("setting");
  const bool settable = negation.contains("set") || negation.contains("required") || negation.contains("provided") ||
                        negation.contains("configured") || negation.contains("value") ||
                        negation.contains("specified") || negation.contains("empty");
  if (settable) return looks_like_name(name) ? noun("setting") : nullptr;
  if (negation.contains("mapped") || negation.contains("registered")) return noun("class");
  if (negation.contains("defined")) return noun("variable");
  return nullptr;
}

// Where it was looked for: "of 'Account'", "in type *web.LoginPage", "on model [User]".
std::string owner_behind(const std::vector<Token>& tokens, std::size_t name, std::size_t end) {
  static constexpr std::array links = {std::string_view("of"),  std::string_view("in"),   std::string_view("on"),
                                       std::string_view("for"), std::string_view("from"), std::string_view("via")};
  for (std::size_t i = name + 1; i < std::min(end, name + 9); ++i) {
    if (std::ranges::find(links, std::string_view(tokens[i].lower)) == links.end()) continue;
    for (std::size_t j = i + 1; j < std::min(end, i + 6); ++j) {
      const Token& token = tokens[j];
      if (is_punctuation(token)) break;
      if (noun_of(token) != nullptr || is_filler(token) || token.lower == "an" || token.lower == "instance") continue;
      if (is_quoted(token)) {
        // 'class com.app.User' names the class.
        const std::size_t space = token.text.rfind(' ');
        return bare_name(space == std::string_view::npos ? token.text : token.text.substr(space + 1));
      }
      if (can_be_name(token.text) && (token.mark != Token::Mark::word || looks_like_name(token.text) ||
                                      std::isupper(static_cast<unsigned char>(token.text.front())) != 0))
        return bare_name(token.text);
      break;
    }
  }
  return {};
}

bool is_list_link(const Token& token) {
  return (is_punctuation(token) &&
          (token.text == "," || token.text == ":" || token.text == "(" || token.text == "=")) ||
         token.lower == "and" || token.lower == "or" || token.lower == "are" || token.lower == "is" ||
         token.lower == "to" || token.lower == "call" || token.lower == "use" || token.lower == "the" ||
         token.lower == "values" || token.lower == "options" || token.lower == "reference" || token.lower == "column" ||
         token.lower == "columns" || token.lower == "keys" || token.lower == "of" || token.lower == "names" ||
         token.lower == "fields" || token.lower == "methods";
}

// The names from `at` on: quoted ones, or words between commas.
std::vector<std::string> names_from(const std::vector<Token>& tokens, std::size_t at) {
  std::vector<std::string> names;
  bool quoted = false;
  for (std::size_t i = at; i < tokens.size() && names.size() < 200; ++i) {
    const Token& token = tokens[i];
    if (is_list_link(token) || (names.empty() && noun_of(token) != nullptr)) continue;
    if (is_punctuation(token)) break;
    const bool in_quotes = token.mark != Token::Mark::word;
    if (!names.empty() && quoted != in_quotes) break;
    if (token.mark == Token::Mark::bracketed && token.text.find(',') != std::string_view::npos) {
      for (const std::string_view part : split(token.text, ',')) names.push_back(bare_name(trim(part)));
      break;
    }
    if (!can_be_name(token.text) || (!in_quotes && is_common_word(token.lower))) break;
    quoted = in_quotes;
    names.push_back(bare_name(token.text));
  }
  return names;
}

// What the message suggests, and the names it lists, from one line.
void add_offers(const std::vector<Token>& tokens, const std::string& name, Offers& offers) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (offers.meant.empty())
      for (const std::string_view words : suggestion_words)
        if (const std::size_t count = words_at(tokens, i, words)) {
          auto names = names_from(tokens, i + count);
          std::erase_if(names, [&](const std::string& each) { return each == name || nearest(name, {each}).empty(); });
          if (names.size() > 3) names.resize(3);
          offers.meant = std::move(names);
          break;
        }
    if (offers.choices.empty())
      for (const std::string_view words : list_words)
        if (const std::size_t count = words_at(tokens, i, words)) {
          auto names = names_from(tokens, i + count);
          std::erase(names, name);
          if (names.size() > 1 || (names.size() == 1 && words.contains(' '))) offers.choices = std::move(names);
          break;
        }
  }
}

// What the app writes by the way: what it does, not what went wrong.
bool is_by_the_way(std::string_view line) {
  const std::string_view begin = line.substr(0, 90);
  for (const std::string_view level : {" INFO", ".INFO:", " DEBUG", ".DEBUG:", " TRACE", "[INFO]", "[info]", "[DEBUG]",
                                       "[debug]", "level=info", "level=debug", "I, [", "D, [", "[notice]", " NOTICE"})
    if (begin.contains(level)) return true;
  const std::string lower = ascii_lower(line);
  for (const std::string_view words : {"deprecat", "already loaded"})
    if (lower.contains(words)) return true;
  // The code that would write the message, as debug pages show it.
  for (const std::string_view placeholder : {"%s", "%d", "%r", "%v", "{0}", "{}", "#{"})
    if (line.contains(placeholder)) return true;
  if (is_source_code(line)) return true;
  constexpr std::string_view frame_behind_prefix = "   at "; // of whatever collects the log
  if (line.contains(frame_behind_prefix)) return true;
  const std::string_view bare = trim(line);
  for (const std::string_view frame : {"at ", "#", "File \"", "from ", "... ", "Executing (", "SELECT ", "INSERT ",
                                       "UPDATE ", "STATEMENT:", "Parameters:", "Call:", "Query:"})
    if (bare.starts_with(frame)) return true;
  // A line of code and its number; before words, it only marks a message.
  constexpr std::string_view mark = ">>";
  if (!bare.starts_with(mark)) return false;
  const std::string_view behind = trim(bare.substr(mark.size()));
  return behind.empty() || bare.size() - behind.size() == mark.size() || is_digit(behind.front());
}

// The words that an exception's class is called by, one token each: "MissingSchemaError" is missing, schema, error.
void add_words_of_class_names(std::vector<Token>& tokens) {
  const std::size_t count = tokens.size();
  for (std::size_t t = 0; t < count; ++t) {
    std::string_view text = tokens[t].text;
    if (tokens[t].mark != Token::Mark::word) continue;
    text = text.substr(text.find_last_of(".:\\/") == std::string_view::npos ? 0 : text.find_last_of(".:\\/") + 1);
    if (!text.ends_with("Error") && !text.ends_with("Exception") && !text.ends_with("Failure")) continue;
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= text.size(); ++i) {
      if (i < text.size() && std::isupper(static_cast<unsigned char>(text[i])) == 0) continue;
      tokens.push_back({text.substr(begin, i - begin), ascii_lower(text.substr(begin, i - begin)), Token::Mark::word});
      begin = i;
    }
  }
}

bool says(const std::vector<Token>& tokens, std::string_view alternatives) {
  for (const std::string_view word : split(alternatives, '|'))
    for (const Token& token : tokens)
      if (token.lower == word && !is_quoted(token)) return true;
  return false;
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
}

// "10.0.0.5", "db.example.com", "redis"; no time of day, and no file of code before the number of its line.
bool can_be_host(std::string_view text) {
  static constexpr std::array code = {std::string_view(".py"), std::string_view(".rb"),   std::string_view(".js"),
                                      std::string_view(".ts"), std::string_view(".go"),   std::string_view(".php"),
                                      std::string_view(".cs"), std::string_view(".java"), std::string_view(".rs"),
                                      std::string_view(".ex"), std::string_view(".pm"),   std::string_view(".kt")};
  if (text.empty() || text.contains('/') || text.contains(':')) return false;
  if (std::ranges::any_of(code, [&](std::string_view ending) { return text.ends_with(ending); })) return false;
  return text.contains('.') || std::isalpha(static_cast<unsigned char>(text.front())) != 0;
}

// What a complaint without a kind noun of its own is about: the address of a service, the table that is denied, the
// database that an account may not use.
void name_subject(const std::vector<Token>& tokens, Sentence& sentence) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const Token* next = i + 1 < tokens.size() ? &tokens[i + 1] : nullptr;
    if (sentence.kind == "connection") {
      const std::size_t colon = token.text.rfind(':');
      if (colon != std::string_view::npos && is_number(token.text.substr(colon + 1)) &&
          can_be_host(token.text.substr(0, colon))) {
        sentence.owner = token.text.substr(0, colon);
        sentence.name = token.text.substr(colon + 1);
        return;
      }
      if (token.lower == "port" && next != nullptr && is_number(next->text)) sentence.name = next->text;
      const bool resolves = token.lower == "enotfound" || token.lower == "eai_again" ||
                            (token.lower == "for" && i > 0 && tokens[i - 1].lower == "getaddrinfo");
      if ((resolves || token.lower == "host" || token.lower == "for") && next != nullptr && sentence.name.empty() &&
          (next->text.contains('.') || resolves) && can_be_name(next->text) && !is_common_word(next->lower))
        sentence.name = next->text;
    } else if (sentence.kind == "permission") {
      const KindNoun* noun = noun_of(token);
      if (noun != nullptr && next != nullptr && can_be_name(next->text) && !is_common_word(next->lower) &&
          sentence.name.empty())
        sentence.name = bare_name(next->text);
    } else if (sentence.kind == "account" && token.lower == "database" && next != nullptr && is_quoted(*next)) {
      sentence.kind = "catalog";
      sentence.name = bare_name(next->text);
      return;
    }
  }
}

// "audience mismatch. Expected: urn:portal:sp Received: …": what the app was set up with.
std::string expected_value(const std::vector<Token>& tokens) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].lower != "expected") continue;
    const Token& value = tokens[tokens[i + 1].text == ":" && i + 2 < tokens.size() ? i + 2 : i + 1];
    if (!is_punctuation(value) && can_be_name(value.text) && !is_common_word(value.lower)) return bare_name(value.text);
  }
  return {};
}

// `Unexpected "endtrns" tag`: a word of the template's own language.
std::string unexpected_word(const std::vector<Token>& tokens) {
  static constexpr std::array words = {std::string_view("tag"),       std::string_view("filter"),
                                       std::string_view("block"),     std::string_view("helper"),
                                       std::string_view("directive"), std::string_view("function")};
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (tokens[i].mark != Token::Mark::word ||
        std::ranges::find(words, std::string_view(tokens[i].lower)) == words.end())
      continue;
    if (is_quoted(tokens[i - 1]) && can_be_name(tokens[i - 1].text)) return bare_name(tokens[i - 1].text);
    if (i + 1 < tokens.size() && is_quoted(tokens[i + 1]) && can_be_name(tokens[i + 1].text))
      return bare_name(tokens[i + 1].text);
  }
  return {};
}

// "SQLSTATE=42703, SQLERRMC=T0.USER_NAM", "SQLSTATE[42S02]": engines that say little else give the standard's code.
std::optional<Sentence> read_sql_state(std::string_view line, const std::vector<Token>& tokens) {
  const std::string lower = ascii_lower(line);
  constexpr std::string_view word = "sqlstate";
  std::size_t at = lower.find(word);
  if (at == std::string::npos) return std::nullopt;
  at += word.size();
  while (at < line.size() && std::isalnum(static_cast<unsigned char>(line[at])) == 0) ++at;
  const std::string_view code = line.substr(at, 5);
  const SqlState* state = nullptr;
  for (const SqlState& each : sql_states)
    if (code.size() == 5 && code.starts_with(each.begin) &&
        (state == nullptr || each.begin.size() > state->begin.size()))
      state = &each;
  if (state == nullptr) return std::nullopt;
  Sentence sentence;
  sentence.kind = state->kind;
  sentence.layer = state->layer;
  sentence.data = state->data;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i)
    if (tokens[i].lower == "sqlerrmc" && can_be_name(tokens[i + 2].text)) sentence.name = bare_name(tokens[i + 2].text);
  return sentence;
}

std::optional<Sentence> read_complaint(const std::vector<Token>& tokens) {
  for (const Complaint& complaint : complaints) {
    const bool holds =
        std::ranges::all_of(complaint.words, [&](std::string_view each) { return each.empty() || says(tokens, each); });
    if (!holds) continue;
    Sentence sentence;
    sentence.kind = complaint.kind;
    sentence.layer = complaint.layer;
    name_subject(tokens, sentence);
    if (!sentence.name.empty()) return sentence;
    if (complaint.kind == "setting") sentence.name = expected_value(tokens);
    if (complaint.kind == "syntax") sentence.name = unexpected_word(tokens);
    if (complaint.kind == "account" || complaint.kind == "setting")
      for (std::size_t i = 0; i < tokens.size() && sentence.name.empty(); ++i)
        if (is_quoted(tokens[i]) && can_be_name(tokens[i].text)) sentence.name = bare_name(tokens[i].text);
    return sentence;
  }
  return std::nullopt;
}

bool is_in_sql(const std::vector<Token>& tokens) {
  return std::ranges::any_of(tokens, [](const Token& token) {
    return token.lower == "sql" || token.lower == "select" || token.lower == "sqlstate" ||
           token.lower.starts_with("ora-") || token.lower.ends_with("sqlexception") ||
           token.lower.ends_with("sqlsyntaxerrorexception");
  });
}

// Whether the clause speaks of an object that is not there: nil, null, None.
bool is_of_nothing(const std::vector<Token>& tokens, Range clause, std::size_t name) {
  static constexpr std::array nothing = {std::string_view("nil"),      std::string_view("null"),
                                         std::string_view("none"),     std::string_view("nonetype"),
                                         std::string_view("nilclass"), std::string_view("nil:nilclass")};
  for (std::size_t i = clause.begin; i < clause.end; ++i) {
    // An attribute that is nil, `id: nil` of an inspected object, is not the object.
    const bool is_value = tokens[i].lower == "nil" && i > 0 && tokens[i - 1].text == ":";
    if (i != name && !is_value && std::ranges::find(nothing, std::string_view(tokens[i].lower)) != nothing.end())
      return true;
  }
  return false;
}

// "module 'django.contrib.auth.backends' has no attribute …"
bool says_of_module(const std::vector<Token>& tokens, Range clause) {
  for (std::size_t i = clause.begin; i + 1 < clause.end; ++i)
    if (tokens[i].lower == "module" && is_quoted(tokens[i + 1])) return true;
  return false;
}

// "cannot open included file head.tpl", "parent template base.html was not found"
bool says_included(const std::vector<Token>& tokens, Range clause) {
  static constexpr std::array words = {std::string_view("included"), std::string_view("include"),
                                       std::string_view("includes"), std::string_view("parent"),
                                       std::string_view("extended"), std::string_view("extends"),
                                       std::string_view("embedded")};
  for (std::size_t i = clause.begin; i < clause.end; ++i)
    if (tokens[i].mark == Token::Mark::word &&
        std::ranges::find(words, std::string_view(tokens[i].lower)) != words.end())
      return true;
  return false;
}

bool is_auxiliary(const Token& token) {
  return token.lower == "is" || token.lower == "are" || token.lower == "was" || token.lower == "were" ||
         token.lower == "hasn't" || token.lower == "has" || token.lower == "could" || token.lower == "cannot";
}

std::optional<Sentence> read_named(const std::vector<Token>& tokens) {
  std::optional<Sentence> best;
  int certainty = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Negation* negation = nullptr;
    std::size_t length = 0;
    for (const Negation& each : negations)
      if (const std::size_t count = words_at(tokens, i, each.words); count > length) length = count, negation = &each;
    if (negation == nullptr) continue;
    const Range clause = clause_around(tokens, {i, i + length});
    const Range behind{i + length, std::min(clause.end, i + length + farthest_behind)};
    const Range before{std::max(clause.begin, less(i, farthest_before)), i};
    std::optional<Named> named;
    if (negation->noun != Negation::Noun::before) named = best_name(tokens, behind, clause.begin);
    if (negation->noun != Negation::Noun::behind && (!named || named->certainty < 4))
      if (auto other = best_name(tokens, before, clause.begin);
          other && (!named || other->certainty > named->certainty)) {
        // A plain word counts only next to what is said of it.
        std::size_t gap = other->name + 1;
        while (gap < i && is_auxiliary(tokens[gap])) ++gap;
        if (other->certainty > 2 || gap == i) named = other;
      }
    if (negation->noun == Negation::Noun::behind && !named && i + length < clause.end) {
      // "Can't locate DBD/SQLit.pm": what it is shows in its name.
      const Token& token = tokens[i + length];
      if (!is_punctuation(token) && looks_like_name(token.text))
        if (const KindNoun* noun = noun_by_looks(token.text, "")) named = Named{noun, i + length, 3};
    }
    if (negation->noun == Negation::Noun::before && !named)
      if (const auto other = best_name(tokens, behind, i + length); other && other->certainty == 5) named = other;
    if (!named && negation->noun == Negation::Noun::before && i > 0) {
      // "SESSION_KEY must be set", "usrname is not defined", "custommer is not mapped".
      std::size_t subject = i - 1;
      while (subject > clause.begin && is_auxiliary(tokens[subject])) --subject;
      // "Either 'A' or 'B' must be set": the first is the usual one.
      if (subject >= clause.begin + 3 && tokens[subject - 1].lower == "or" && tokens[subject - 3].lower == "either")
        subject -= 2;
      const Token& token = tokens[subject];
      const bool begins = subject == clause.begin || is_punctuation(tokens[subject - 1]);
      if (!is_punctuation(token) && can_be_name(token.text) && !is_common_word(token.lower) &&
          (begins || is_quoted(token) || looks_like_name(token.text)))
        if (const KindNoun* noun = noun_by_looks(token.text, negation->words)) named = Named{noun, subject, 3};
    }
    // "No" alone is said of anything: only what is surely a name is looked for.
    const int wanted = negation->words == "no" || negation->words == "neither" ? 4 : 2;
    if (!named || named->certainty < wanted) {
      i += length - 1;
      continue;
    }
    const std::string name = bare_name(tokens[named->name].text);
    if (name.size() < 2) continue;
    if (best && certainty >= named->certainty) continue;
    certainty = named->certainty;
    Sentence sentence;
    const KindNoun* noun = named->noun;
    if (noun->kind == "file")
      if (const KindNoun* other = noun_by_looks(name, ""); other != nullptr && other->kind == "template") noun = other;
    if (noun->kind == "attribute" || noun->kind == "keyword" || noun->kind == "variable")
      if (const KindNoun* other = noun_by_looks(name, ""); other != nullptr && other->kind == "setting") noun = other;
    sentence.kind = noun->kind;
    sentence.layer = noun->layer;
    sentence.data = noun->data;
    sentence.name = name;
    sentence.owner = owner_behind(tokens, named->name, clause.end);
    if (sentence.owner.find('/') != std::string::npos) sentence.owner.clear(); // a place in the code
    if (sentence.kind == "attribute" && is_of_nothing(tokens, clause, named->name)) {
      // What was read does not matter: there was nothing to read it from.
      sentence.kind = "null";
      sentence.layer = Layer::controller;
      sentence.owner.clear();
    } else if (sentence.kind == "attribute" && says_of_module(tokens, clause)) {
      // What a setting names by its dotted path is looked up like that.
      sentence.kind = "module";
      sentence.layer = Layer::config;
    } else if (negation->words.contains("default value")) {
      sentence.kind = "required";
      sentence.layer = Layer::database;
      sentence.data = false;
    } else if (sentence.kind == "template" && says_included(tokens, clause)) {
      // Its name stands in another template.
      sentence.layer = Layer::view;
    } else if (noun->word == "relation" && negation->words.contains("exist")) {
      sentence = {"table", Layer::model, true, sentence.name, {}, {}, {}};
    } else if (noun->word == "identifier" && is_in_sql(tokens)) {
      sentence.kind = "column";
      sentence.layer = Layer::model;
      sentence.data = true;
      // "U1"."EMAIL" is the column of a table.
      if (named->name > 1 && is_quoted(tokens[named->name - 2]) && tokens[named->name - 1].text == ".")
        sentence.owner = bare_name(tokens[named->name - 2].text);
    }
    best = std::move(sentence);
  }
  return best;
}

// Of `users.email` the column, of `app.User` the class, of `DBD/SQLite.pm` the library.
void part_owner_from_name(Sentence& sentence) {
  std::string_view separators;
  if (sentence.kind == "module" && sentence.name.ends_with(".pm")) {
    sentence.name.erase(sentence.name.size() - 3);
    const std::size_t slash = sentence.name.rfind('/');
    if (slash != std::string::npos) sentence.owner = sentence.name.substr(0, slash), sentence.name.erase(0, slash + 1);
    return;
  }
  if (sentence.kind == "setting") separators = "\\";
  if (sentence.kind == "variable") separators = ":";
  if (sentence.kind == "column" || sentence.kind == "table") separators = ".";
  if (sentence.kind == "class" || sentence.kind == "function" || sentence.kind == "attribute") separators = ".:\\#";
  if (separators.empty() || sentence.name.contains('/')) return;
  const std::size_t last = sentence.name.find_last_of(separators);
  if (last == std::string::npos || last == 0 || last + 1 >= sentence.name.size()) return;
  std::string owner = bare_name(std::string_view(sentence.name).substr(0, last));
  if (sentence.owner.empty() && sentence.kind != "table") sentence.owner = std::move(owner);
  sentence.name = bare_name(std::string_view(sentence.name).substr(last + 1));
}

const LiteralSearch& triggers() {
  static const LiteralSearch search = [] {
    std::vector<std::string> words;
    for (const Negation& each : negations) words.emplace_back(each.words.substr(0, each.words.find(' ')));
    for (const std::string_view word :
         {"not ",      "n't ",      "cannot ", "error",     "fail",        "refused",   "denied", "invalid",
          "exception", "mismatch",  "expired", "econn",     "enotfound",   "etimedout", "noauth", "self-signed",
          "violates",  "duplicate", "unable ", "timed out", "unreachable", "sqlstate"})
      words.emplace_back(word);
    std::ranges::sort(words);
    const auto repeated = std::ranges::unique(words);
    words.erase(repeated.begin(), repeated.end());
    return LiteralSearch(words);
  }();
  return search;
}

} // namespace

bool is_source_code(std::string_view line) {
  const std::string_view bare = trim(line);
  for (const std::string_view part : {"throw new ", "@throws"})
    if (bare.contains(part)) return true;
  for (const std::string_view begin : {"raise ", "} catch", "* ", "/*", "//"})
    if (bare.starts_with(begin)) return true;
  if (!bare.ends_with(';')) return false;
  for (const std::string_view begin : {"$", "return ", "echo "})
    if (bare.starts_with(begin)) return true;
  constexpr std::string_view makes_an_object = " = new ";
  return bare.contains(makes_an_object);
}

bool may_be_sentence(std::string_view line) { return triggers().any(line); }

std::optional<Sentence> read_sentence(std::string_view line, std::string_view next) {
  line = line.substr(0, longest_line);
  if (is_by_the_way(line)) return std::nullopt;
  std::vector<Token> tokens = tokens_of(line);
  // What cannot be compiled names where reading ended, and nothing that is missing.
  if (says(tokens, "syntax|syntaxerror|parseerror") && says(tokens, "unexpected")) return read_complaint(tokens);
  auto sentence = read_named(tokens);
  if (!sentence) sentence = read_sql_state(line, tokens);
  if (!sentence) {
    add_words_of_class_names(tokens);
    return read_complaint(tokens);
  }
  part_owner_from_name(*sentence);
  Offers offers = read_offers(line, next, sentence->name);
  sentence->meant = std::move(offers.meant);
  sentence->choices = std::move(offers.choices);
  return sentence;
}

Offers read_offers(std::string_view line, std::string_view next, const std::string& name) {
  Offers offers;
  add_offers(tokens_of(line.substr(0, longest_line)), name, offers);
  if (offers.meant.empty() && offers.choices.empty() && !next.empty())
    add_offers(tokens_of(next.substr(0, longest_line)), name, offers);
  return offers;
}

} // namespace murphy::diagnose
