// Words by which apps, pages and projects speak of sign-in. Pure; case does not count.
#pragma once

#include <string_view>

namespace murphy {

// Whether a field of this type hides what is typed into it.
bool is_password_type(std::string_view type);

// Whether what goes by this name is a password: "new_password".
bool names_a_password(std::string_view name);

// Whether what goes by this name is a secret even when it is written out: "password", "totp_secret", "api_token".
bool names_a_secret(std::string_view name);

// Whether a table, a column or a field of this name is about sessions: "django_session", "sessions.sess".
bool names_a_session(std::string_view name);

// Whether an app says with these words that it takes no more attempts: "Too many attempts", "Your account is locked".
bool says_locked(std::string_view words);

} // namespace murphy
