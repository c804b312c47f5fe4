// Why a step did not pass, as people read it.
#pragma once

#include "record/run.h"
#include "reports/text_block.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::reports {

// "Likely cause: the model — column …" of the first suspect that is more than a guess; empty when there is none.
std::string likely_cause(const std::vector<record::Suspect>& suspects);

// A line of evidence in two parts: where it stands ("console", "known-good record", "dashboard"), and what it says.
struct EvidenceText {
  std::string source;
  std::string text;
};
EvidenceText evidence_text(const record::EvidenceLine& line);

std::string_view words_of(record::EvidenceSource source);

// Where the name that was probably meant comes from: "engine's hint", "schema"; empty where nothing was suggested.
std::string_view words_of(record::SuggestionOrigin origin);

// The likeliest suspect with its evidence and what to do, and in one line each who else it may be. Nothing without
// suspects.
void write_suspects(TextBlock& block, const std::vector<record::Suspect>& suspects);

} // namespace murphy::reports
