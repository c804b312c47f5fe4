#include "cli/init_walk.h"

#include "base/make_error.h"
#include "base/text.h"
#include "init/control_names.h"
#include "init/markers.h"
#include "init/technical_words.h"
#include "init/ways.h"
#include "init/words.h"
#include "record/retry_after.h"
#include "run/shared/dashboard.h"
#include "web/forms/form_obstacles.h"
#include "web/html/rendered_text.h"
#include "web/selector/selector.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace murphy::cli {
namespace {

constexpr std::size_t most_pages = 3; // of the member's, that are tried for one that is closed

Result<PagePointer> visited_page(const drive::Visited& visited) {
  if (!visited) {
    Error error = visited.error().error;
    if (error.kind == ErrorKind::usage) error.kind = ErrorKind::target;
    return std::unexpected(std::move(error));
  }
  return std::static_pointer_cast<const drive::HttpPage>(visited->page);
}

// The app is broken, or wants to be left alone.
constexpr int too_many_requests = 429;
constexpr std::chrono::seconds longest_wait(60); // a person looks on

bool refuses_everybody(int status) { return status == too_many_requests || status >= 500; }

// The words on the left of a colon, as a question.
std::string label_of(const web::Control& control) { return one_line(control.shown_name()); }

std::string error_of(const drive::HttpPage& page) {
  return fmt::format("signs out and ends on an error, {} {}", page.status(), page.path());
}

// Whether a script would do what the way out does, or take part in it.
bool has_script(const init::WayOut& way) {
  const auto* submit = std::get_if<web::SubmitTarget>(&way.by);
  if (submit == nullptr) return init::element_of(way).has("onclick");
  return (submit->button != nullptr && submit->button->element.has("onclick")) ||
         !web::script_that_sends(*submit->form).empty();
}

// What a way out did that left the dashboard open.
std::string left_open(const init::WayOut& way) {
  return has_script(way) ? "leaves the dashboard open without its script" : "leaves the dashboard open";
}

// The way out that is named where none is found: the first that closed the dashboard, else the last that was tried.
class NearestMiss {
public:
  enum class Dashboard { open, closed };
  void add(std::string words, std::string does, Dashboard afterwards) {
    if (is_closing_) return;
    miss_ = {.tried = std::move(words), .does = std::move(does)};
    is_closing_ = afterwards == Dashboard::closed;
  }
  init::SignOutUnknown take() && { return std::move(miss_); }

private:
  init::SignOutUnknown miss_;
  bool is_closing_ = false;
};

// Whether a page, or the form on it, speaks of signing out.
bool asks_to_sign_out(const drive::HttpPage& page, const web::SubmitTarget& submit, const std::string& words) {
  const auto says_it = [](const std::string& text) {
    return init::says(init::Role::sign_out, text) != init::Says::nothing;
  };
  if (init::leads_out(submit.form->element.attribute_or_empty("action")) || init::leads_out(page.path())) return true;
  if (says_it(words) || says_it(page.title())) return true;
  const auto headings = page.select("h1, h2, h3");
  return headings && std::ranges::any_of(*headings, [&](const drive::Element& each) { return says_it(each.text); });
}

// A page with one form that only asks to press its button, to sign out.
std::optional<std::string> button_to_confirm(const drive::HttpPage& page) {
  const web::Forms& forms = page.forms();
  std::optional<web::SubmitTarget> only;
  for (const web::Form& form : forms.forms) {
    const bool asks_for_text = std::ranges::any_of(form.controls, [&](std::size_t index) {
      const web::Control& control = forms.controls[index];
      return control.is_field() && control.type != "checkbox" && control.type != "radio";
    });
    const auto button =
        std::ranges::find_if(form.controls, [&](std::size_t index) { return forms.controls[index].is_submit(); });
    if (asks_for_text || button == form.controls.end()) continue;
    if (only) return std::nullopt;
    only = web::SubmitTarget{&form, &forms.controls[*button]};
  }
  if (!only) return std::nullopt;
  std::string words = init::name_of_submit(forms, *only, {});
  if (words.empty() || !asks_to_sign_out(page, *only, words)) return std::nullopt;
  return words;
}

bool is_same_form(const SignInPage& one, const init::SignInControls& other) {
  const auto action = [](const init::SignInControls& form) {
    const std::string_view written = form.form->element.attribute_or_empty("action");
    return std::string(written.substr(0, written.find('?')));
  };
  return one.form.password->name == other.password->name && (one.form.user == nullptr) == (other.user == nullptr) &&
         action(one.form) == action(other);
}

} // namespace

