// The expectations one by one, for expect.cpp. Each gives back what does not hold; most have at most one way to fail.
#pragma once

#include "record/failure.h"
#include "run/shared/observation.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::run {

// Without key and place, which are the expectation's; with a key where it is finer than that.
using Mismatches = Result<std::vector<record::Failure>>;

// A failure of this kind, about this header, cookie, element or field.
record::Failure failure_about(record::FailureCode code, std::string subject = {});

// Those of the names that one means which is none of them. Short words differ by one letter and mean other things, so
// that only their spelling may differ: absence is what was asked for.
std::vector<std::string> called_alike(std::string_view name, const std::vector<std::string>& names);

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
Mismatches check(const scenario::ExpectProvider& expected, const Observation& seen);

// A path against a pattern in which `*` stands for any characters of one segment.
bool path_matches(std::string_view path, std::string_view pattern);

} // namespace murphy::run
