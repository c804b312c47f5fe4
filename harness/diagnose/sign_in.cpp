#include "diagnose/sign_in.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "diagnose/names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace murphy::diagnose {

namespace {

template <std::size_t N> bool any_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.contains(word); });
}

constexpr std::array<std::string_view, 21> refusing = {"incorrect",
                                                       "invalid",
                                                       "wrong",
                                                       "not registered",
                                                       "not recognized",
                                                       "not recognised",
                                                       "do not match",
                                                       "does not match",
                                                       "doesn't match",
                                                       "don't match",
                                                       "no account",
                                                       "unknown user",
                                                       "bad credentials",
                                                       "unable to log",
                                                       "login failed",
                                                       "sign-in failed",
                                                       "sign in failed",
                                                       "could not be found",
                                                       "authentication failed",
                                                       "please enter a correct",
                                                       "please enter the correct"};
constexpr std::array<std::string_view, 7> signed_in_words = {"log out",      "logout",       "sign out",  "signout",
                                                             "logged in as", "signed in as", "my account"};
constexpr std::array<std::string_view, 9> denying = {"permission denied", "access denied", "not authorized",
                                                     "not authorised",    "not allowed",   "don't have enough",
                                                     "no permission",     "forbidden",     "unauthorized"};

// Text that stands on the good dashboard and on no sign-in page.
bool looks_signed_in(const Evidence& evidence, const std::string& page) {
  return any_of(ascii_lower(page), signed_in_words) ||
         (evidence.known_good && !evidence.known_good->dashboard.empty() &&
          trim(page) == trim(evidence.known_good->dashboard));
}

// Whether the page that the step ended on has a field for a password; nothing when its elements are not known.
std::optional<bool> asks_for_password(const Evidence& evidence) {
  if (!evidence.of_step || evidence.of_step->tags.empty()) return std::nullopt;
  return std::ranges::any_of(evidence.of_step->tags, [](const Tag& tag) {
    const auto type = tag.attributes.find("type");
    return tag.name == "input" && type != tag.attributes.end() && is_password_type(type->second);
  });
}

// Whether all that the page says stands on the recorded page with the form, and not all of it on the dashboard.
bool shows_recorded_form(const Evidence& evidence) {
  if (!evidence.known_good || evidence.known_good->sign_in_page.empty() || trim(evidence.page).empty()) return false;
  const std::string form = collapse_white_space(evidence.known_good->sign_in_page),
                    dashboard = collapse_white_space(evidence.known_good->dashboard);
  bool on_dashboard = true;
  for (const std::string_view line : split(evidence.page, '\n')) {
    const std::string words = collapse_white_space(trim(line));
    if (!form.contains(words)) return false;
    on_dashboard = on_dashboard && dashboard.contains(words);
  }
  return !on_dashboard;
}

// Whether a line of the page, in lower case, denies access and is about no credentials, as an engine's or a form's is.
bool denies_access(std::string_view page) {
  constexpr std::size_t longest = 80;
  constexpr std::array<std::string_view, 5> of_credentials = {"password", "for user", "using", "()", "token"};
  return std::ranges::any_of(split(page, '\n'), [&](std::string_view line) {
    return line.size() <= longest && any_of(line, denying) && !any_of(line, of_credentials);
  });
}

// Whether a script sent the credentials, and nothing else: it gets no page in answer. A form sends more: its token, its
// button, where to go next.
bool is_sent_by_script(const Evidence& evidence) {
  if (evidence.of_step && evidence.of_step->sent) return evidence.of_step->sent->made_up;
  return std::ranges::all_of(evidence.fields, [](const std::string& field) {
    return role_of(field) == FieldRole::user || role_of(field) == FieldRole::password;
  });
}

} // namespace

std::string_view name_of(Ending ending) {
  static constexpr std::array<std::string_view, 23> names = {
      "undetermined", "unreachable",    "moved_to_https",  "page_failed",    "page_refused",   "page_missing",
      "no_form",      "set_up",         "form_astray",     "submit_failed",  "submit_refused", "submit_lost",
      "form_unread",  "field_missing",  "rejected",        "denied",         "form_again",     "sent_back",
      "bounced",      "landing_failed", "landing_missing", "landing_denied", "signed_in"};
  static_assert(names.size() == static_cast<std::size_t>(Ending::signed_in) + 1);
  return names[static_cast<std::size_t>(ending)];
}

bool refuses(std::string_view words) { return any_of(words, refusing); }

