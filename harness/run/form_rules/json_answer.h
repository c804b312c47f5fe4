// What an answer in JSON says of a submission: whether it is refused, and for which fields. Pure.
#pragma once

#include "record/page.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::run {

struct JsonAnswer {
  bool is_json = false;
  bool is_refused = false; // it says so itself: ok = false, success = false, errors that are not empty
  std::string shape;       // its members, and what is true or false of them
  std::string words;       // that belong to no field, errors or not
  std::vector<record::ShownError> errors;
};

// `fields` are the fields of the form, each by every way it could be named.
JsonAnswer read_json_answer(std::string_view body, const std::vector<std::vector<std::string>>& fields);

} // namespace murphy::run
