#include "diagnose/reliability.h"

#include "base/text.h"
#include "diagnose/embedded.h"

#include <algorithm>
#include <charconv>

namespace murphy::diagnose {
namespace {

using record::Confidence;

// Of fewer, the share says little.
constexpr int fewest = 6;

int number_in(std::string_view text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

} // namespace

Reliabilities read_reliabilities(std::string_view text) {
  Reliabilities read;
  for (const std::string_view line : split(text, '\n')) {
    const auto columns = split(line, '\t');
    if (columns.size() == 3) read.emplace(columns[0], Reliability{number_in(columns[1]), number_in(columns[2])});
  }
  return read;
}

const Reliabilities& known_reliabilities() {
  static const Reliabilities known = read_reliabilities(embedded_reliability);
  return known;
}

Confidence earned(Confidence said, std::string_view reason, const Reliabilities& known) {
  const auto found = known.find(reason);
  if (found == known.end() || found->second.all < fewest) return said;
  const double share = static_cast<double>(found->second.right) / found->second.all;
  const Confidence most = share < 0.6    ? Confidence::guess
                          : share < 0.9  ? Confidence::low
                          : share < 0.98 ? Confidence::medium
                                         : Confidence::high;
  return std::min(said, most);
}

} // namespace murphy::diagnose
