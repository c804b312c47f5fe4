#include "record/matcher.h"

#include "base/secret.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "record/spelling.h"

#include <algorithm>
#include <array>
#include <map>
#include <new>
#include <utility>
#include <vector>

namespace murphy::record {

namespace {

// How many escapings may lie over one another: JSON in a Python string in an HTML page.
constexpr int most_layers = 3;

unsigned char byte(char c) { return static_cast<unsigned char>(c); }

bool is_white_space_byte(char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; }

char standard_base64(char c) { return c == '-' ? '+' : c == '_' ? '/' : c; }

// Whether a text goes on like this where it was cut: by Murphy, by the app, or by what wrote its log.
bool begins_ellipsis(std::string_view text) {
  if (text.starts_with(' ')) text.remove_prefix(1);
  if (text.starts_with('[')) text.remove_prefix(1);
  static constexpr std::array<std::string_view, 4> marks{"…", "...", "&hellip;", "\\u2026"};
  return std::ranges::any_of(marks, [&](std::string_view mark) { return text.starts_with(mark); });
}

constexpr std::size_t beginning = 4; // bytes
constexpr std::uint8_t uncounted = 255;

// So much of a value says something of it.
constexpr std::size_t telling_text = 4, telling_base64 = 8; // bytes

std::size_t hash_of(const char* bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < beginning; ++i) number = number << 8 | byte(bytes[i]);
  return number * 2654435761U >> 15; // Knuth's multiplicative hash, 17 bits
}

} // namespace

bool is_base64(char c) { return is_alphanumeric(c) || c == '+' || c == '/' || c == '-' || c == '_'; }

// One pass over a text: all values that a place may lie within are followed at once. Of several that have come to the
// same place by the same characters of the same value, the one that began first is followed on: what is found from
// there lies within what it finds. So the time taken grows with the text, whatever repeats in it.
struct SecretMatcher::Search {
  Search(const SecretMatcher& values, std::string_view in, TextEnd end)
      : matcher(values), text(in), end_of_text(end), reader(in) {}

  const SecretMatcher& matcher;
  std::string_view text;
  TextEnd end_of_text;
  const SealedText::Pad& pad = SealedText::pad();
  SpellingReader reader;
  Found result;
  std::size_t followed = 0; // how many steps were taken: a measure of the time that no clock disturbs

  // Values [low, high) agree in their first `depth` bytes, which the text spells from `begin` on.
  struct State {
    std::size_t low = 0;
    std::size_t high = 0;
    std::size_t depth = 0;
    std::size_t begin = 0;
  };
  using States = std::vector<State>;

  // Where the next states lie: nearly all of them within a few bytes.
  static constexpr std::size_t near = 64;
  std::array<States, near> ahead;
  std::map<std::size_t, States> far_ahead;
  std::size_t waiting = 0; // states in both

  State narrowed(State state, std::string_view bytes) const {
    for (const char c : bytes) {
      const auto begin = matcher.values_.begin();
      const unsigned char sealed = byte(pad.seal(c, state.depth));
      if (state.high - state.low == 1) { // nearly always, a few bytes into a value
        const SealedText& only = (*(begin + static_cast<std::ptrdiff_t>(state.low)))->value;
        if (only.size() <= state.depth || byte(only.sealed()[state.depth]) != sealed) return {};
        ++state.depth;
        continue;
      }
      const auto below = [&](const std::unique_ptr<Entry>& entry, unsigned char wanted) {
        return entry->value.size() <= state.depth || byte(entry->value.sealed()[state.depth]) < wanted;
      };
      const auto above = [&](unsigned char wanted, const std::unique_ptr<Entry>& entry) {
        return entry->value.size() > state.depth && wanted < byte(entry->value.sealed()[state.depth]);
      };
      const auto low = std::lower_bound(begin + static_cast<std::ptrdiff_t>(state.low),
                                        begin + static_cast<std::ptrdiff_t>(state.high), sealed, below);
      const auto high = std::upper_bound(low, begin + static_cast<std::ptrdiff_t>(state.high), sealed, above);
      state.low = static_cast<std::size_t>(low - begin);
      state.high = static_cast<std::size_t>(high - begin);
      ++state.depth;
      if (state.low == state.high) break;
    }
    return state;
  }

