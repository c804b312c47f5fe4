#include "diagnose/finding.h"

#include "base/address.h"
#include "base/text.h"
#include "base/whole_word.h"
#include "diagnose/baseline_lines.h"
#include "diagnose/lines.h"
#include "diagnose/names.h"
#include "diagnose/sentence.h"
#include "diagnose/sentence_words.h"
#include "diagnose/strangers.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

namespace murphy::diagnose {

namespace {

// How far behind its error a hint stands; and where it is a member of the error, behind its trace.
constexpr std::size_t hint_distance = 10, member_distance = 60;

// Whether a hint on a line belongs to the error on an earlier one.
bool is_hint_of(const LogText& text, std::size_t error, std::size_t hint) {
  if (hint <= error + hint_distance) return true;
  const auto is_inside = [](std::string_view line) { return line.starts_with(' ') || line.starts_with('\t'); };
  return hint <= error + member_distance && trim(text.lines[hint]).starts_with("hint:") &&
         std::all_of(text.lines.begin() + static_cast<std::ptrdiff_t>(error) + 1,
                     text.lines.begin() + static_cast<std::ptrdiff_t>(hint), is_inside);
}

// How much an error of this kind is a cause rather than what follows from one.
double weight_of(std::string_view kind) {
  static constexpr std::array<std::string_view, 5> effects = {"csrf", "missing", "unavailable", "origin", "upstream"};
  static constexpr std::array<std::string_view, 3> symptoms = {"cookie", "session", "statement"};
  static constexpr std::array<std::string_view, 8> between = {"null",      "parameter", "keyword",     "record",
                                                              "migration", "hash",      "missing row", "disabled"};
  if (std::ranges::find(effects, kind) != effects.end()) return 1;
  if (std::ranges::find(symptoms, kind) != symptoms.end()) return 2;
  if (std::ranges::find(between, kind) != between.end()) return 3;
  return 5;
}

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> names;
  for (std::string_view part : split(text, ',')) {
    part = trim(part);
    while (!part.empty() && (part.back() == '.' || part.back() == '\'' || part.back() == '"')) part.remove_suffix(1);
    while (!part.empty() && (part.front() == '\'' || part.front() == '"')) part.remove_prefix(1);
    if (!part.empty()) names.emplace_back(part);
  }
  return names;
}

// The names below "Did you mean:", each behind a bullet and without the number of its arguments, as Elixir lists them:
// behind the error and what it shows of its data, before the next one.
std::vector<std::string> asked_below(const LogText& text, std::size_t line) {
  constexpr std::size_t farthest = 40;
  constexpr std::string_view question = "Did you mean:", bullet = "* ", error = "** (";
  std::vector<std::string> names;
  bool is_asked = false;
  for (std::size_t i = line; i < std::min(text.lines.size(), line + farthest); ++i) {
    std::string_view name = trim(text.lines[i]);
    if (i > line && name.contains(error)) break;
    if (is_asked && name.starts_with(bullet)) {
      name = name.substr(bullet.size());
      if (name.starts_with(':')) name.remove_prefix(1);
      names.emplace_back(name.substr(0, name.find('/')));
    } else if (is_asked && !name.empty()) {
      break;
    }
    is_asked = is_asked || name.ends_with(question);
  }
  return names;
}

// The names that a message lists on lines of their own: below "Must be one of:", or marked with ? above a message that
// says so ("?   email?: true").
std::vector<std::string> listed_around(const LogText& text, std::size_t line) {
  constexpr std::size_t most_below = 100, farthest_above = 40;
  std::vector<std::string> names;
  const std::string_view message = trim(text.lines[line]);
  if (message.ends_with(':')) {
    for (std::size_t i = line + 1; i < std::min(text.lines.size(), line + most_below); ++i) {
      const std::string_view name = trim(text.lines[i]);
      if (name.empty() || !std::ranges::all_of(name, is_of_token)) break;
      names.emplace_back(name);
    }
  } else if (message.contains("marked with ?")) {
    for (std::size_t back = 1; back <= std::min(farthest_above, line); ++back) {
      std::string_view option = trim(text.lines[line - back]);
      if (!option.starts_with('?')) continue;
      option = trim(option.substr(1));
      names.emplace_back(option.substr(0, option.find_first_of("?:")));
    }
  }
  return names;
}

// The table of a statement on the same line: behind FROM, INTO or UPDATE.
std::string table_of_statement(std::string_view line) {
  for (const std::string_view word : {" FROM ", " INTO ", "UPDATE "}) {
    const std::size_t at = line.find(word);
    if (at == std::string_view::npos) continue;
    std::size_t begin = at + word.size();
    while (begin < line.size() && (line[begin] == '"' || line[begin] == '`')) ++begin;
    std::size_t end = begin;
    while (end < line.size() &&
           (std::isalnum(static_cast<unsigned char>(line[end])) != 0 || line[end] == '_' || line[end] == '.'))
      ++end;
    if (end > begin) return std::string(line.substr(begin, end - begin));
  }
  return {};
}

bool is_of_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// The table of the statement that failed, where the log has it on a line before the error: frameworks log what they
// send. With a name, only of a statement that holds it.
std::string table_of_statement_before(const LogText& text, std::size_t line, std::string_view name) {
  constexpr std::size_t farthest = 6;
  for (std::size_t back = 1; back <= std::min(farthest, line); ++back) {
    const std::string_view before = text.lines[line - back];
    if (!name.empty() && !has_whole_word(before, name, is_of_name)) continue;
    if (std::string table = table_of_statement(before); !table.empty()) return table;
  }
  return {};
}

// "phone" of `LENGTH(phone) <= 20`, a constraint that is known by its condition.
std::string argument_of(std::string_view line, std::string_view function) {
  const std::size_t at = line.find(std::string(function) + "(");
  if (function.empty() || at == std::string_view::npos) return {};
  const std::size_t begin = at + function.size() + 1;
  std::size_t end = begin;
  while (end < line.size() && is_of_name(line[end])) ++end;
  return end > begin && end < line.size() && line[end] == ')' ? std::string(line.substr(begin, end - begin))
                                                              : std::string();
}

// "username" of `index: username_1 dup key: { username: null }`, of an index that is called after its column.
std::string column_of_key(std::string_view line) {
  constexpr std::string_view words = "dup key: {";
  const std::size_t at = line.find(words);
  if (at == std::string_view::npos) return {};
  const std::string_view key = line.substr(at + words.size());
  return std::string(trim(key.substr(0, key.find(':'))));
}

// The file of "sqlite:/srv/app.db: unable to open …", where the engine does not name it itself.
std::string database_file_on(std::string_view line) {
  for (const std::string_view ending : {".db", ".sqlite3", ".sqlite"}) {
    const std::size_t at = line.find(ending);
    if (at == std::string_view::npos) continue;
    std::size_t begin = at;
    const auto in_path = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' || c == '/';
    };
    while (begin > 0 && in_path(line[begin - 1])) --begin;
    if (begin < at) return std::string(line.substr(begin, at + ending.size() - begin));
  }
  return {};
}

