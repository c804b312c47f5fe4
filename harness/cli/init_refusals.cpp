#include "cli/init_refusals.h"

#include "base/make_error.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "init/words.h"
#include "web/forms/form_obstacles.h"
#include "web/navigation/challenge.h"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <vector>

namespace murphy::cli {
namespace {

constexpr std::size_t most_addresses = 5;

std::string quoted_title(const drive::HttpPage& page) {
  return page.title().empty() ? "" : fmt::format(" \"{}\"", page.title());
}

// The errors of the page, as it words them.
std::string said_on(const drive::HttpPage& page) {
  std::vector<std::string> words;
  for (const record::ShownError& error : page.errors()) words.push_back(in_quotes(error.words));
  return join(words, ", ");
}

bool is_locked(const drive::HttpPage& page) {
  return page.status() == 429 || std::ranges::any_of(page.errors(), [](const record::ShownError& error) {
           return says_locked(error.words) || init::says(init::Role::locked, error.words) != init::Says::nothing;
         });
}

Error locked(const drive::HttpPage& page) {
  const std::string* wait = record::find_header(page.own_headers(), "Retry-After");
  const std::string said = said_on(page);
  return target_error(fmt::format("the app takes no more attempts to sign in: {} answers {}{}", page.path(),
                                  page.status(), said.empty() ? quoted_title(page) : " " + said),
                      wait != nullptr
                          ? fmt::format("wait as its Retry-After says ({}), then run the command again", *wait)
                          : "wait until the app lets the account in again, or use another account");
}

// The addresses that inline scripts ask for.
std::vector<std::string> addresses_in_scripts(const web::Document& document) {
  std::vector<std::string> addresses;
  for (web::Element element = document.root(); element; element = element.next()) {
    if (!element.is("script")) continue;
    const std::string source = element.text_content();
    for (std::size_t at = source.find("fetch("); at != std::string::npos; at = source.find("fetch(", at + 1)) {
      const std::size_t quote = at + std::string_view("fetch(").size();
      if (quote >= source.size() || (source[quote] != '"' && source[quote] != '\'' && source[quote] != '`')) continue;
      const std::size_t end = source.find(source[quote], quote + 1);
      if (end == std::string::npos) continue;
      std::string address = one_line(source.substr(quote + 1, end - quote - 1));
      if (!contains(addresses, address) && addresses.size() < most_addresses) addresses.push_back(std::move(address));
    }
  }
  return addresses;
}

Error made_by_scripts(const drive::HttpPage& page) {
  std::string hint = "sign in by the request that the scripts send, in a sign_in of several steps";
  if (const auto document = page.document())
    if (const auto addresses = addresses_in_scripts(**document); !addresses.empty())
      hint += fmt::format("\nthe scripts name {}: {{ request = {{ url = {}, json = {{ … }} }} }}",
                          join(addresses, ", "), in_quotes(addresses.front()));
  return unseen_error(fmt::format("scripts make the page {}{}, and Murphy runs none", page.path(), quoted_title(page)),
                      hint);
}

std::optional<Error> refusal_of_status(const drive::HttpPage& page) {
  if (page.status() < 400) return std::nullopt;
  if (is_locked(page)) return locked(page);
  if (page.status() == 401)
    for (const web::Challenge& challenge : web::challenges(page.own_headers())) {
      const std::string realm = challenge.parameter("realm");
      return target_error(
          fmt::format("the server asks for HTTP authentication ({}{}), not by a form", challenge.scheme,
                      realm.empty() ? "" : fmt::format(", realm \"{}\"", realm)),
          "write murphy.toml by hand, with authorize = { basic = [name, password] } in its [target.local]");
    }
  return target_error(fmt::format("{} answers {}{}", page.path(), page.status(), quoted_title(page)),
                      "give the address of a page that people see before they sign in");
}

bool shows_again(const drive::HttpPage& page, const init::SignInControls& sign_in) {
  const auto again = init::choose_sign_in(page.forms());
  return again && again->password->name == sign_in.password->name;
}

} // namespace

Error on_another_origin(const std::string& what, const std::string& app, const std::string& other) {
  return target_error(fmt::format("{} is on {}, and the app on {}", what, other, app),
                      "an identity provider signs people in there: name it in [idp.NAME], and write sign_in as a list "
                      "of steps; or name a sign-in page of the app itself with --sign-in");
}

bool keeps_out(const drive::HttpPage& page) {
  return page.status() == 401 || page.status() == 403 || init::choose_sign_in(page.forms()).has_value() ||
         init::find_loose_password(page.forms()) != nullptr;
}

Error no_sign_in_form(const drive::HttpPage& page) {
  if (auto refused = refusal_of_status(page)) return *std::move(refused);
  if (page.is_made_by_scripts()) return made_by_scripts(page);
  if (const auto document = page.document(); !document) return document.error();
  if (init::find_loose_password(page.forms()) != nullptr)
    return unseen_error(fmt::format("the password field of {} belongs to no form, so a script sends it", page.path()),
                        "sign in by the request that the script sends, in a sign_in of several steps");
  if (const web::Control* user = init::find_first_page(page.forms()))
    return target_error(
        fmt::format("{} asks for \"{}\" alone, and for the password on a second page", page.path(), user->shown_name()),
        "write sign_in as a list of steps: one submit for each page");
  const auto forms = web::describe_forms(page.forms());
  return target_error(fmt::format("{} has no form with a password field", page.path()),
                      (forms.empty() ? "" : "its forms are: " + join(forms, "; ") + "\n") +
                          "name the page with the form: --sign-in /login");
}

std::optional<Error> refusal_of_form(const drive::HttpPage& page, const init::SignInControls& sign_in,
                                     InClear in_clear) {
  if (std::string proof = web::captcha_in(page.forms(), *sign_in.form); !proof.empty())
    return target_error(fmt::format("the form of {} asks for the proof of a person: {}", page.path(), proof),
                        "switch that off where tests run, or give it the test key of its provider");
  if (init::is_sent_in_address(sign_in)) {
    const std::string script = web::script_that_sends(*sign_in.form);
    return target_error(
        fmt::format("the form of {} would put the password into the address; nothing was sent", page.path()),
        script.empty()
            ? "give the form method=\"post\""
            : fmt::format("{} sends it: sign in by the request that the script sends, in a sign_in of several "
                          "steps",
                          script));
  }
  const auto document = page.document();
  if (!document) return document.error();
  std::string_view action = sign_in.form->element.attribute_or_empty("action");
  if (sign_in.button != nullptr && sign_in.button->element.has("formaction"))
    action = sign_in.button->element.attribute_or_empty("formaction");
  const auto target = trim(action).empty() ? Result<web::Url>(page.address()) : (*document)->resolve(trim(action));
  if (!target)
    return target_error(fmt::format("the form of {} has a broken address: {}", page.path(), target.error().what),
                        "correct its action");
  if (!web::same_origin(*target, page.address()))
    return on_another_origin(fmt::format("what the form of {} is sent to", page.path()), page.address().origin(),
                             target->origin());
  if (!web::is_potentially_trustworthy(*target) && in_clear == InClear::refused)
    return usage_error(fmt::format("the password would go to {} unencrypted; nothing was sent", target->origin()),
                       "use an address with https, or add --insecure if nobody else is on the network");
  return std::nullopt;
}

bool is_asked_again(const drive::HttpPage& page, const init::SignInControls& sign_in) {
  return shows_again(page, sign_in) && !is_locked(page);
}

std::optional<Error> refusal_of_answer(const drive::HttpPage& page, const init::SignInControls& sign_in) {
  if (is_locked(page) && (shows_again(page, sign_in) || page.status() >= 400)) return locked(page);
  if (is_asked_again(page, sign_in)) {
    const std::string said = said_on(page);
    return target_error(said.empty() ? "the app shows its sign-in form again, without a word"
                                     : fmt::format("the app refuses this account: {}", said),
                        "check the account and its password in the browser");
  }
  if (page.status() >= 400)
    return target_error(
        fmt::format("after the sign-in, {} answers {}{}", page.path(), page.status(), quoted_title(page)),
        page.status() == 404 ? "let the app lead people to a page that is there, or name a sign-in page that does: "
                               "--sign-in '/login?next=/home'"
                             : "look at what the app logged");
  if (const web::Control* code = init::find_code_field(page.forms()))
    return target_error(
        fmt::format("the app takes the password, then asks for a code: the field \"{}\"", code->shown_name()),
        "use an account without a second factor: Murphy does not support one-time codes yet");
  if (page.is_made_by_scripts()) return made_by_scripts(page);
  if (const auto document = page.document(); !document) return document.error();
  return std::nullopt;
}

} // namespace murphy::cli