  // Many a byte begins no value: that is known without a search.
  State begun(const State& state, std::string_view bytes) const {
    if (state.depth > 0) return narrowed(state, bytes);
    const unsigned char first = byte(bytes[0]);
    if (matcher.by_first_[first] == matcher.by_first_[first + 1U]) return {};
    return narrowed(state, bytes);
  }

  void follow(const State& state, std::size_t at, std::size_t from) {
    if (state.low == state.high) return;
    ++followed;
    States& states = at - from < near ? ahead[at % near] : far_ahead[at];
    for (State& other : states) {
      if (other.low != state.low || other.depth != state.depth) continue;
      other.begin = std::min(other.begin, state.begin);
      return;
    }
    states.push_back(state);
    ++waiting;
  }

  void take(States& states, std::size_t at) {
    states.clear();
    if (waiting == 0) return;
    if (const auto far = far_ahead.find(at); far != far_ahead.end()) {
      const States come = std::move(far->second);
      far_ahead.erase(far);
      waiting -= come.size();
      for (const State& state : come) follow(state, at, at);
    }
    std::swap(states, ahead[at % near]);
    waiting -= states.size();
  }

  // The values that end here are found; those that go on are left.
  void accept(States& states, std::size_t at) {
    for (State& state : states) {
      const Entry& first = *matcher.values_[state.low];
      if (state.depth == 0 || first.value.size() != state.depth) continue;
      ends.push_back({.found = &first, .begin = state.begin, .end = at});
      ++state.low;
    }
    std::erase_if(states, [](const State& state) { return state.low == state.high; });
  }

  // Of the values that the text is within when it is cut here, what stands there of them is found. Words that name a
  // password are ordinary words, whatever begins with them: "Enter your password…".
  void accept_cut(const States& states, std::size_t at) {
    const std::size_t telling = matcher.alphabet_ == Alphabet::base64 ? telling_base64 : telling_text;
    for (const State& state : states) {
      if (state.depth < telling || names_a_password(text.substr(state.begin, at - state.begin))) continue;
      ends.push_back({.found = matcher.values_[state.low].get(), .begin = state.begin, .end = at, .is_cut = true});
    }
  }

  // A cut within an escape, or within a character, leaves a piece of it behind.
  void look_for_cut(const States& states, std::size_t at) {
    constexpr std::size_t longest_piece = 12; // "&#x0002039" and less
    const bool follows_piece =
        !before_piece.empty() && at - piece_at <= longest_piece && may_be_piece(text.substr(piece_at, at - piece_at));
    if ((!states.empty() || follows_piece) && is_cut_at(at)) {
      accept_cut(states, at);
      if (follows_piece) accept_cut(before_piece, at);
      before_piece.clear();
    } else if (matcher.alphabet_ == Alphabet::text && !states.empty() && at < text.size() &&
               (begins_spelling(text[at]) || byte(text[at]) >= 0x80)) {
      before_piece = states;
      piece_at = at;
    }
  }
  static bool may_be_piece(std::string_view characters) {
    return std::ranges::all_of(characters, [](char c) {
      return is_alphanumeric(c) || begins_spelling(c) || c == '#' || c == '{' || byte(c) >= 0x80;
    });
  }
  States before_piece; // what the last place led to from which on an escape or a longer character may follow
  std::size_t piece_at = 0;

  static bool names_a_password(std::string_view words) {
    return std::ranges::all_of(words, is_letter) && names_a_secret(words);
  }

  bool is_cut_at(std::size_t at) const {
    if (at == text.size()) return end_of_text == TextEnd::may_be_a_cut;
    return std::string_view(" [\xE2.&\\").contains(text[at]) && begins_ellipsis(text.substr(at));
  }

