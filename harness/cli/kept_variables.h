// What a journal may keep of a run's variables and files, judged before any of its steps teaches the redactor. Pure.
#pragma once

#include "base/clear_text.h"
#include "scenario/model.h"

#include <set>
#include <string>
#include <vector>

namespace murphy::cli {

// The variables whose values may be kept: files name them nowhere but in addresses and in texts that pages are to show.
// A value that goes into a field, a header or a flow may be a password, whatever the page calls it.
// `texts` are those of all files that were read; `features` are what was read of them.
std::set<std::string> kept_variables(const std::set<std::string>& given, const std::vector<ClearText>& texts,
                                     const std::vector<scenario::Feature>& features);

// Whether a scenario of the feature has something written out that may be a password, a code or credentials: whatever
// it sends but an address or a name to sign in with.
bool has_written_secret(const scenario::Feature& feature);

// The same of the project file: what [app] and the targets send, and properties of users that a feature or [app]
// does.
bool has_written_secret(const scenario::Project& project, const std::vector<scenario::Feature>& features);

} // namespace murphy::cli
