// The links and buttons by which people go to the sign-in page, and out again. Pure.
#pragma once

#include "web/forms/form.h"
#include "web/forms/naming.h"
#include "web/html/document.h"

#include <string>
#include <variant>
#include <vector>

namespace murphy::init {

// Links that lead to a page to sign in, the best first; none that leaves the site of the page.
std::vector<web::Link> links_to_sign_in(const web::Document& document);

// A way out: a link to click, or a button that submits its form.
struct WayOut {
  std::variant<web::Link, web::SubmitTarget> by;
  std::string words; // by which Murphy finds it
};

// Ways to sign out, the best first, at most three. `sign_in_page` is what a visitor sees: what is there, too, leads
// nobody out.
std::vector<WayOut> ways_out(const web::Document& document, const web::Forms& forms, const web::Document& sign_in_page);

// The link or the form of a way out.
web::Element element_of(const WayOut& way);

// Links of a page that another does not have, to pages of the same origin, in the order of the page. None of them
// leads out, or says that it changes something.
std::vector<std::string> pages_of_member(const web::Document& of_member, const web::Document& of_stranger);

} // namespace murphy::init