  // The character before the place may turn out to be an edge.
  void leave_open(const State& state) {
    const bool has_edge = matcher.alphabet_ == Alphabet::base64 && state.begin > 0;
    result.open = std::min(result.open, has_edge ? state.begin - 1 : state.begin);
  }

  void step(const States& states, std::size_t at) {
    const bool is_base64 = matcher.alphabet_ == Alphabet::base64;
    if (const auto plain = reader.plain(at)) {
      const char c = is_base64 ? standard_base64(*plain) : *plain;
      for (const State& state : states) {
        const bool passed_over = is_base64 && is_white_space_byte(c) && state.depth > 0;
        follow(passed_over ? state : begun(state, {&c, 1}), at + 1, at);
      }
      return;
    }
    reader.reset();
    const Readings& readings = reader.read(at, most_layers);
    const bool ran_out = reader.ran_out();
    for (const State& state : states) {
      if (ran_out) leave_open(state);
      State next = behind(state, readings[0]);
      if (readings.are_alike() && next.low == next.high) continue;
      for (std::size_t i = 0; i < readings.size(); ++i) {
        if (!readings.are_alike()) next = behind(state, readings[i]);
        follow(next, at + readings[i].length, at);
      }
    }
  }

  State behind(const State& state, const DecodedReading& reading) const {
    if (matcher.alphabet_ == Alphabet::text || reading.size > 1) return begun(state, reading.view());
    const char c = standard_base64(reading.bytes[0]);
    return is_white_space_byte(c) && state.depth > 0 ? state : begun(state, {&c, 1});
  }

  enum class Beginnings { everywhere, at_the_front };

  // Nothing begins in front of `from`.
  void run(Beginnings beginnings, std::size_t from = 0) {
    result.open = text.size();
    States states;
    for (std::size_t at = from; at < text.size(); ++at) {
      take(states, at);
      accept(states, at);
      look_for_cut(states, at);
      if (beginnings == Beginnings::everywhere ? matcher.may_begin(text, at, end_of_text) : at == 0)
        states.push_back({0, matcher.values_.size(), 0, at});
      if (!states.empty()) step(states, at);
      if (waiting == 0 && beginnings == Beginnings::at_the_front) return;
    }
    take(states, text.size());
    accept(states, text.size());
    look_for_cut(states, text.size());
    for (const State& state : states) leave_open(state);
  }

  struct End {
    const Entry* found;
    std::size_t begin;
    std::size_t end;
    bool is_cut = false; // the value goes on
  };
  std::vector<End> ends;

  // Takes the character that holds the last bits of the value, and the padding.
  std::size_t behind_edge(std::size_t end) {
    const auto take = [&](bool (*accepts)(char)) {
      const Readings& readings = reader.read(end, most_layers);
      for (std::size_t i = 0; i < readings.size(); ++i) {
        if (readings[i].size == 1 && accepts(readings[i].bytes[0])) {
          end += readings[i].length;
          return true;
        }
      }
      return false;
    };
    take(is_base64);
    const auto is_padding = [](char c) { return c == '='; };
    if (take(is_padding)) take(is_padding);
    return end;
  }

  SecretMatch match_of(const End& each) {
    SecretMatch match{.begin = each.begin, .end = each.end, .mask = each.found->mask.get()};
    reader.reset();
    if (each.found->edges.behind && !each.is_cut) match.end = behind_edge(match.end);
    if (reader.ran_out()) leave_open({.begin = each.begin});
    if (each.found->edges.before && match.begin > 0 && is_base64(text[match.begin - 1])) --match.begin;
    return match;
  }
};

std::unique_ptr<std::uint8_t[], SecretMatcher::Freed> SecretMatcher::no_beginnings() {
  constexpr std::size_t number = 1U << 17;
  void* const memory = std::calloc(number, sizeof(std::uint8_t));
  if (memory == nullptr) throw std::bad_alloc();
  return std::unique_ptr<std::uint8_t[], Freed>(static_cast<std::uint8_t*>(memory));
}

