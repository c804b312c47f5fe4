// The data files of this folder, as text of the program.
#pragma once

#include <string_view>

namespace murphy::diagnose {

extern const std::string_view embedded_signatures;  // signatures.tsv
extern const std::string_view embedded_usual_names; // usual_names.txt
extern const std::string_view embedded_reliability; // reliability.tsv

} // namespace murphy::diagnose
