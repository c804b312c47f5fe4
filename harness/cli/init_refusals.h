// Why `murphy init` cannot go on from a page, and what to do instead. Pure.
#pragma once

#include "base/error.h"
#include "drive/http_page.h"
#include "init/sign_in_form.h"

#include <optional>
#include <string>

namespace murphy::cli {

// Of a page without a form to sign in: what is there in its place.
Error no_sign_in_form(const drive::HttpPage& page);

// Whether a password may go over the wire in clear.
enum class InClear { refused, allowed };

// Of a form that cannot be filled in and sent as a person does it. None: it can.
std::optional<Error> refusal_of_form(const drive::HttpPage& page, const init::SignInControls& sign_in,
                                     InClear in_clear);

// Whether the page shows the form again, and does not say that the account is locked.
bool is_asked_again(const drive::HttpPage& page, const init::SignInControls& sign_in);

// Of the page that the app answers the right password with. None: nothing speaks against it.
std::optional<Error> refusal_of_answer(const drive::HttpPage& page, const init::SignInControls& sign_in);

// Whether the page asks a visitor to sign in, or keeps them out in another way.
bool keeps_out(const drive::HttpPage& page);

// The app's origin, and the other one that a page is on.
Error on_another_origin(const std::string& what, const std::string& app, const std::string& other);

} // namespace murphy::cli