void SecretMatcher::add(std::string_view value, const std::string& mask, Edges edges) {
  SealedText sealed(value);
  const auto place = std::ranges::lower_bound(
      values_, sealed.sealed(), {},
      [](const std::unique_ptr<Entry>& entry) -> const std::string& { return entry->value.sealed(); });
  if (place != values_.end() && (*place)->value.sealed() == sealed.sealed()) {
    ++(*place)->holders;
    return;
  }
  if (!last_mask_ || *last_mask_ != mask) last_mask_ = std::make_shared<const std::string>(mask);
  for (std::size_t first = byte(value[0]) + 1U; first < by_first_.size(); ++first) ++by_first_[first];
  if (value.size() >= beginning)
    if (std::uint8_t& count = beginnings_[hash_of(value.data())]; count < uncounted) ++count;

  auto entry = std::make_unique<Entry>();
  entry->mask = last_mask_;
  entry->edges = edges;
  entry->value = std::move(sealed);
  values_.insert(place, std::move(entry));
}

void SecretMatcher::remove(const SealedText& value) {
  const auto place = std::ranges::lower_bound(
      values_, value.sealed(), {},
      [](const std::unique_ptr<Entry>& entry) -> const std::string& { return entry->value.sealed(); });
  if (place == values_.end() || (*place)->value.sealed() != value.sealed() || --(*place)->holders > 0) return;
  const SealedText::Pad& pad = SealedText::pad();
  const auto clear = [&](std::size_t i) { return pad.seal(value.sealed()[i], i); };
  for (std::size_t first = byte(clear(0)) + 1U; first < by_first_.size(); ++first) --by_first_[first];
  if (value.size() >= beginning) {
    const std::array<char, beginning> front{clear(0), clear(1), clear(2), clear(3)};
    if (std::uint8_t& count = beginnings_[hash_of(front.data())]; count < uncounted) --count;
  }
  values_.erase(place);
}

// Most places are dismissed by their first bytes, when these stand for themselves.
bool SecretMatcher::may_begin(std::string_view text, std::size_t at, TextEnd end) const {
  std::array<char, beginning> bytes{};
  std::size_t read = 0;
  for (; at < text.size() && read < beginning; ++at) {
    if (begins_spelling(text[at])) return true;
    bytes[read] = text[at];
    if (alphabet_ == Alphabet::base64) {
      if (is_white_space_byte(bytes[read])) {
        if (read == 0) return false;
        continue;
      }
      bytes[read] = standard_base64(bytes[read]);
    }
    if (read == 0 && by_first_[byte(bytes[0])] == by_first_[byte(bytes[0]) + 1U]) return false;
    ++read;
  }
  // Less than the beginning of any value is a part of one only where more text follows.
  return read == beginning ? beginnings_[hash_of(bytes.data())] > 0 : end == TextEnd::is_open;
}

SecretMatcher::Found SecretMatcher::find(std::string_view text, TextEnd end) const {
  std::size_t first = values_.empty() ? text.size() : 0;
  while (first < text.size() && !may_begin(text, first, end)) ++first;
  if (first == text.size()) return {.matches = {}, .open = text.size(), .work = 0};
  Search search(*this, text, end);
  search.run(Search::Beginnings::everywhere, first);
  std::ranges::sort(search.ends, [](const Search::End& left, const Search::End& right) {
    return left.begin != right.begin ? left.begin < right.begin : left.end > right.end;
  });
  for (const Search::End& each : search.ends) {
    const bool is_longest = &each == search.ends.data() || (&each - 1)->begin != each.begin;
    if (is_longest) search.result.matches.push_back(search.match_of(each));
  }
  search.result.work = search.followed + search.reader.work();
  return std::move(search.result);
}

const std::string* SecretMatcher::whole(std::string_view text) const {
  if (values_.empty() || text.empty()) return nullptr;
  Search search(*this, text, TextEnd::is_its_own);
  search.run(Search::Beginnings::at_the_front);
  const auto found = std::ranges::find_if(
      search.ends, [&](const Search::End& each) { return each.end == text.size() && !each.is_cut; });
  return found == search.ends.end() ? nullptr : found->found->mask.get();
}

} // namespace murphy::record
