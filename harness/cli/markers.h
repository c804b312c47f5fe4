// What could tell a dashboard from the pages that strangers get. Pure.
#pragma once

#include "web/html/document.h"

#include <string>
#include <vector>

namespace murphy::cli {

// CSS selectors for `shows`, at most three, the best first: each selects something on the page of a member and nothing
// on the page that a stranger gets at the same address. What belongs to the user comes first: data attributes, the way
// to sign out, classes and ids. Names with digits in them are left out, for they may be of one user.
std::vector<std::string> markers(const web::Document& of_member, const web::Document& of_stranger);

} // namespace murphy::cli
