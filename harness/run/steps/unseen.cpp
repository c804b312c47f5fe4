#include "run/steps/unseen.h"

#include "run/shared/made_by_scripts.h"

#include <algorithm>
#include <array>
#include <variant>

namespace murphy::run {
namespace {

using record::FailureCode;
using scenario::Presence;

// What a script may show.
bool may_be_shown(const record::Failure& failure) {
  static constexpr std::array<FailureCode, 10> missing = {FailureCode::missing_text,
                                                          FailureCode::missing_element,
                                                          FailureCode::wrong_element_count,
                                                          FailureCode::missing_form,
                                                          FailureCode::missing_field,
                                                          FailureCode::missing_field_error,
                                                          FailureCode::missing_form_error,
                                                          FailureCode::dashboard_incomplete,
                                                          FailureCode::capture_missing_element,
                                                          FailureCode::capture_missing_attribute};
  return std::ranges::find(missing, failure.code) != missing.end();
}

// Whether it holds because something is not shown.
bool wants_nothing(const scenario::Expectation& expectation) {
  const auto* text = std::get_if<scenario::ExpectText>(&expectation.is);
  const auto* element = std::get_if<scenario::ExpectElement>(&expectation.is);
  return (text != nullptr && text->presence == Presence::absent) ||
         (element != nullptr && element->presence == Presence::absent) ||
         std::holds_alternative<scenario::ExpectNoFieldError>(expectation.is);
}

Error at(Error error, const Place& place, const std::string& source_line) {
  error.place = place;
  error.source_line = source_line;
  return error;
}

} // namespace

std::optional<Error> unseen(const std::vector<scenario::Expectation>& expected,
                            const std::vector<record::Failure>& failures, const drive::Page& page) {
  const auto absent = std::ranges::find_if(expected, wants_nothing);
  if (failures.empty() && absent == expected.end()) return std::nullopt;
  if (!std::ranges::all_of(failures, may_be_shown) || !page.is_made_by_scripts()) return std::nullopt;
  if (!failures.empty()) return at(made_by_scripts(), failures.front().place, failures.front().source_line);
  return at(made_by_scripts(), absent->place, absent->source_line);
}

} // namespace murphy::run
