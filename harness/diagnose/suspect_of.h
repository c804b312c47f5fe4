// A suspect in the making: what every rule says of one first. Evidence and advice are added where the rule is used.
#pragma once

#include "record/suspect.h"

#include <string>
#include <string_view>

namespace murphy::diagnose {

record::Suspect suspect_of(record::Layer layer, record::Layer also, record::Confidence confidence, std::string cause,
                           std::string identifier = {});

// The subject of what is said about an attribute of a cookie, "Path".
std::string subject_of_cookie(std::string_view name, std::string_view attribute);

// The subject of what is said about a field that a form lacks.
std::string subject_of_missing_field(std::string_view name);

// The subject of what is said about the encoding that a form is sent in.
inline constexpr std::string_view subject_of_encoding = "encoding of a form";

} // namespace murphy::diagnose