// The folder of a file that the app made up a name for, another one each time: that of a session, "/tmp/sess_0c5f…".
std::string without_made_up_name(const std::string& path) {
  constexpr std::ptrdiff_t shortest = 20;
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos || slash == 0) return path;
  const std::string_view name = std::string_view(path).substr(path.find_last_of("/_-") + 1);
  const bool is_plain = std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0; });
  const auto digits = std::ranges::count_if(name, [](unsigned char c) { return std::isdigit(c) != 0; });
  return is_plain && std::ssize(name) >= shortest && digits >= 4 ? path.substr(0, slash) : path;
}

// Of an address that has a route or none, the path: ports change from run to run.
std::string without_origin(std::string name) {
  return name.contains("://") ? std::string(address_parts(name).path) : std::move(name);
}

bool concerns_people(std::string_view name) {
  const std::string lower = ascii_lower(name);
  return lower.contains("user") || lower.contains("account") || lower.contains("member") || lower.contains("auth");
}

// The row that stands for all sentences about things of one kind.
const Signature& row_of(const Sentence& sentence) {
  static const std::vector<Signature> rows = [] {
    std::vector<Signature> made;
    const auto add = [&](const Signature& sought) {
      const bool there = std::ranges::any_of(made, [&](const Signature& row) {
        return row.kind == sought.kind && row.layer == sought.layer && row.data == sought.data;
      });
      if (!there) made.push_back(sought);
    };
    for (const KindNoun& noun : kind_nouns)
      add({.layer = noun.layer, .data = noun.data, .kind = std::string(noun.kind)});
    add({.layer = record::Layer::database, .kind = "required"});
    for (const Complaint& complaint : complaints) add({.layer = complaint.layer, .kind = std::string(complaint.kind)});
    return made;
  }();
  return *std::ranges::find_if(rows, [&](const Signature& row) {
    return row.kind == sentence.kind && row.layer == sentence.layer && row.data == sentence.data;
  });
}

