#include "diagnose/baseline_lines.h"

#include "base/text.h"
#include "diagnose/finding.h"
#include "diagnose/lines.h"
#include "diagnose/mask.h"

#include <set>

namespace murphy::diagnose {

std::string baseline_form(std::string_view line) { return folded(masked(trim(line))); }

std::vector<std::string> baseline_error_lines(const std::vector<std::string>& console, const Signatures& signatures) {
  const Text text(EvidenceSource::console, readable(console));
  std::set<std::string> lines;
  for (const Finding& finding : find_errors({&text}, {}, signatures))
    lines.insert(baseline_form(text.lines[finding.line]));
  return {lines.begin(), lines.end()};
}

} // namespace murphy::diagnose
