#include "run/steps/expect.h"

#include "base/nearest.h"
#include "run/steps/expect_parts.h"

#include <utility>

namespace murphy::run {

record::Failure failure_about(record::FailureCode code, std::string subject) {
  record::Failure failure;
  failure.code = code;
  failure.subject = std::move(subject);
  return failure;
}

std::vector<std::string> called_alike(std::string_view name, const std::vector<std::string>& names) {
  constexpr std::size_t shortest = 6;
  std::vector<std::string> alike = nearest(name, names);
  if (name.size() < shortest)
    std::erase_if(alike, [&](const std::string& each) { return words_of_name(each) != words_of_name(name); });
  return alike;
}

Result<std::vector<record::Failure>> check(const std::vector<scenario::Expectation>& expectations,
                                           const Observation& seen) {
  std::vector<record::Failure> failures;
  for (const scenario::Expectation& expectation : expectations) {
    const Mismatches mismatches = std::visit(
        [&](const auto& expected) {
          static_assert(
              requires { check(expected, seen); },
              "every expectation of scenario/model.h has a check() in expect_parts.h");
          return check(expected, seen);
        },
        expectation.is);
    if (!mismatches) {
      Error error = mismatches.error();
      if (error.place.file.empty()) {
        error.place = expectation.place;
        error.source_line = expectation.source_line;
      }
      return std::unexpected(std::move(error));
    }
    for (const record::Failure& mismatch : *mismatches) {
      record::Failure& failure = failures.emplace_back(mismatch);
      if (failure.key.empty()) failure.key = expectation.what;
      failure.place = expectation.place;
      failure.source_line = expectation.source_line;
    }
  }
  return failures;
}

} // namespace murphy::run
