// A suspect in the making: what every rule says of one first. Evidence and advice are added where the rule is used.
#pragma once

#include "record/suspect.h"

#include <string>

namespace murphy::diagnose {

record::Suspect suspect_of(record::Layer layer, record::Layer also, record::Confidence confidence, std::string cause,
                           std::string identifier = {});

} // namespace murphy::diagnose
