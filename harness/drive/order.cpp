#include "drive/order.h"

#include "base/make_error.h"
#include "base/text.h"
#include "web/html/rendered_text.h"
#include "web/load_time/load_time.h"

#include <algorithm>
#include <fmt/format.h>
#include <random>
#include <utility>

namespace murphy::drive {
namespace {

std::string name_of(const web::SubmitTarget& submit) {
  if (submit.button != nullptr) return submit.button->words();
  return submit.form->id.empty() ? submit.form->name : submit.form->id;
}

// The page's own policy keeps a script from sending this form.
Hindrance hindered(const HttpPage& page, const web::LoadTimeForm& sent) {
  Hindrance hindrance;
  hindrance.policy = *sent.forbidden;
  hindrance.error = target_error(
      fmt::format("the policy of {} forbids the script that would send its form: {} (Content-Security-Policy in {})",
                  page.path(), sent.forbidden->directive,
                  sent.forbidden->from == record::Policy::From::header ? "a header" : "a meta element"),
      "a browser stays on this page; allow the script by a nonce or a hash, or send the form without a script");
  const bool has_button = std::ranges::any_of(sent.form->controls, [&](std::size_t index) {
    const web::Control& control = page.forms().controls[index];
    return control.is_submit() && !control.disabled && !web::is_hidden(control.element);
  });
  if (has_button) hindrance.way = Hindrance::Way::by_hand;
  return hindrance;
}

} // namespace

const std::string& boundary() {
  static const std::string drawn = [] {
    std::random_device random;
    return fmt::format("----murphy-form-{:08x}{:08x}", random(), random());
  }();
  return drawn;
}

void upgrade(web::NavigationRequest& request) {
  if (web::is_potentially_trustworthy(request.url)) return;
  // What would have sent nothing of the page still does not.
  if (request.initiator && web::referrer(*request.initiator, request.url, request.policy).empty())
    request.policy = web::ReferrerPolicy::no_referrer;
  request.url = web::by_https(request.url);
}

Order typed(web::Url url, record::Reason reason) {
  Order order;
  order.request.url = std::move(url);
  order.request.reason = reason;
  return order;
}

Order from_page(const HttpPage& page, web::Url url, record::Reason reason) {
  Order order = typed(std::move(url), reason);
  order.request.initiator = page.address();
  if (page.policy()->sandboxes(web::SandboxFlag::same_origin) ||
      page.policy()->is_framed_without(web::SandboxFlag::same_origin))
    order.request.initiator_origin = web::InitiatorOrigin::opaque;
  const auto document = page.document();
  // The page's own word comes after the header's, and so wins.
  std::optional<web::ReferrerPolicy> policy;
  if (document) policy = web::parse_referrer_policy((*document)->referrer_policy());
  if (!policy) policy = web::response_referrer_policy(page.own_headers());
  if (policy) order.request.policy = *policy;
  // Links lead away from a page as they say, unless they lead to the same host.
  if (page.policy()->upgrades_insecure_requests() && order.request.url.host() == page.address().host())
    upgrade(order.request);
  return order;
}

Order along(const HttpPage& page, web::Element link, web::Url url) {
  Order order = from_page(page, std::move(url), record::Reason::clicked);
  const std::string rel = ascii_lower(collapse_white_space(link.attribute_or_empty("rel")));
  if (const auto policy = web::parse_referrer_policy(link.attribute_or_empty("referrerpolicy")))
    order.request.policy = *policy;
  order.target = link.attribute_or_empty("target");
  const auto words = split(rel, ' ');
  if (std::ranges::find(words, "noreferrer") != words.end()) order.request.policy = web::ReferrerPolicy::no_referrer;
  return order;
}

Order press(const HttpPage& page, web::Submission submission, std::string_view name, record::Reason reason) {
  record::FilledForm form;
  form.name = name;
  form.method = submission.method;
  form.action = submission.shown_url.without_fragment();
  form.encoding = submission.content_type.substr(0, submission.content_type.find(';'));
  for (const web::FormEntry& entry : submission.entries)
    form.fields.push_back({entry.label, entry.name, entry.type, entry.value.shown(),
                           entry.is_added ? record::EntryFrom::scenario : record::EntryFrom::page});
  Order order = from_page(page, std::move(submission.url), reason);
  for (const web::FormEntry& entry : submission.entries)
    if (submission.method == "GET" && entry.value.is_secret())
      order.secrets_in_address.push_back(entry.value.secret()->label());
  order.request.form = page.policy();
  if (page.policy()->upgrades_insecure_requests()) upgrade(order.request);
  order.request.method = std::move(submission.method);
  order.request.body = std::move(submission.body);
  order.request.content_type = std::move(submission.content_type);
  order.shown_url = submission.shown_url.without_fragment();
  order.form = std::move(form);
  return order;
}

Order press(const HttpPage& page, web::Submission submission, const web::SubmitTarget& submit, record::Reason reason) {
  Order order = press(page, std::move(submission), name_of(submit), reason);
  const auto own = submit.button == nullptr ? std::nullopt : submit.button->element.attribute("formtarget");
  order.target = own ? *own : submit.form->element.attribute_or_empty("target");
  return order;
}

Result<Continuation> continuation(const HttpPage& page) {
  Continuation next;
  if (page.status() >= 500) return next;
  if (const auto document = page.document(); document && page.status() < 400) {
    const bool is_still = page.policy()->is_framed_without(web::SandboxFlag::scripts);
    const web::LoadTimeForm sent =
        is_still ? web::LoadTimeForm() : web::submitted_at_load(page.forms(), **document, *page.policy());
    if (sent.forbidden) next.hindrance = hindered(page, sent);
    if (sent.form != nullptr && !sent.forbidden) {
      const web::FormFilling filling(page.forms(), *sent.form);
      auto submission = filling.submit(nullptr, boundary());
      if (!submission) return std::unexpected(submission.error());
      next.order = press(page, std::move(*submission), {sent.form, nullptr}, record::Reason::auto_submitted);
      return next;
    }
  }
  if (auto url = page.refreshed_to()) next.order = from_page(page, std::move(*url), record::Reason::refreshed);
  return next;
}

} // namespace murphy::drive
