#include "record/page.h"

#include <algorithm>

namespace murphy::record {

std::string line_of(const ShownError& error) {
  return error.labels.empty() ? error.words : error.labels.front() + ": " + error.words;
}

std::string line_of(const AnswerSeen& answer) {
  const std::string line = std::to_string(answer.status) + " " + answer.path;
  return answer.title.empty() ? line : line + " “" + answer.title + "”";
}

bool AnswerSeen::has(PageTrait trait) const { return std::ranges::find(traits, trait) != traits.end(); }

} // namespace murphy::record
