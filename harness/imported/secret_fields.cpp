#include "imported/secret_fields.h"

#include "base/label.h"
#include "base/text.h"
#include "init/technical_words.h"
#include "init/words.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace murphy::imported {
namespace {

// Parts of names and labels, in lower case.
constexpr auto password_parts = std::to_array<std::string_view>(
    {"passw",      "passphrase",  "passcode",    "pwd",          "pswd",       "kennwort",     "losung",
     "passord",    "lösenord",    "losenord",    "adgangskode",  "kodeord",    "salasana",     "contraseña",
     "contrasena", "contrasenya", "contrasinal", "mot de passe", "motdepasse", "mot_de_passe", "wachtwoord",
     "senha",      "palavra",     "hasło",       "haslo",        "heslo",      "lozinka",      "geslo",
     "jelszó",     "jelszo",      "parolă",      "parola",       "parole",     "şifre",        "sifre",
     "slaptažod",  "slaptazod",   "parool",      "lykilorð",     "aðgangsorð", "pasahitz",     "cyfrinair",
     "pasfhocal",  "pasvorto",    "fjalëkalim",  "fjalekalim",   "kata sandi", "katasandi",    "kata laluan",
     "mật khẩu",   "matkhau",     "mat_khau",    "wagwoord",     "nenosiri",   "пароль",       "парол",
     "лозинка",    "гасло",       "құпия",       "нууц үг",      "κωδικό",     "пароли",       "συνθηματικ",
     "סיסמ",       "كلمة المرور", "كلمة مرور",   "كلمة السر",    "رمز عبور",   "گذرواژه",      "पासवर्ड",
     "পাসওয়ার্ড",   "รหัสผ่าน",      "密码",        "密碼",         "パスワード", "暗証",         "비밀번호"});

// Alone among the words of a name.
constexpr auto password_words =
    std::to_array<std::string_view>({"pass", "passe", "pw", "psw", "mdp", "clave", "parol", "암호", "गोपनीय"});
constexpr auto code_parts = std::to_array<std::string_view>({"einmal", "one-time", "onetime", "one time", "one_time",
                                                             "verification", "authenticator", "sicherheitscode",
                                                             "security code", "security_code", "bestätigungscode"});
constexpr auto code_words =
    std::to_array<std::string_view>({"pin", "otp", "totp", "tan", "2fa", "mfa", "cvv", "cvc", "puk", "tfa", "ssn"});

// "newPass_2" → "new", "pass", "2". Letters beyond ASCII stay together.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < name.size(); ++at) {
    const char c = name[at];
    const bool is_letter_beyond = static_cast<unsigned char>(c) > 0x7e;
    const bool begins = is_upper(c) && at > 0 && is_lower(name[at - 1]);
    if ((begins || !(is_alphanumeric(c) || is_letter_beyond)) && !words.back().empty()) words.emplace_back();
    if (is_alphanumeric(c) || is_letter_beyond) words.back() += c;
  }
  for (std::string& word : words) {
    word = fold_case(word);
    const std::size_t end = word.find_last_not_of("0123456789");
    if (end != std::string::npos && end + 1 < word.size()) word.resize(end + 1); // "pass2"
  }
  return words;
}

template <std::size_t N>
bool has_word(const std::vector<std::string>& words, const std::array<std::string_view, N>& known) {
  return std::ranges::any_of(words,
                             [&](const std::string& word) { return std::ranges::find(known, word) != known.end(); });
}

} // namespace

bool names_a_password(std::string_view name) {
  const std::string folded = fold_case(name);
  return folded == "p" || std::ranges::any_of(password_parts, [&](auto part) { return folded.contains(part); }) ||
         has_word(words_of(name), password_words) ||
         (words_of(name).back().ends_with("pass") && !folded.ends_with("compass")); // "userpass"
}

bool names_a_code(std::string_view name) {
  const std::string folded = fold_case(name);
  return has_word(words_of(name), code_words) ||
         std::ranges::any_of(code_parts, [&](auto part) { return folded.contains(part); }) ||
         init::says(init::Role::code, name) == init::Says::wholly;
}

bool names_a_login(std::string_view name) {
  static constexpr auto of_somebody = std::to_array<std::string_view>(
      {"type", "role", "agent", "group", "kind", "lang", "language", "locale", "timezone", "status", "count", "hint"});
  for (const init::Role role : {init::Role::user, init::Role::user_or_email, init::Role::email})
    if (init::says(role, name) == init::Says::wholly) return true;
  const std::string_view part = last_part(name);
  return init::has_any(part, {"user", "login", "mail", "account", "uname", "uid", "ident"}) &&
         !has_word({words_of(part).back()}, of_somebody) && !names_a_password(part);
}

bool is_switch(std::string_view value) {
  static constexpr auto switches =
      std::to_array<std::string_view>({"0", "1", "on", "off", "true", "false", "yes", "no"});
  return std::ranges::find(switches, ascii_lower(value)) != switches.end();
}

} // namespace murphy::imported
