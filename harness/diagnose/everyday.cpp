#include "diagnose/everyday.h"

#include "base/text.h"
#include "diagnose/finding.h"
#include "diagnose/lines.h"
#include "diagnose/mask.h"

#include <set>

namespace murphy::diagnose {

std::string everyday_form(std::string_view line) { return folded(masked(trim(line))); }

std::vector<std::string> everyday_lines(const std::vector<std::string>& console, const Signatures& signatures) {
  const Text text(EvidenceSource::console, readable(console));
  std::set<std::string> lines;
  for (const Finding& finding : find_errors({&text}, {}, signatures))
    lines.insert(everyday_form(text.lines[finding.line]));
  return {lines.begin(), lines.end()};
}

} // namespace murphy::diagnose