bool InitWalk::has_waited_for(const drive::HttpPage& page) {
  if (has_waited_ || page.status() != too_many_requests) return false;
  const auto asked = record::asked_wait(page.own_headers(), std::chrono::system_clock::now());
  if (!asked || *asked > longest_wait) return false;
  has_waited_ = true;
  return pause_(*asked);
}

Result<PagePointer> InitWalk::open(const std::string& address) {
  auto page = visited_page(driver_.open(address, limits_));
  if (!page || !has_waited_for(**page)) return page;
  return visited_page(driver_.open(address, limits_));
}

Result<PagePointer> InitWalk::open_as_stranger(const std::string& address) {
  return visited_page(driver_.probe(address, drive::Credentials::omit, record::Reason::opened, limits_));
}

Result<SignInPage> InitWalk::read(const PagePointer& page) {
  auto chosen = init::choose_sign_in(page->forms());
  if (!chosen) return std::unexpected(no_sign_in_form(*page));
  const web::Forms& forms = page->forms();
  const auto field = [&](const std::string& words) -> Result<const web::Control*> {
    const auto found = web::find_field(forms, *chosen->form, words);
    if (!found) return std::unexpected(found.error());
    return found->front();
  };
  if (!hints_.submit.empty()) {
    const auto submit = web::find_submit(forms, hints_.submit);
    if (!submit) return std::unexpected(submit.error());
    if (submit->form != chosen->form)
      return std::unexpected(target_error(fmt::format("the form \"{}\" has no password field", hints_.submit),
                                          "name a button of the form that signs in"));
    chosen->button = submit->button;
  }
  if (!hints_.user_field.empty()) {
    const auto user = field(hints_.user_field);
    if (!user) return std::unexpected(user.error());
    chosen->user = *user;
  }
  if (!hints_.password_field.empty()) {
    const auto password = field(hints_.password_field);
    if (!password) return std::unexpected(password.error());
    chosen->password = *password;
  }
  if (auto refused = refusal_of_form(*page, *chosen, in_clear_)) return std::unexpected(*std::move(refused));

  SignInPage found{.page = page, .form = *chosen, .names = {}, .user_label = {}, .password_label = {}};
  init::FoundSignIn& names = found.names;
  std::vector<std::string> fields;
  if (chosen->user != nullptr) {
    names.user_field =
        hints_.user_field.empty() ? init::name_of_field(forms, *chosen->form, *chosen->user) : hints_.user_field;
    found.user_label = label_of(*chosen->user);
    fields.push_back(names.user_field);
  }
  names.password_field = hints_.password_field.empty() ? init::name_of_field(forms, *chosen->form, *chosen->password)
                                                       : hints_.password_field;
  found.password_label = label_of(*chosen->password);
  fields.push_back(names.password_field);
  names.submit =
      hints_.submit.empty() ? init::name_of_submit(forms, {chosen->form, chosen->button}, fields) : hints_.submit;
  if (names.submit.empty() || contains(fields, ""))
    return std::unexpected(
        target_error(fmt::format("the form of {} and its fields have no words to find them by", page->path()),
                     "give the button a text, and each field a label or a name"));
  const auto address = lasting_address(found);
  if (!address) return std::unexpected(address.error());
  names.page = *address;
  return found;
}