// Whether a line of a page speaks of the app's insides: what shows it shows its errors to everybody, whatever the
// status.
bool is_technical(std::string_view line) {
  static constexpr std::array<std::string_view, 7> marks = {"()",        "::",        "SQLSTATE", "(HY000",
                                                            "Exception", "Traceback", "CSRF"};
  return std::ranges::any_of(marks, [&](std::string_view mark) { return line.contains(mark); });
}

// What an app says to visitors, and what is about no password: "Account is disabled."
bool is_for_visitors(const Sentence& sentence, std::string_view line) {
  const std::string lower = ascii_lower(line);
  static constexpr std::array<std::string_view, 2> settings = {"configuration file", "config file"};
  if (sentence.kind == "setting")
    return std::ranges::any_of(settings, [&](std::string_view words) { return lower.contains(words); });
  if (sentence.kind != "disabled" || line.size() > 160) return false;
  // "Wrong password, or the account is locked" names no cause.
  return std::ranges::none_of(std::array{"password", "credential", " or ", "if ", "may ", "might "},
                              [&](const char* word) { return lower.contains(word); });
}

// The line that has the level of this one: loggers of .NET write the message below it, indented.
std::string_view with_level(const LogText& text, std::size_t line) {
  constexpr std::string_view indent = "      ";
  if (line == 0 || !text.lines[line].starts_with(indent)) return text.lines[line];
  static constexpr std::array<std::string_view, 4> levels = {"warn: ", "info: ", "dbug: ", "trce: "};
  const std::string_view before = text.lines[line - 1];
  const bool has_level = std::ranges::any_of(levels, [&](std::string_view level) { return before.starts_with(level); });
  return has_level ? before : text.lines[line];
}

// A logger's line of the level "warning" that names no exception: the app went on. What PHP calls a warning is an error
// of the code.
bool is_warning(std::string_view line) {
  static constexpr std::array<std::string_view, 5> errors = {"Exception", "Error", "PHP Warning", ".php on line ",
                                                             "Warning: Undefined"};
  if (std::ranges::any_of(errors, [&](std::string_view words) { return line.contains(words); })) return false;
  const std::string begin = ascii_lower(line.substr(0, 100));
  const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  for (const std::string_view level : {"warning", "warn"})
    for (std::size_t at = begin.find(level); at != std::string::npos; at = begin.find(level, at + 1)) {
      const std::size_t end = at + level.size();
      const bool is_word_in_quotes = at > 1 && begin[at - 1] == '"' && begin[at - 2] == ' ';
      if (is_word_in_quotes) continue;
      if ((at == 0 || !is_letter(begin[at - 1])) && (end == begin.size() || !is_letter(begin[end]))) return true;
    }
  return false;
}

