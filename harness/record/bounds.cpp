#include "record/bounds.h"

#include "base/text.h"
#include "record/fields.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace murphy::record {
namespace {

constexpr std::size_t longest_number = 20;
constexpr std::size_t longest_word = 12; // of an enumeration, quoted

// Bytes in JSON, at the most.
std::size_t size_of(const std::string& text) {
  std::size_t size = 2;
  for (const char c : text) size += static_cast<unsigned char>(c) < 0x20 ? 6 : c == '"' || c == '\\' ? 2 : 1;
  return size;
}
std::size_t size_of(bool) { return 5; }
std::size_t size_of(std::int64_t) { return longest_number; }
std::size_t size_of(Layer) { return longest_word; }
template <class T> std::size_t size_of(const std::optional<T>& value) { return value ? size_of(*value) : 0; }
template <class T> std::size_t size_of(const Boxed<T>& value) { return value ? size_of(*value) : 0; }
template <class T> std::size_t size_of(const std::vector<T>& values);
template <class T>
  requires requires(const T& value) { fields(value, [](const char*, const auto&) {}); }
std::size_t size_of(const T& value) {
  std::size_t size = 2;
  fields(value,
         [&](const char* name, const auto& member) { size += std::string_view(name).size() + 4 + size_of(member); });
  return size;
}
template <class T> std::size_t size_of(const std::vector<T>& values) {
  std::size_t size = 2;
  for (const T& value : values) size += size_of(value) + 1;
  return size;
}

// What is left of a number of bytes.
class Budget {
public:
  explicit Budget(std::size_t bytes) : left_(bytes) {}
  template <class T> bool holds(const T& value) {
    const std::size_t size = size_of(value) + 1;
    if (size > left_) return false;
    left_ -= size;
    return true;
  }
  template <class T> void keep(std::vector<T>& values) {
    std::erase_if(values, [&](const T& value) { return !holds(value); });
  }

private:
  std::size_t left_;
};

void keep_within_bounds(Schema& schema) {
  Budget budget(most_of_schema);
  std::vector<bool> kept(schema.tables.size());
  for (const bool concerned : {true, false})
    for (std::size_t i = 0; i < kept.size(); ++i)
      if (concerns_sign_in(schema.tables[i]) == concerned) kept[i] = budget.holds(schema.tables[i]);
  std::size_t next = 0;
  schema.left_out +=
      static_cast<std::int64_t>(std::erase_if(schema.tables, [&](const Table&) { return !kept[next++]; }));
}

void keep_within_bounds(KnownGood& known) {
  Budget budget(most_of_known_good);
  budget.keep(known.console);
  budget.keep(known.cookies);
  budget.keep(known.forms);
  budget.keep(known.tables);
  budget.keep(known.migrations);
  budget.keep(known.visits);
}

} // namespace

void keep_newest(std::vector<ConsoleLine>& lines, std::size_t bytes) {
  auto first = lines.end();
  for (std::size_t kept = 0; first != lines.begin() && kept + std::prev(first)->text.size() <= bytes; --first)
    kept += std::prev(first)->text.size();
  lines.erase(lines.begin(), first);
}

void keep_within_bounds(Got& got) {
  if (got.text.size() > most_of_got) got.text = with_middle_cut(got.text, most_of_got);
}

void keep_within_bounds(EvidenceGathered& gathered) {
  if (gathered.schema) keep_within_bounds(*gathered.schema);
  if (gathered.known_good) keep_within_bounds(*gathered.known_good);
  Budget(most_of_signatures).keep(gathered.signatures);
}

} // namespace murphy::record
