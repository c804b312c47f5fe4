#include "record/matcher.h"

#include "base/secret.h"
#include "base/text.h"
#include "record/spelling.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace murphy::record {

namespace {

// How many escapings may lie over one another: JSON in a Python string in an HTML page.
constexpr int layers = 3;

unsigned char byte(char c) { return static_cast<unsigned char>(c); }

bool is_white_space_byte(char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; }

char standard_base64(char c) { return c == '-' ? '+' : c == '_' ? '/' : c; }

constexpr std::size_t beginning = 4; // bytes

std::size_t hash_of(const char* bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < beginning; ++i) number = number << 8 | byte(bytes[i]);
  return number * 2654435761U >> 12; // Knuth's multiplicative hash, 20 bits
}

} // namespace

bool is_base64(char c) { return is_alphanumeric(c) || c == '+' || c == '/' || c == '-' || c == '_'; }

// One search from one beginning: walks the sorted values like a tree, one reading of the text at a time.
struct SecretMatcher::Search {
  Search(const SecretMatcher& values, std::string_view in) : matcher(values), reader(in) {}

  const SecretMatcher& matcher;
  const SealedText::Pad& pad = SealedText::pad();
  SpellingReader reader;
  std::set<std::tuple<std::size_t, std::size_t, std::size_t>> tried; // only places where readings branch

  std::size_t end = 0; // behind the longest value found; 0 for none
  const Entry* found = nullptr;

  // Values [low, high) agree in their first `depth` bytes.
  struct Node {
    std::size_t low = 0;
    std::size_t high = 0;
    std::size_t depth = 0;
  };

  Node narrowed(Node node, std::string_view bytes) const {
    for (const char c : bytes) {
      const auto begin = matcher.values_.begin();
      const unsigned char sealed = byte(pad.seal(c, node.depth));
      const auto below = [&](const std::unique_ptr<Entry>& entry, unsigned char wanted) {
        return entry->value.size() <= node.depth || byte(entry->value.sealed()[node.depth]) < wanted;
      };
      const auto above = [&](unsigned char wanted, const std::unique_ptr<Entry>& entry) {
        return entry->value.size() > node.depth && wanted < byte(entry->value.sealed()[node.depth]);
      };
      const auto low = std::lower_bound(begin + static_cast<std::ptrdiff_t>(node.low),
                                        begin + static_cast<std::ptrdiff_t>(node.high), sealed, below);
      const auto high = std::upper_bound(low, begin + static_cast<std::ptrdiff_t>(node.high), sealed, above);
      node = {static_cast<std::size_t>(low - begin), static_cast<std::size_t>(high - begin), node.depth + 1};
      if (node.low == node.high) break;
    }
    return node;
  }

  void walk(Node node, std::size_t at) {
    for (;;) {
      const Entry& first = *matcher.values_[node.low];
      if (first.value.size() == node.depth) {
        if (at > end) {
          end = at;
          found = &first;
        }
        if (++node.low == node.high) return;
      }

      if (const auto plain = reader.plain(at)) {
        const char c = matcher.alphabet_ == Alphabet::base64 ? standard_base64(*plain) : *plain;
        const bool passed_over = matcher.alphabet_ == Alphabet::base64 && is_white_space_byte(c) && node.depth > 0;
        if (!passed_over) node = narrowed(node, {&c, 1});
        if (node.low == node.high) return;
        ++at;
        continue;
      }

      Readings readings;
      reader.read(at, layers, readings);
      Node next;
      std::size_t next_at = 0;
      for (std::size_t i = 0; i < readings.size(); ++i) {
        const DecodedReading& reading = readings[i];
        Node child = node;
        if (matcher.alphabet_ == Alphabet::base64 && reading.size == 1) {
          const char c = standard_base64(reading.bytes[0]);
          if (!is_white_space_byte(c) || node.depth == 0) child = narrowed(node, {&c, 1});
        } else {
          child = narrowed(node, reading.view());
        }
        if (child.low == child.high) continue;
        if (next_at != 0 && tried.emplace(next.low, next.depth, next_at).second) walk(next, next_at);
        next = child;
        next_at = at + reading.length;
      }
      if (next_at == 0) return;
      node = next;
      at = next_at;
    }
  }

  bool from(std::size_t begin) {
    reader.reset();
    tried.clear();
    end = 0;
    found = nullptr;
    walk({0, matcher.values_.size(), 0}, begin);
    return found != nullptr;
  }

  // Takes the character that holds the last bits of the value, and the padding.
  void take_edge_behind() {
    Readings readings;
    const auto take = [&](bool (*accepts)(char)) {
      reader.read(end, layers, readings);
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
  }
};

void SecretMatcher::add(std::string_view value, const std::string& mask, Edges edges) {
  SealedText sealed(value);
  const auto place = std::ranges::lower_bound(
      values_, sealed.sealed(), {},
      [](const std::unique_ptr<Entry>& entry) -> const std::string& { return entry->value.sealed(); });
  if (place != values_.end() && (*place)->value.sealed() == sealed.sealed()) return;
  if (masks_.empty() || masks_.back() != mask) masks_.push_back(mask);
  for (std::size_t first = byte(value[0]) + 1U; first < by_first_.size(); ++first) ++by_first_[first];
  if (value.size() >= beginning) beginnings_[hash_of(value.data())] = true;

  auto entry = std::make_unique<Entry>();
  entry->mask = static_cast<std::uint32_t>(masks_.size() - 1);
  entry->edges = edges;
  entry->value = std::move(sealed);
  values_.insert(place, std::move(entry));
}

// Most places are dismissed by their first bytes, when these stand for themselves.
bool SecretMatcher::may_begin(std::string_view text, std::size_t at) const {
  std::array<char, beginning> bytes{};
  for (std::size_t i = 0; i < beginning; ++i) {
    if (at + i == text.size() || begins_spelling(text[at + i])) return true;
    bytes[i] = text[at + i];
    if (alphabet_ == Alphabet::base64) {
      if (is_white_space_byte(bytes[i])) return i > 0;
      bytes[i] = standard_base64(bytes[i]);
    }
    if (i == 0 && by_first_[byte(bytes[0])] == by_first_[byte(bytes[0]) + 1U]) return false;
  }
  return beginnings_[hash_of(bytes.data())];
}

SecretMatcher::Found SecretMatcher::find(std::string_view text) const {
  Found result{.matches = {}, .open = text.size()};
  if (values_.empty()) return result;
  Search search(*this, text);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!may_begin(text, at)) continue;
    const bool found = search.from(at);
    SecretMatch match{.begin = at, .end = search.end, .mask = found ? search.found->mask : 0};
    if (found && search.found->edges.behind) {
      search.take_edge_behind();
      match.end = search.end;
    }
    if (found && search.found->edges.before && at > 0 && is_base64(text[at - 1])) --match.begin;
    if (found) result.matches.push_back(match);
    // The character before the place may turn out to be an edge.
    if (search.reader.ran_out())
      result.open = std::min(result.open, alphabet_ == Alphabet::base64 && at > 0 ? at - 1 : at);
  }
  return result;
}

const std::string* SecretMatcher::whole(std::string_view text) const {
  if (values_.empty() || text.empty()) return nullptr;
  Search search(*this, text);
  if (!search.from(0) || search.end != text.size()) return nullptr;
  return &masks_[search.found->mask];
}

} // namespace murphy::record
