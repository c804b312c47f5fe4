// The words by which pages speak of sign-in, in many languages. They break ties; what decides is how a page is made.
#pragma once

#include <string_view>

namespace murphy::init {

// What words name: a field, a button, a link, or what the app says of itself.
enum class Role { user, user_or_email, email, sign_in, sign_out, forgot, sign_up, locked, code };

// How much of a text the words of a role are.
enum class Says { nothing, in_part, wholly };

// Whether a text says what words of this role say in any language. Case and the colon at the end do not count. A word
// of Latin letters counts in part only as a whole word.
Says says(Role role, std::string_view text);

} // namespace murphy::init
