// The data files of this folder, as text of the program.
#pragma once

#include <string_view>

namespace murphy::init {

extern const std::string_view embedded_words; // words.tsv

} // namespace murphy::init