SignInCourse how_it_ended(const Evidence& evidence) {
  const std::string page = ascii_lower(words_of_page(evidence));
  const auto& all = evidence.exchanges;
  for (const std::string& location : evidence.locations) {
    const std::string lower = ascii_lower(location);
    if (lower.contains("/install") || lower.contains("/setup") || lower.contains("setup.php"))
      return {Ending::set_up, all.empty() ? nullptr : &all.back()};
  }
  if (all.empty()) return {Ending::undetermined, nullptr};

  const auto submit =
      std::ranges::find_if(all, [](const Exchange& each) { return ascii_lower(each.method) == "post"; });
  if (submit == all.end()) {
    for (auto at = all.begin(); at != all.end(); ++at) {
      if (at->status == 0)
        return {at == all.begin()                            ? Ending::unreachable
                : record::is_redirect(std::prev(at)->status) ? Ending::moved_to_https
                                                             : Ending::submit_lost,
                &*at};
      if (at->status >= 500) return {Ending::page_failed, &*at};
    }
    const Exchange& last = all.back();
    if (last.status == 404 || last.status == 405)
      return {evidence.fields.empty() ? Ending::page_missing : Ending::form_astray, &last};
    if (last.status >= 400) return {Ending::page_refused, &last};
    return {looks_signed_in(evidence, page) ? Ending::signed_in : Ending::no_form, &last};
  }

  const std::span<const Exchange> after(std::next(submit), all.end());
  const Exchange* at = &*submit;
  const auto failed_behind = std::ranges::find_if(after, [](const Exchange& each) { return each.status >= 500; });
  if (at->status == 0) return {Ending::submit_lost, at};
  if (at->status == 404 || at->status == 405) return {Ending::form_astray, at};
  const bool rejected = refuses(page);
  if (at->status >= 500) {
    // Some apps answer with an error and still sign in.
    const bool went_on = !after.empty() && std::ranges::all_of(after, [](const Exchange& each) {
      return each.status >= 200 && each.status < 300;
    });
    return {went_on ? Ending::signed_in : Ending::submit_failed, at};
  }
  if (at->status == 400 || at->status == 401) {
    if (page.contains("csrf")) return {Ending::submit_refused, at};
    return {at->status == 401 || rejected || is_sent_by_script(evidence) ? Ending::rejected : Ending::form_unread, at};
  }
  if (at->status == 403 || at->status == 419 || at->status == 422)
    return {rejected && !page.contains("csrf") && !page.contains("token") ? Ending::rejected : Ending::submit_refused,
            at};
  if (at->status >= 400) return {Ending::submit_refused, at};

  if (failed_behind != after.end()) return {Ending::landing_failed, &*failed_behind};
  if (!record::is_redirect(at->status)) {
    if (rejected) return {Ending::rejected, at};
    if (looks_signed_in(evidence, page)) return {Ending::signed_in, at};
    if (!after.empty()) {
      // The dashboard, asked for afterwards: 200 with nothing on the page that was answered is an API that let in.
      if (after.back().status == 401 || after.back().status == 403) return {Ending::bounced, &after.back()};
      const bool straight = std::ranges::all_of(after, [](const Exchange& each) { return each.status == 200; });
      if (straight && is_sent_by_script(evidence) && !page.contains("password") && !page.contains("log in") &&
          !page.contains("sign in"))
        return {Ending::signed_in, at};
    }
    if (denies_access(page)) return {Ending::denied, at};
    return {Ending::form_again, at};
  }
  for (const Exchange& each : after) {
    if (each.status == 0) return {Ending::moved_to_https, &each};
    if (each.status == 404) return {Ending::landing_missing, &each};
    if (each.status == 401 || each.status == 403) return {Ending::landing_denied, &each};
  }
  if (rejected) return {Ending::rejected, at};
  if (looks_signed_in(evidence, page)) return {any_of(page, denying) ? Ending::landing_denied : Ending::signed_in, at};
  const auto again = std::ranges::find_if(after, [](const Exchange& each) { return record::is_redirect(each.status); });
  if (again != after.end()) return {Ending::bounced, &*again};
  if (any_of(page, denying)) return {Ending::bounced, after.empty() ? at : &after.back()};
  // Straight back to the page with the form: as its fields say where they are known, else its address.
  const bool is_same_path = !after.empty() && submit != all.begin() && !after.back().path.empty() &&
                            after.back().path == std::prev(submit)->path;
  if (!after.empty() && (asks_for_password(evidence).value_or(is_same_path) || shows_recorded_form(evidence)))
    return {Ending::sent_back, &after.back()};
  return {Ending::signed_in, at};
}

} // namespace murphy::diagnose
