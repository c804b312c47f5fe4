// What a step sends, before its references are replaced: each text with the name that it goes out under. Pure.
#pragma once

#include "scenario/model.h"

#include <string>
#include <vector>

namespace murphy::cli {

struct SentText {
  std::string name; // of the field, the member or the parameter; empty: of a header, a cookie or a whole body
  std::vector<scenario::Text::Part> parts;
};

// Where a secret may go. Of addresses those parameters whose names say so; of an Authorization what follows its
// scheme; of JSON and of forms each value.
std::vector<SentText> sent_texts(const scenario::Step& step);

// The same of what a target adds to every request.
std::vector<SentText> sent_texts(const scenario::Target& target);

// Whether a name says that a secret goes out under it: a password, a code, a token.
bool is_secret_name(std::string_view name);

} // namespace murphy::cli
