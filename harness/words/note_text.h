// Why a step or a case ended as it did, for people.
#pragma once

#include "record/note.h"

#include <string>

namespace murphy::words {

// "known failure SUP-10, until 2026-12-01"; empty where there is nothing to say.
std::string note_text(const record::Note& note);

} // namespace murphy::words
