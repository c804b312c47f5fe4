// Which form of a page signs people in, and which of its controls are what. Pure: how the page is made decides, words
// break ties.
#pragma once

#include "web/forms/form.h"

#include <optional>
#include <string>

namespace murphy::init {

// The controls point into the forms they were chosen from.
struct SignInControls {
  const web::Form* form = nullptr;
  const web::Control* user = nullptr; // null: the form asks for a password alone
  const web::Control* password = nullptr;
  const web::Control* button = nullptr; // null: the form has none
};

// The form that most looks like one that signs in. None without a password field in a form, and where every form with
// one looks like sign-up or a change of password.
std::optional<SignInControls> choose_sign_in(const web::Forms& forms);

// A field for the name of a user in a form without a password field: the first page of a sign-in on two pages.
const web::Control* find_first_page(const web::Forms& forms);

// A field that asks for a one-time code.
const web::Control* find_code_field(const web::Forms& forms);

// A password field that belongs to no form; null: there is none.
const web::Control* find_loose_password(const web::Forms& forms);

// Whether the form goes out by GET when this button is pressed, which puts the password into the address.
bool is_sent_in_address(const SignInControls& sign_in);

// Whether people sign in with their e-mail address there.
bool asks_for_email(const web::Control& user);

} // namespace murphy::init
