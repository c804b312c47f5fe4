#include "diagnose/unmet_parts.h"

#include "base/sign_in_words.h"
#include "base/text.h"

#include <algorithm>
#include <utility>

namespace murphy::diagnose {

Unmet::Unmet(const Evidence& evidence)
    : evidence_(evidence), page_(ascii_lower(evidence.page + "\n" + join(evidence.errors, "\n"))) {}

std::span<const Exchange> Unmet::own() const {
  const std::span<const Exchange> all(evidence_.exchanges);
  return all.subspan(std::min(facts().first_exchange, all.size()));
}

bool Unmet::has_server_error() const {
  return std::ranges::any_of(own(), [](const Exchange& each) { return each.status >= 500; });
}

const record::Failure* Unmet::failure(std::string_view what) const {
  const auto found = std::ranges::find(facts().failures, what, &record::Failure::what);
  return found == facts().failures.end() ? nullptr : &*found;
}

const record::Failure* Unmet::failure_of(std::string_view kind) const {
  const auto found = std::ranges::find_if(facts().failures, [&](const record::Failure& each) {
    return each.what == kind || (each.what.starts_with(kind) && each.what[kind.size()] == '.');
  });
  return found == facts().failures.end() ? nullptr : &*found;
}

std::string Unmet::quoted_in(std::string_view text) {
  const std::size_t open = text.find('"'), close = text.rfind('"');
  if (open == std::string_view::npos || close == open) return std::string(text);
  return std::string(text.substr(open + 1, close - open - 1));
}

bool Unmet::wants_dashboard_closed() const {
  const auto* found = failure("dashboard");
  return found != nullptr && found->expected.starts_with("the dashboard closed");
}

bool Unmet::wants_dashboard_open() const { return failure("dashboard") != nullptr && !wants_dashboard_closed(); }

std::string Unmet::dashboard_path() const {
  const auto* found = failure("dashboard");
  constexpr std::string_view begin = "the dashboard: ";
  if (found == nullptr || !found->expected.starts_with(begin)) return {};
  const std::string_view rest = std::string_view(found->expected).substr(begin.size());
  return std::string(rest.substr(0, rest.find(' ')));
}

bool Unmet::wants_refusal() const {
  const auto* status = failure("status");
  return wants_dashboard_closed() || failure_of("form_error") != nullptr || failure_of("field_error") != nullptr ||
         (status != nullptr && status->expected.starts_with('4'));
}

bool Unmet::wants_success() const {
  if (wants_refusal()) return false;
  const auto* status = failure("status");
  return wants_dashboard_open() || failure("page") != nullptr || failure("came_through") != nullptr ||
         (status != nullptr && (status->expected.starts_with('2') || status->expected.starts_with('3')));
}

bool Unmet::page_has_password_field() const {
  return std::ranges::any_of(facts().tags, [](const Tag& tag) {
    const auto type = tag.attributes.find("type");
    return tag.name == "input" && type != tag.attributes.end() && is_password_type(type->second);
  });
}

bool Unmet::page_says(std::initializer_list<std::string_view> words) const {
  return std::ranges::any_of(words, [&](std::string_view each) { return page_.contains(each); });
}

bool Unmet::page_says_locked() const {
  return std::ranges::any_of(evidence_.errors, [](const std::string& each) { return says_locked(each); });
}

bool Unmet::wants_lock_words() const {
  return std::ranges::any_of(facts().failures, [](const record::Failure& each) {
    return (each.what == "text" || each.what.starts_with("form_error") || each.what.starts_with("field_error")) &&
           says_locked(each.expected);
  });
}

std::string Unmet::account() const {
  std::string account;
  if (!facts().sent) return account;
  for (const SentField& field : facts().sent->fields) {
    if (field.type == "hidden" || is_password_type(field.type) || field.value.empty()) continue;
    if (account.empty() || field.type == "email") account = field.value;
  }
  return account;
}

bool Unmet::was_signed_in() const {
  return std::ranges::any_of(facts().attempts, [](const Attempt& each) { return each.accepted; });
}

} // namespace murphy::diagnose