// "Request method 'GET' is not supported": a page that was asked for in another way, and no name of the app.
bool is_method_of_http(std::string_view name) {
  static constexpr std::array<std::string_view, 7> methods = {"GET",    "POST", "PUT",    "PATCH",
                                                              "DELETE", "HEAD", "OPTIONS"};
  return std::ranges::find(methods, name) != methods.end();
}

// "getemial" and "isemial()" of "emial", and the "__call" behind them: names that were tried, not names that there are.
bool was_tried(std::string_view candidate, std::string_view name) {
  if (candidate.starts_with("__")) return true;
  static constexpr std::array<std::string_view, 5> beginnings = {"get", "is", "has", "set", "_"};
  const std::string lower = ascii_lower(candidate), of = ascii_lower(name);
  return std::ranges::any_of(beginnings, [&](std::string_view begin) {
    return lower.starts_with(begin) && std::string_view(lower).substr(begin.size()).starts_with(of);
  });
}

// Whether this error ended a thread beside those that answer requests: the trace that it is in begins with its name.
bool is_of_background(const LogText& text, std::size_t line) {
  constexpr std::size_t longest_trace = 60;
  constexpr std::string_view begin = "Exception in thread \"";
  static constexpr std::array<std::string_view, 10> of_app = {"main", "exec", "http",       "qtp",     "xnio",
                                                              "loop", "pool", "dispatcher", "handler", "worker"};
  for (std::size_t back = 0; back <= std::min(longest_trace, line); ++back) {
    const std::string_view before = text.lines[line - back];
    if (before.starts_with(begin)) {
      const std::string name = ascii_lower(before.substr(begin.size(), before.find('"', begin.size()) - begin.size()));
      return std::ranges::none_of(of_app, [&](std::string_view part) { return name.contains(part); });
    }
    if (!before.starts_with('\t') && !before.starts_with(' ') && !before.starts_with("Caused by")) return false;
  }
  return false;
}

// "IllegalArgumentException": what is said, not what is missing.
bool is_error_type(std::string_view name) { return name.ends_with("Exception") || name.ends_with("Error"); }

// Whether the code met this error on purpose: the line says so, or the one before the trace that ends on it.
bool is_trapped(const LogText& text, std::size_t line) {
  constexpr std::size_t longest_trace = 60;
  for (std::size_t back = 0; back <= std::min(longest_trace, line); ++back) {
    const std::string_view before = text.lines[line - back];
    if (before.contains("(trapped)") || before.starts_with("Exception ignored in")) return true;
    if (back > 0 && !before.starts_with(' ') && !before.starts_with("Traceback ")) return false;
  }
  return false;
}

// Nothing was there where the code works with its secret: the name that the code gives to it, from the frames next to
// the error; empty for every other error.
std::string missing_secret(const LogText& text, std::size_t line) {
  static constexpr std::array<std::string_view, 7> nothing = {
      "NoneType' object is", "of null", "of undefined", "null given", "for nil", "got None", "nil into"};
  if (std::ranges::none_of(nothing, [&](std::string_view words) { return text.lines[line].contains(words); }))
    return {};
  constexpr std::size_t frames = 8;
  for (std::size_t back = 1; back <= std::min(frames, line); ++back) {
    const std::string_view frame = text.lines[line - back];
    if (!frame.starts_with(' ')) break;
    const std::size_t at = frame.find("secret");
    if (at == std::string_view::npos) continue;
    std::size_t begin = at, end = at;
    while (begin > 0 && is_of_name(frame[begin - 1])) --begin;
    while (end < frame.size() && is_of_name(frame[end])) ++end;
    if (frame.substr(begin, end - begin).contains("key")) return std::string(frame.substr(begin, end - begin));
  }
  return {};
}