// The path alone, where that shows the same form: a query may hold where people came from, or what is good once. What
// the user says stays.
Result<std::string> InitWalk::lasting_address(const SignInPage& at) {
  const web::Url& address = at.page->address();
  if (!address.query()) return address.path();
  const auto said = hints_.sign_in.empty() ? Result<web::Url>(address)
                                           : web::Url::parse(driver_.addresses_of(hints_.sign_in).front());
  if (!said) return std::unexpected(said.error());
  if (!hints_.sign_in.empty() && said->query() == address.query()) return address.request_target();
  const auto without = open_as_stranger(address.path());
  if (!without) return std::unexpected(without.error());
  const auto form = init::choose_sign_in((*without)->forms());
  const bool is_same = form && (*without)->path() == address.path() && is_same_form(at, *form);
  return is_same ? address.path() : said->request_target();
}

Result<SignInPage> InitWalk::look(const std::string& address) {
  auto page = open(hints_.sign_in.empty() ? address : hints_.sign_in);
  if (!page) return std::unexpected(page.error());
  // A page that is not there, or not for strangers, shows them the way in as well.
  if (!init::choose_sign_in((*page)->forms()) && hints_.sign_in.empty() && !refuses_everybody((*page)->status())) {
    const auto document = (*page)->document();
    const auto links = document ? init::links_to_sign_in(**document) : std::vector<web::Link>();
    if (!links.empty()) {
      const auto target = (*document)->resolve(links.front().href);
      if (target) page = open(target->href());
      if (!page) return std::unexpected(page.error());
    }
  }
  if (const std::string origin = (*page)->address().origin(); !driver_.is_of_target((*page)->url()))
    return std::unexpected(
        on_another_origin("the page to sign in", web::Url::parse(driver_.addresses_of("/").front())->origin(), origin));
  return read(*page);
}

// The page may show another form now than the one that was read.
Result<void> InitWalk::check_form(const drive::HttpPage& page, const SignInPage& at) const {
  std::vector<std::string> fields{at.names.password_field};
  if (!at.names.user_field.empty()) fields.push_back(at.names.user_field);
  const auto find = [&](const drive::HttpPage& each, web::Precision precision) {
    return web::find_submit(each.forms(), at.names.submit, fields, precision);
  };
  // As the driver finds it.
  const auto place = page.find_by_words(
      [&](const drive::HttpPage& each, web::Precision precision) { return find(each, precision).has_value(); });
  const drive::HttpPage& shown = page.document_at(place.value_or(drive::FramePath()));
  const auto submit = find(shown, web::Precision::any);
  if (!submit) return std::unexpected(submit.error());
  const auto password = web::find_field(shown.forms(), *submit->form, at.names.password_field);
  if (!password) return std::unexpected(password.error());
  const init::SignInControls controls{
      .form = submit->form, .user = nullptr, .password = password->front(), .button = submit->button};
  if (auto refused = refusal_of_form(shown, controls, in_clear_)) return std::unexpected(*std::move(refused));
  return {};
}

Result<PagePointer> InitWalk::sign_in(const SignInPage& at, const Login& login) {
  driver_.fresh_session();
  const auto opened = open(at.names.page);
  if (!opened) return opened;
  std::vector<drive::Filling> with;
  if (!at.names.user_field.empty()) with.push_back({at.names.user_field, Value(login.user)});
  with.push_back({at.names.password_field, Value(login.password)});
  if (auto checked = check_form(**opened, at); !checked) return std::unexpected(checked.error());
  auto page = visited_page(driver_.submit(at.names.submit, with, {}, limits_));
  if (!page) return page;
  if (has_waited_for(**page)) return sign_in(at, login);
  was_refused_ = is_asked_again(**page, at.form);
  if (auto refused = refusal_of_answer(**page, at.form)) return std::unexpected(*std::move(refused));
  return page;
}

// Apps hide a page from those who are not in, or send them elsewhere: to the sign-in page, the first page, another
// host.
bool InitWalk::is_shut(const drive::HttpPage& page, const std::string& address) const {
  return keeps_out(page) || page.status() == 404 || page.path() != driver_.path_of(address);
}

