#include "record/page.h"

#include "base/sign_in_words.h"

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

bool PageSeen::has(PageTrait trait) const { return std::ranges::find(traits, trait) != traits.end(); }

bool asks_for_password(const PageSeen& page) {
  return std::ranges::any_of(page.forms, [](const PageForm& form) {
    return std::ranges::count_if(form.fields, [](const PageField& field) { return is_password_type(field.type); }) == 1;
  });
}

} // namespace murphy::record
