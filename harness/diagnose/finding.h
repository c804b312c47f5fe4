// The errors in the evidence, and which of them is the cause.
#pragma once

#include "diagnose/evidence.h"
#include "diagnose/signature.h"
#include "record/suspect.h"

#include <string>
#include <vector>

namespace murphy::diagnose {

using record::EvidenceSource;

// A text of the evidence, readable, in lines.
struct LogText {
  EvidenceSource source = EvidenceSource::console;
  std::string text;
  std::vector<std::string_view> lines; // look into `text`
  // False for a page that is no error page: its sentences are for people, and complain of people. Lines about the app's
  // insides are read all the same.
  bool of_error = true;
  LogText(EvidenceSource from, std::string content);
  LogText(const LogText&) = delete;
  LogText(LogText&&) = delete;
};

// An error that the app, its engine or its page reported.
struct Finding {
  const Signature* signature = nullptr;
  const LogText* text = nullptr;
  std::size_t line = 0; // of the text
  std::string name, owner, type, count;
  std::vector<std::string> meant;   // suggestions of the engine itself
  std::vector<std::string> choices; // names the message lists
  bool went_on = false;             // the app: it warned, or a thread beside the requests ended
  double weight = 0;                // the cause has the greatest
};

// Everything the signatures take, the likeliest cause first. Lines that a run without fault writes as well are left
// out. The texts must live as long as the findings.
std::vector<Finding> find_errors(const std::vector<const LogText*>& texts, const std::vector<std::string>& usual_lines,
                                 const Signatures& signatures);

} // namespace murphy::diagnose
