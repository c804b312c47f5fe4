#include "run/steps/provider.h"

#include "base/address.h"
#include "base/text.h"

#include <algorithm>
#include <array>

namespace murphy::run {
namespace {

std::string_view name_of(scenario::ProviderState state) {
  return state == scenario::ProviderState::asks ? "asks" : "lets_in";
}

using Answer = std::vector<std::shared_ptr<const drive::Page>>::const_iterator;

// Signing out leads to providers, too, and says nothing of what they do with a visitor who wants in.
bool is_sign_out(std::string_view address) {
  std::string path = ascii_lower(address_parts(address).path);
  std::erase_if(path, [](char c) { return c == '-' || c == '_' || c == '/'; });
  return std::ranges::any_of(
      std::to_array<std::string_view>({"logout", "logoff", "signout", "signoff", "endsession", "sessionend"}),
      [&](std::string_view word) { return path.contains(word); });
}

Answer find_provider(const drive::Visit& visit, std::string_view origin) {
  return std::ranges::find_if(
      visit.answers, [&](const auto& answer) { return is_of_origin(*answer, origin) && !is_sign_out(answer->url()); });
}

bool has_form(const drive::Page& page) {
  const auto forms = page.select("form");
  return forms && !forms->empty();
}

// Whether an address says that signing in has failed (RFC 6749, section 4.1.2.1).
bool tells_error(const drive::Page& page) {
  const std::string_view query = address_parts(page.url()).query;
  return query.starts_with("error=") || query.contains("&error=");
}

// What became of a visit that was sent to the provider; nothing where it neither asked nor let anybody in.
std::optional<scenario::ProviderState> state_of(const drive::Visit& visit, std::string_view origin,
                                                const DashboardFacts& facts) {
  const drive::Page& page = *visit.page;
  if (page.status() >= 400) return std::nullopt;
  if (is_of_origin(page, origin)) return has_form(page) ? std::optional(scenario::ProviderState::asks) : std::nullopt;
  const bool failed = std::any_of(find_provider(visit, origin), visit.answers.end(),
                                  [](const auto& answer) { return tells_error(*answer); });
  const bool in_app = page.path().starts_with('/');
  return in_app && !failed && !is_sign_in_page(page, facts) ? std::optional(scenario::ProviderState::lets_in)
                                                            : std::nullopt;
}

} // namespace

bool went_to(const drive::Visit& visit, std::string_view origin) {
  return find_provider(visit, origin) != visit.answers.end();
}

Judgement judge_provider(const drive::Visit& visit, const scenario::ExpectProvider& expected, const std::string& origin,
                         const DashboardFacts& facts) {
  Judgement judgement;
  record::Failure& failure = judgement.failure;
  failure.code = record::FailureCode::wrong_provider_state;
  failure.subject = expected.name;
  failure.part = origin;
  failure.wanted.text = name_of(expected.state);
  failure.got.answer = answer_of(*visit.page);
  if (!went_to(visit, origin)) return judgement;
  const auto state = state_of(visit, origin, facts);
  failure.got.text = state ? name_of(*state) : "fails";
  judgement.holds = state == expected.state;
  return judgement;
}

} // namespace murphy::run
