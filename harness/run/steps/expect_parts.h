// The expectations one by one, for expect.cpp. Each gives back what does not hold; most have at most one way to fail.
#pragma once

#include "run/shared/observation.h"

#include <string>
#include <vector>

namespace murphy::run {

struct Mismatch {
  std::string what; // when it is finer than the expectation's own key path
  std::string expected;
  std::string got;
  std::string hint;
};

using Mismatches = Result<std::vector<Mismatch>>;

// What the answer says as HTTP.
Mismatches check(const scenario::ExpectStatus& expected, const Observation& seen);
Mismatches check(const scenario::ExpectPage& expected, const Observation& seen);
Mismatches check(const scenario::ExpectCameThrough& expected, const Observation& seen);
Mismatches check(const scenario::ExpectHeader& expected, const Observation& seen);
Mismatches check(const scenario::ExpectCookie& expected, const Observation& seen);
Mismatches check(const scenario::ExpectJson& expected, const Observation& seen);
Mismatches check(const scenario::ExpectWithin& expected, const Observation& seen);

// What the page shows to a person.
Mismatches check(const scenario::ExpectTitle& expected, const Observation& seen);
Mismatches check(const scenario::ExpectText& expected, const Observation& seen);
Mismatches check(const scenario::ExpectElement& expected, const Observation& seen);
Mismatches check(const scenario::ExpectFieldError& expected, const Observation& seen);
Mismatches check(const scenario::ExpectNoFieldError& expected, const Observation& seen);
Mismatches check(const scenario::ExpectFormError& expected, const Observation& seen);
Mismatches check(const scenario::ExpectForm& expected, const Observation& seen);
Mismatches check(const scenario::ExpectDashboard& expected, const Observation& seen);

// A path against a pattern in which `*` stands for any characters of one segment.
bool path_matches(std::string_view path, std::string_view pattern);

} // namespace murphy::run
