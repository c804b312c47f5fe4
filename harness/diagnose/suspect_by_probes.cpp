#include "diagnose/suspect_by_probes.h"

#include "base/text.h"
#include "diagnose/suspect_of.h"
#include "diagnose/suspects_by_baseline.h"

#include <algorithm>
#include <utility>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::Layer;
using record::ProbeEnd;
using record::Probes;
using record::Suspect;

constexpr auto works = ProbeEnd::works;
constexpr auto refused = ProbeEnd::refused;
constexpr auto server_error = ProbeEnd::server_error;
constexpr auto no_answer = ProbeEnd::no_answer;

Suspect seen_by_probes(Layer layer, Layer also, Confidence confidence, std::string cause, std::string shown) {
  Suspect made = suspect_of(layer, also, confidence, std::move(cause));
  made.evidence.push_back({record::EvidenceSource::probes, std::move(shown)});
  return made;
}

std::string_view words_for(ProbeEnd end) {
  switch (end) {
  case ProbeEnd::works: return "works";
  case ProbeEnd::refused: return "is refused";
  case ProbeEnd::server_error: return "ends in a server error";
  case ProbeEnd::no_answer: return "gets no answer";
  case ProbeEnd::not_asked: break;
  }
  return "";
}

// Everything that was asked, on one line.
std::string summary(const Probes& probes) {
  std::vector<std::string> parts;
  for (const auto& [name, end] : {std::pair<std::string_view, ProbeEnd>{"a wrong password", probes.wrong_password},
                                  {"an unknown user", probes.unknown_user},
                                  {"another account", probes.second_account},
                                  {"the dashboard without a session", probes.no_session},
                                  {"the ready page", probes.ready_page},
                                  {"a static page", probes.static_page}})
    if (end != ProbeEnd::not_asked) parts.push_back(std::string(name) + " " + std::string(words_for(end)));
  return join(parts, ", ");
}

bool logs_sql(const std::vector<std::string>& pieces) {
  return std::ranges::any_of(pieces, [](const std::string& piece) {
    const std::string lower = ascii_lower(piece);
    const std::size_t select = lower.find("select ");
    return select != std::string::npos && lower.find(" from ", select) != std::string::npos;
  });
}

// The app says which queries it makes, and made none before it refused.
bool refused_without_a_query(const Evidence& evidence) {
  return evidence.known_good && logs_sql(evidence.known_good->console) && !evidence.console.empty() &&
         !logs_sql(evidence.console) && !logs_sql(evidence.database_log);
}

// The right password ended in a server error; so did, or did not, others.
std::optional<Suspect> of_server_error(const Probes& probes, const Evidence& evidence) {
  if (probes.second_account == works)
    return seen_by_probes(Layer::database, Layer::model, Confidence::medium,
                          "it fails for this account alone: look at what belongs to it",
                          "another account signs in, this one ends in a server error");
  if (probes.wrong_password == refused)
    return seen_by_probes(Layer::session, Layer::model, Confidence::medium,
                          "what fails comes after the password was checked",
                          "a wrong password is refused cleanly, the right one ends in a server error");
  if (probes.wrong_password == server_error && probes.unknown_user == refused)
    return seen_by_probes(Layer::database, Layer::model, Confidence::medium,
                          "the stored password cannot be read or compared",
                          "an unknown user is refused cleanly, a known one ends in a server error");
  if (probes.unknown_user == server_error)
    return tables_are_as_before(evidence)
               ? seen_by_probes(Layer::model, Layer::database, Confidence::medium,
                                "looking up the account fails, and the tables are as they were",
                                "an unknown user ends in a server error, too")
               : seen_by_probes(Layer::database, Layer::model, Confidence::medium, "looking up the account fails",
                                "an unknown user ends in a server error, too");
  return std::nullopt;
}

// The right password was taken for a wrong one.
std::optional<Suspect> of_refusal(const Probes& probes) {
  if (probes.second_account == works)
    return seen_by_probes(
        Layer::database, Layer::unknown, Confidence::medium,
        "this account alone is refused: look at its row, its stored password, and whether it is locked",
        "another account signs in");
  if (probes.unknown_user == server_error || probes.wrong_password == server_error)
    return seen_by_probes(Layer::model, Layer::controller, Confidence::low, "refusing somebody fails in some cases",
                          probes.unknown_user == server_error ? "an unknown user ends in a server error"
                                                              : "a wrong password ends in a server error");
  if (probes.second_account == refused)
    return seen_by_probes(Layer::database, Layer::model, Confidence::low,
                          "the app refuses every account: what it compares the password with is not what it was",
                          "another account is refused, too");
  return std::nullopt;
}

std::optional<Suspect> hypothesis_by_probes(const SignInCourse& sign_in, const Evidence& evidence) {
  const Probes& probes = evidence.probes;
  if (probes.ready_page == no_answer && probes.static_page != works)
    return seen_by_probes(Layer::network, Layer::config, Confidence::medium, "the app gives no answer at all",
                          "the ready page does not answer either");
  if (probes.no_session == works)
    return seen_by_probes(Layer::controller, Layer::unknown, Confidence::medium,
                          "the dashboard opens without signing in", "the dashboard opens without a session");
  if (probes.wrong_password == works)
    return seen_by_probes(Layer::controller, Layer::model, Confidence::medium, "the app lets a wrong password in",
                          "a wrong password opens the dashboard");
  if (probes.ready_page == server_error && probes.static_page == works)
    return seen_by_probes(Layer::config, Layer::database, Confidence::medium,
                          "everything that needs more than a file fails",
                          "a static page works, the ready page does not");
  switch (sign_in.ending) {
  case Ending::submit_failed:
  case Ending::landing_failed: return of_server_error(probes, evidence);
  case Ending::rejected:
  case Ending::form_again:
  case Ending::sent_back:
    if (refused_without_a_query(evidence))
      return seen_by_probes(Layer::controller, Layer::view, Confidence::medium,
                            "the app refuses before it asks its database: what was typed does not reach the model",
                            "no query is logged; the healthy app logs one");
    return of_refusal(probes);
  case Ending::landing_denied:
    if (probes.second_account == works)
      return seen_by_probes(Layer::database, Layer::unknown, Confidence::medium,
                            "this account alone has no right to the page: look at its roles",
                            "another account is let in");
    break;
  default: break;
  }
  return std::nullopt;
}

} // namespace

std::optional<Suspect> suspect_by_probes(const SignInCourse& sign_in, const Evidence& evidence) {
  auto found = hypothesis_by_probes(sign_in, evidence);
  if (!found) return std::nullopt;
  if (const std::string all = summary(evidence.probes); !all.empty())
    found->evidence.push_back({record::EvidenceSource::probes, all});
  return found;
}

} // namespace murphy::diagnose