Result<std::optional<PagePointer>> InitWalk::closed_to_strangers(const std::string& address) {
  const auto page = open_as_stranger(address);
  if (!page) return std::unexpected(page.error());
  return is_shut(**page, address) ? std::optional(*page) : std::nullopt;
}

// Of the pages that the member can go to from here and a stranger is not offered.
Result<bool> InitWalk::choose_closed_page(FoundDashboard& dashboard) {
  const auto stranger = open_as_stranger(dashboard.page);
  if (!stranger) return std::unexpected(stranger.error());
  const auto of_member = dashboard.of_member.front()->document(), of_stranger = (*stranger)->document();
  if (!of_member || !of_stranger) return false;
  std::size_t tried = 0;
  for (const std::string& address : init::pages_of_member(**of_member, **of_stranger)) {
    if (++tried > most_pages) break;
    const auto closed = closed_to_strangers(address);
    if (!closed) return std::unexpected(closed.error());
    if (!*closed) continue;
    const auto page = open(address);
    if (!page) return std::unexpected(page.error());
    if ((*page)->status() != 200 || (*page)->path() != address || keeps_out(**page) || !(*page)->document()) continue;
    dashboard.page = address;
    dashboard.of_member = {*page};
    dashboard.of_stranger = **closed;
    return true;
  }
  return false;
}

Result<FoundDashboard> InitWalk::find_dashboard(const SignInPage& at, const Login& login) {
  const auto landed = sign_in(at, login);
  if (!landed) return std::unexpected(landed.error());
  if (!driver_.is_of_target((*landed)->url()))
    return std::unexpected(
        on_another_origin("the page after the sign-in", at.page->address().origin(), (*landed)->address().origin()));
  FoundDashboard dashboard;
  dashboard.landing = (*landed)->address().path();
  dashboard.page = hints_.dashboard.empty() ? dashboard.landing : hints_.dashboard;
  auto again = open(dashboard.page);
  if (!again) return std::unexpected(again.error());
  const auto is_there = [&](const drive::HttpPage& page) {
    return page.status() == 200 && page.path() == driver_.path_of(dashboard.page) && page.document().has_value();
  };
  // Without its query it may be another page.
  if (hints_.dashboard.empty() && (*landed)->address().query() &&
      (!is_there(**again) || (*again)->title() != (*landed)->title())) {
    dashboard.page = dashboard.landing = (*landed)->address().request_target();
    again = open(dashboard.page);
    if (!again) return std::unexpected(again.error());
  }
  if (!is_there(**again))
    return std::unexpected(target_error(
        fmt::format("the dashboard {} answers {} at {}", dashboard.page, (*again)->status(), (*again)->path()),
        "name the page that people see once they are in: --dashboard /home"));
  dashboard.of_member = {*again};
  const auto closed = closed_to_strangers(dashboard.page);
  if (!closed) return std::unexpected(closed.error());
  if (*closed) {
    dashboard.of_stranger = **closed;
  } else {
    const auto chosen = hints_.dashboard.empty() ? choose_closed_page(dashboard) : Result<bool>(false);
    if (!chosen) return std::unexpected(chosen.error());
    if (!*chosen)
      return std::unexpected(
          target_error(fmt::format("{} is open to everyone, so it proves no sign-in", dashboard.page),
                       "name a page that only signed-in users see: --dashboard /account"));
  }
  // What another session shows, too, is not of this one alone.
  if (const auto second = sign_in(at, login); !second) return std::unexpected(second.error());
  const auto of_second = open(dashboard.page);
  if (!of_second) return std::unexpected(of_second.error());
  dashboard.of_member.push_back(*of_second);
  return dashboard;
}

