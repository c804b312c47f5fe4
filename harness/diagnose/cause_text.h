// A cause and what to do about it, in words.
#pragma once

#include "diagnose/finding.h"
#include "diagnose/suggest.h"
#include "record/suspect.h"

#include <string>

namespace murphy::diagnose {

// Half a sentence: `column "pasword_hash" does not exist; users has "password_hash"`.
std::string cause_of(const Finding& finding, const Suggestion& suggestion, const SchemaView& schema);

// One sentence for a suspect of this layer.
std::string advice_for(const record::Suspect& suspect, std::string_view kind);

} // namespace murphy::diagnose
