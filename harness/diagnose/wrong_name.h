// Which name of a suspect is wrong, and where the code writes it.
#pragma once

#include "diagnose/evidence.h"
#include "record/suspect.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace murphy::diagnose {

// Of the two names of a suspect the one that somebody misspelled: the one that disagrees with the known-good record,
// else with usual spelling, else the one that was asked for in vain. Empty for what is no name in the code.
std::string wrong_name(const record::Suspect& suspect, const Evidence& evidence);

// What a run found of the names of these suspects in the code.
std::map<std::string, std::vector<record::CodePlace>> code_of(std::span<const record::Suspect> recorded);

} // namespace murphy::diagnose
