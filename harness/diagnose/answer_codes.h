// Error codes that are made for programs: problem details (RFC 9457), errors of GraphQL and of JSON APIs, OAuth 2.0 and
// OpenID Connect (RFC 6749 section 4.1.2.1 and 5.2, RFC 6750 section 3.1, OpenID Connect Core 3.1.2.6), status codes of
// SAML 2.0 (core, section 3.2.2.2). Pure.
#pragma once

#include "diagnose/evidence.h"
#include "diagnose/finding.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::diagnose {

// What answers say in such codes, one a line with its description: of a JSON body, of redirects with their queries and
// fragments, of challenges to authenticate.
std::string answers_in_codes(const Evidence& evidence);

// The layer that a code speaks against, and what it means; `unknown` for a code that says nothing about that.
struct CodeMeaning {
  record::Layer layer = record::Layer::unknown;
  record::Layer also = record::Layer::unknown;
  std::string_view meaning;
};
CodeMeaning meaning_of_code(std::string_view code);

// The codes in a text: those of answers_in_codes, and the ones of OAuth and SAML wherever they are written.
std::vector<Finding> find_codes(const LogText& text);

} // namespace murphy::diagnose