// Looks where a way out has led, and whether the dashboard is closed now.
Result<WentOut> InitWalk::went_out(const drive::Visited& visited, const FoundDashboard& dashboard) {
  const auto page = visited_page(visited);
  WentOut out;
  if (!page) {
    out.trouble = "signs out and leads to no page";
  } else {
    out.page = *page;
    const bool asks_to_sign_in = init::choose_sign_in(out.page->forms()).has_value();
    if (out.page->status() >= 400 && !run::ends_signed_out(*visited, driver_.path_of(dashboard.page), asks_to_sign_in))
      out.trouble = error_of(*out.page);
  }
  const auto closed = is_closed(dashboard);
  if (!closed) return std::unexpected(closed.error());
  out.is_closed = *closed;
  return out;
}

Result<bool> InitWalk::is_closed(const FoundDashboard& dashboard) {
  const auto page = open(dashboard.page);
  if (!page) return std::unexpected(page.error());
  return is_shut(**page, dashboard.page);
}

Result<void> InitWalk::find_way_out(const SignInPage& at, const Login& login, FoundDashboard& dashboard) {
  // The page of the session in use, on which the words are found.
  const drive::HttpPage& page = *dashboard.of_member.back();
  const auto document = page.document(), visitors = at.page->document();
  if (!document) return std::unexpected(document.error());
  std::vector<init::WayOut> ways;
  if (visitors) ways = init::ways_out(**document, page.forms(), **visitors);
  if (!hints_.sign_out.empty()) {
    const auto said = web::find_click(page.forms(), **document, hints_.sign_out);
    if (!said) return std::unexpected(said.error());
    ways = {{*said, hints_.sign_out}};
  }
  web::Element way_out;
  NearestMiss miss;
  bool is_signed_in = true;
  for (const init::WayOut& way : ways) {
    if (!is_signed_in)
      if (const auto in = sign_in(at, login); !in) return std::unexpected(in.error());
    if (const auto opened = open(dashboard.page); !opened) return std::unexpected(opened.error());
    is_signed_in = false;
    const bool is_link = std::holds_alternative<web::Link>(way.by);
    const auto out =
        went_out(is_link ? driver_.click(way.words, limits_) : driver_.submit(way.words, {}, {}, limits_), dashboard);
    if (!out) return std::unexpected(out.error());
    if (out->is_closed && !out->trouble.empty()) {
      miss.add(way.words, out->trouble, NearestMiss::Dashboard::closed);
      continue;
    }
    if (out->is_closed) {
      dashboard.sign_out =
          is_link ? init::SignOut(init::SignOutByClick{way.words}) : init::SignOut(init::SignOutBySubmit{way.words});
      way_out = init::element_of(way);
      break;
    }
    miss.add(way.words, left_open(way), NearestMiss::Dashboard::open);
    const auto confirm = is_link && out->page ? button_to_confirm(*out->page) : std::nullopt;
    if (!confirm || out->page->path() == dashboard.page) continue;
    driver_.go_back_to(out->page);
    const auto confirmed = went_out(driver_.submit(*confirm, {}, {}, limits_), dashboard);
    if (!confirmed) return std::unexpected(confirmed.error());
    if (!confirmed->is_closed) continue;
    if (!confirmed->trouble.empty()) {
      miss.add(*confirm, confirmed->trouble, NearestMiss::Dashboard::closed);
      continue;
    }
    dashboard.sign_out = init::SignOutConfirmed{out->page->path(), *confirm};
    way_out = init::element_of(way);
    break;
  }
  if (!way_out) dashboard.sign_out = std::move(miss).take();

  init::MarkerPages pages{.of_member = {&**document}, .of_strangers = {}, .user = login.user, .way_out = way_out};
  std::vector<std::shared_ptr<const web::Document>> kept;
  const auto add = [&](const PagePointer& each, std::vector<const web::Document*>& to) {
    if (const auto read = each->document()) to.push_back(kept.emplace_back(*read).get());
  };
  for (const PagePointer& each : dashboard.of_member)
    if (each != dashboard.of_member.back()) add(each, pages.of_member);
  add(dashboard.of_stranger, pages.of_strangers);
  add(at.page, pages.of_strangers);
  dashboard.markers = init::markers(pages);
  if (!hints_.shows.empty()) dashboard.markers = {hints_.shows};
  return {};
}

} // namespace murphy::cli