// The sentences that complain on lines which no signature takes. What they say is less sure than what a signature says.
std::vector<Finding> find_sentences(const LogText& text, const std::set<std::string>& known,
                                    const std::vector<bool>& taken) {
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < text.lines.size(); ++i) {
    const std::string_view line = text.lines[i];
    const bool for_visitors = !text.of_error && !is_technical(line);
    if (taken[i] || !may_be_sentence(line) || known.contains(baseline_form(line))) continue;
    if (is_of_strangers(line) || is_trapped(text, i)) continue;
    if (const std::string_view level = with_level(text, i); level.data() != line.data() && !level.starts_with("warn"))
      continue;
    const std::string_view next = i + 1 < text.lines.size() && !taken[i + 1] ? text.lines[i + 1] : std::string_view();
    auto sentence = read_sentence(line, next);
    if (for_visitors && (!sentence || !is_for_visitors(*sentence, line))) continue;
    if (std::string secret = missing_secret(text, i); !secret.empty() && (!sentence || sentence->name.empty()))
      sentence = Sentence{.kind = "secret", .layer = record::Layer::config, .name = std::move(secret)};
    if (!sentence || (sentence->kind == "class" && is_error_type(sentence->name))) continue;
    Finding finding;
    finding.signature = &row_of(*sentence);
    finding.text = &text;
    finding.line = i;
    finding.name = sentence->kind == "route" ? without_origin(std::move(sentence->name)) : std::move(sentence->name);
    if (sentence->kind == "file") finding.name = without_made_up_name(finding.name);
    if (is_method_of_http(finding.name)) continue;
    finding.owner = std::move(sentence->owner);
    finding.meant = std::move(sentence->meant);
    finding.choices = std::move(sentence->choices);
    finding.weight = weight_of(sentence->kind) - 1; // after every signature, on the page, too
    if (finding.name.empty()) finding.weight -= 0.2;
    if (!finding.name.empty() && (!finding.meant.empty() || !finding.choices.empty())) finding.weight += 0.2;
    finding.went_on = is_warning(with_level(text, i)) || is_of_background(text, i);
    if (finding.went_on) finding.weight -= 2;
    findings.push_back(std::move(finding));
  }
  return findings;
}

} // namespace

LogText::LogText(EvidenceSource from, std::string content)
    : source(from), text(std::move(content)), lines(split(text, '\n')) {}

