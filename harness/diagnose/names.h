// Names: whether one is rightly spelled, and which known one is near it.
#pragma once

#include "base/label.h"
#include "diagnose/evidence.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::diagnose {

// What a field is called for: usual_names.txt.
enum class FieldRole { other, password, user, token };

// The role of a form field by its name; names like `user[password]` go by their last part.
FieldRole role_of(std::string_view field);

// All words of the name are usual ones, spelled as they should be: "password_hash", "userName".
bool is_usual(std::string_view name);

// The name with its misspelled words replaced by the usual ones near them; empty when no word is near a usual one, or
// more than one is.
std::string usual_spelling(std::string_view name);

// Whether it is a word that is near a usual one and no slip of it: "contract".
bool is_word_of_its_own(std::string_view word);

// Whether it is written as settings and environment variables are: "CLUB_SECRET_KEY"; not "HTTP_HOST", which a server
// sets for each request.
bool is_name_of_setting(std::string_view name);

} // namespace murphy::diagnose
