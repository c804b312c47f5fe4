#include "run/steps/expect.h"

#include "run/steps/expect_parts.h"

namespace murphy::run {

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
    for (const Mismatch& mismatch : *mismatches) {
      record::Failure failure;
      failure.what = mismatch.what.empty() ? expectation.what : mismatch.what;
      failure.place = expectation.place;
      failure.source_line = expectation.source_line;
      failure.expected = mismatch.expected;
      failure.got = mismatch.got;
      failure.hint = mismatch.hint;
      failures.push_back(std::move(failure));
    }
  }
  return failures;
}

} // namespace murphy::run