std::vector<Finding> find_errors(const std::vector<const LogText*>& texts, const std::vector<std::string>& usual_lines,
                                 const Signatures& signatures) {
  std::set<std::string> known;
  for (const std::string& piece : usual_lines)
    for (const std::string_view line : split(piece, '\n')) known.insert(baseline_form(without_collector(line)));

  std::vector<Finding> findings;
  double earlier = 0; // an error that came first led to the others
  for (const LogText* text : texts) {
    std::size_t cause_depth = 0;
    std::ptrdiff_t last = -1; // the error that a hint belongs to
    std::vector<bool> taken(text->lines.size());
    for (const Match& match : signatures.search(text->text)) {
      const std::string_view whole(text->text);
      const std::string_view line = whole.substr(match.begin, match.end - match.begin);
      if (known.contains(baseline_form(line)) || is_source_code(line) || is_of_strangers(line)) continue;
      const auto group = [&](const char* name) {
        const auto found = match.groups.find(name);
        return found == match.groups.end() ? std::string() : found->second;
      };
      Finding finding;
      finding.signature = &signatures.rows()[match.signature];
      finding.text = text;
      // Lines look into the text: the line is the one that begins where the match does.
      finding.line =
          static_cast<std::size_t>(std::ranges::lower_bound(text->lines, whole.data() + match.begin, {},
                                                            [](std::string_view each) { return each.data(); }) -
                                   text->lines.begin());
      // A secret that is not there is more than nothing: a sentence says so.
      if (finding.signature->kind == "null" && !missing_secret(*text, finding.line).empty()) continue;
      taken[finding.line] = true;
      if (is_trapped(*text, finding.line)) continue;
      finding.name = group("name");
      if (finding.signature->kind == "route") finding.name = without_origin(std::move(finding.name));
      if (is_method_of_http(finding.name)) continue;
      finding.owner = group("owner");
      finding.type = group("type");
      finding.count = group("count");
      for (const char* meant : {"meant", "second"})
        if (const std::string name = group(meant); !name.empty()) finding.meant.push_back(name);
      if (finding.owner.empty() && finding.signature->kind == "column") finding.owner = table_of_statement(line);
      const std::string& kind = finding.signature->kind;
      if (finding.owner.empty() && (kind == "column" || kind == "readonly"))
        finding.owner = table_of_statement_before(*text, finding.line, finding.name);
      if (kind == "constraint") {
        if (std::string column = argument_of(line, finding.name); !column.empty()) finding.name = std::move(column);
        if (std::string column = column_of_key(line); !column.empty()) finding.name = std::move(column);
      }
      if (kind == "file" && finding.name.empty()) finding.name = database_file_on(line);
      if (kind == "file") finding.name = without_made_up_name(finding.name);
      finding.choices = listed(group("choices"));
      if (finding.signature->kind == "hint") {
        if (last >= 0 && is_hint_of(*text, findings[static_cast<std::size_t>(last)].line, finding.line)) {
          Finding& error = findings[static_cast<std::size_t>(last)];
          if (error.meant.empty()) error.meant = finding.meant;
        }
        continue;
      }
      if (!finding.name.empty() && finding.meant.empty() && finding.choices.empty()) {
        const std::string_view next =
            finding.line + 1 < text->lines.size() ? text->lines[finding.line + 1] : std::string_view();
        Offers offers = read_offers(line, next, finding.name);
        finding.meant = std::move(offers.meant);
        if (finding.meant.empty()) finding.choices = std::move(offers.choices);
        if (auto around = listed_around(*text, finding.line); !around.empty()) finding.choices = std::move(around);
        if (finding.signature->engine == "Phoenix" && finding.choices.empty())
          finding.choices = asked_below(*text, finding.line);
      }
      // What the environment lacks is no parameter of a request.
      const bool is_of_environment = (kind == "keyword" || kind == "parameter") && is_name_of_setting(finding.name);
      finding.weight = weight_of(is_of_environment ? "setting" : std::string_view(kind));
      if (text->source == EvidenceSource::page) finding.weight -= 0.5;
      if (trim(line).starts_with("Caused by")) finding.weight += 0.1 * static_cast<double>(++cause_depth);
      if (concerns_people(finding.owner.empty() ? finding.name : finding.owner)) finding.weight += 0.05;
      finding.weight -= std::min(earlier += 0.0001, 0.04);
      finding.went_on = is_of_background(*text, finding.line);
      if (finding.went_on) finding.weight -= 2;
      last = static_cast<std::ptrdiff_t>(findings.size());
      findings.push_back(std::move(finding));
    }
    std::ranges::move(find_sentences(*text, known, taken), std::back_inserter(findings));
  }
  for (Finding& finding : findings)
    std::erase_if(finding.choices, [&](const std::string& each) { return was_tried(each, finding.name); });
  // The same error reported twice: what one of them knows, all know.
  for (Finding& finding : findings) {
    for (const Finding& other : findings) {
      if (other.name != finding.name || other.name.empty()) continue;
      if (finding.meant.empty()) finding.meant = other.meant;
      if (finding.choices.empty()) finding.choices = other.choices;
      if (finding.owner.empty() && other.signature->kind == finding.signature->kind) finding.owner = other.owner;
    }
  }
  std::ranges::stable_sort(findings, std::greater<>(), &Finding::weight);
  return findings;
}

} // namespace murphy::diagnose
