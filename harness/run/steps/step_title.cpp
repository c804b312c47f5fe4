#include "run/steps/step_title.h"

#include <fmt/format.h>

namespace murphy::run {
namespace {

// "cookies sid, theme"
std::string names(std::string_view what, const auto& entries) {
  std::string text(what);
  if (entries.size() > 1) text += 's';
  for (const auto& [name, value] : entries) text += (&name == &entries.front().first ? " " : ", ") + name;
  return text;
}

struct Titles {
  std::string operator()(const scenario::Open& open) const { return "open " + open.url.source; }
  std::string operator()(const scenario::Submit& submit) const {
    return fmt::format("submit “{}”", submit.form.source);
  }
  std::string operator()(const scenario::Click& click) const { return fmt::format("click “{}”", click.words.source); }
  std::string operator()(const scenario::Request& request) const {
    return fmt::format("request {} {}", request.method->source, request.url.source);
  }
  std::string operator()(const scenario::SignIn& sign_in) const { return "sign in as " + sign_in.user; }
  std::string operator()(const scenario::SignOut&) const { return "sign out"; }
  std::string operator()(const scenario::Session& session) const {
    return session.fresh ? "a fresh session" : "session “" + session.name + "”";
  }
  std::string operator()(const scenario::Authorize& authorize) const {
    if (!authorize.with) return "no authorization";
    switch (authorize.with->scheme) {
    case Authorization::Scheme::basic: return "authorize by Basic";
    case Authorization::Scheme::digest: return "authorize by Digest";
    case Authorization::Scheme::as_written: break;
    }
    return "authorize";
  }
  std::string operator()(const scenario::SetHeaders& set) const { return names("header", set.headers); }
  std::string operator()(const scenario::SetCookies& set) const { return names("cookie", set.cookies); }
  std::string operator()(const scenario::Use& use) const { return "use " + use.flow->name; }
  std::string operator()(const scenario::Validate& validate) const {
    return fmt::format("validate “{}”", validate.form.source);
  }
  std::string operator()(const scenario::ExpectOnly&) const { return "expect"; }
};

} // namespace

std::string step_title(const scenario::Step& step) {
  if (!step.name.empty()) return step.name;
  return std::visit(
      [](const auto& verb) {
        static_assert(requires { Titles{}(verb); }, "every verb of scenario/model.h has a title here");
        return Titles{}(verb);
      },
      step.verb);
}

} // namespace murphy::run
