#include "diagnose/answer_codes.h"

#include "base/address.h"
#include "base/percent.h"
#include "base/text.h"
#include "diagnose/literal_search.h"
#include "record/saml_status.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cctype>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace murphy::diagnose {

namespace {

namespace json = boost::json;
using record::Layer;

struct KnownCode {
  std::string_view code; // in lower case
  CodeMeaning means;
};

constexpr std::string_view of_client = "the provider refuses the client that the app signs in with: its id or secret";
constexpr std::string_view of_redirect = "the provider does not know the address that the app wants to return to";
constexpr std::string_view of_scope = "the provider does not grant the scope that the app asks for";
constexpr std::string_view of_grant =
    "the provider refuses the code or token: it is used, expired, or made for another client or address";
constexpr std::string_view of_flow = "the provider does not offer this flow to the app";
constexpr std::string_view of_session = "the provider has no session of the visitor";
constexpr std::string_view of_token = "the token is refused: it is expired, or signed or issued by somebody else";
constexpr std::string_view of_request = "the provider cannot read the app's request";
constexpr std::string_view of_provider = "the provider of the sign-in has a failure of its own";

constexpr auto all_codes = [] {
  using enum Layer;
  return std::array{
      KnownCode{"invalid_client", {config, unknown, of_client}},
      KnownCode{"incorrect_client_credentials", {config, unknown, of_client}},
      KnownCode{"unauthorized_client", {config, unknown, of_flow}},
      KnownCode{"redirect_uri_mismatch", {config, unknown, of_redirect}},
      KnownCode{"invalid_redirect_uri", {config, unknown, of_redirect}},
      KnownCode{"invalid_scope", {config, unknown, of_scope}},
      KnownCode{"insufficient_scope", {config, unknown, of_scope}},
      KnownCode{"unsupported_grant_type", {config, controller, of_flow}},
      KnownCode{"unsupported_response_type", {config, controller, of_flow}},
      KnownCode{"invalid_client_metadata", {config, unknown, of_client}},
      KnownCode{"invalid_grant", {session, config, of_grant}},
      KnownCode{"bad_verification_code", {session, config, of_grant}},
      KnownCode{"invalid_token", {session, config, of_token}},
      KnownCode{"expired_token", {session, config, of_token}},
      KnownCode{"invalid_state", {session, config, "the state that comes back is not the one that was sent"}},
      KnownCode{"state_mismatch", {session, config, "the state that comes back is not the one that was sent"}},
      KnownCode{"invalid_nonce", {session, config, "the nonce that comes back is not the one that was sent"}},
      KnownCode{"login_required", {session, config, of_session}},
      KnownCode{"interaction_required", {session, config, of_session}},
      KnownCode{"consent_required", {config, session, "the visitor has not consented to what the app asks for"}},
      KnownCode{"account_selection_required", {session, config, of_session}},
      KnownCode{"access_denied", {config, database, "the provider denies access: a policy, or no consent"}},
      KnownCode{"invalid_request", {controller, config, of_request}},
      KnownCode{"invalid_request_object", {controller, config, of_request}},
      KnownCode{"invalid_request_uri", {config, controller, of_request}},
      KnownCode{"temporarily_unavailable", {network, unknown, of_provider}},
      // SAML, behind "urn:oasis:names:tc:SAML:2.0:status:".
      KnownCode{"status:requester", {config, unknown, "the identity provider refuses the app's request"}},
      KnownCode{"status:responder", {config, network, of_provider}},
      KnownCode{"status:versionmismatch", {config, unknown, "the identity provider speaks another version of SAML"}},
      KnownCode{"status:authnfailed", {database, unknown, "the identity provider does not know the credentials"}},
      KnownCode{"status:unknownprincipal", {database, unknown, "the identity provider does not know the account"}},
      KnownCode{"status:invalidnameidpolicy", {config, unknown, "the app asks for a NameID that is not offered"}},
      KnownCode{"status:invalidattrnameorvalue", {config, unknown, "an attribute is not what was agreed"}},
      KnownCode{"status:noauthncontext", {config, unknown, "the app asks for a way to sign in that is not offered"}},
      KnownCode{"status:nopassive", {session, unknown, of_session}},
      KnownCode{"status:requestdenied", {config, unknown, "the identity provider refuses the app's request"}},
      KnownCode{"status:requestunsupported", {config, unknown, of_flow}},
      KnownCode{"status:unsupportedbinding", {config, unknown, of_flow}},
      KnownCode{"status:nosupportedidp", {config, unknown, "no identity provider is set up for the app"}},
      KnownCode{"status:noavailableidp", {config, network, "no identity provider can be reached"}},
      // Challenges (RFC 9110 section 11.6.1).
      KnownCode{"basic_challenge", {config, unknown, "a server before the app asks for a password of its own"}},
      KnownCode{"digest_challenge", {config, unknown, "a server before the app asks for a password of its own"}},
      KnownCode{"negotiate_challenge", {config, unknown, "a server before the app asks for a sign-in of its own"}},
  };
}();

// Words of codes that apps make up: one of each alternatives, wherever it stands.
struct CodeWords {
  std::array<std::string_view, 2> words;
  CodeMeaning means;
};

constexpr auto word_rows = [] {
  using enum Layer;
  return std::array{
      CodeWords{{"csrf|xsrf|antiforgery", ""}, {session, view, "the CSRF token is refused"}},
      CodeWords{{"graphql", "validation|parse"}, {view, controller, "the query asks for what the schema has not"}},
      CodeWords{{"email|account|user|phone", "unverified|unconfirmed|inactive|disabled|locked|suspended|banned|blocked|"
                                             "deactivated|pending|verified|confirmed|activated"},
                {database, unknown, "the account is not allowed to sign in as it is stored"}},
      CodeWords{{"redirect|callback|return", "invalid|mismatch|unknown|bad|disallowed|allowed|whitelisted"},
                {config, unknown, of_redirect}},
      CodeWords{{"client|audience|issuer|tenant|realm", "invalid|mismatch|unknown|bad|wrong|disabled|found"},
                {config, unknown, "a setting of the sign-in is refused"}},
      CodeWords{{"origin|host|cors", "invalid|mismatch|unknown|bad|disallowed|allowed|forbidden|trusted"},
                {config, unknown, "the app does not serve this address"}},
      CodeWords{{"token|jwt|session|cookie|nonce|state|signature", "invalid|expired|mismatch|missing|revoked|bad|"
                                                                   "malformed|lost|required|unknown"},
                {session, config, "the session or token is refused"}},
      CodeWords{{"password", "expired|change|reset"},
                {database, unknown, "the account must change its password first"}},
      CodeWords{{"user|account", "missing|unknown|found|exist"}, {database, model, "the account is not found"}},
      CodeWords{{"database|db|sql|query", "error|failed|failure|unavailable"},
                {database, config, "the database refuses"}},
      CodeWords{{"upstream|gateway|service|provider|connection|backend", "unavailable|timeout|unreachable|error|"
                                                                         "refused|failed|down"},
                {network, config, "a service behind the app does not answer"}},
      CodeWords{{"validation|field|parameter|param|input|body|argument|required", "error|failed|missing|invalid|bad|"
                                                                                  "required|unknown|user"},
                {controller, view, "the app does not find what it asks for in the request"}},
      CodeWords{{"config|configuration|misconfigured|misconfiguration", ""},
                {config, unknown, "the app itself speaks of a setting"}},
  };
}();

std::vector<std::string> words_of(std::string_view code) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  };
  for (std::size_t i = 0; i < code.size(); ++i) {
    const auto c = static_cast<unsigned char>(code[i]);
    if (std::isalnum(c) == 0) {
      end_word();
      continue;
    }
    if (i > 0 && std::isupper(c) != 0 && std::islower(static_cast<unsigned char>(code[i - 1])) != 0) end_word();
    word += static_cast<char>(std::tolower(c));
  }
  end_word();
  return words;
}

bool has_one_of(const std::vector<std::string>& words, std::string_view alternatives) {
  if (alternatives.empty()) return true;
  return std::ranges::any_of(split(alternatives, '|'),
                             [&](std::string_view each) { return std::ranges::find(words, each) != words.end(); });
}

// A code has no spaces, and letters; "none", "true" and numbers are none.
bool can_be_code(std::string_view text) {
  const auto in_code = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' || c == ':' || c == '/';
  };
  return text.size() >= 4 && text.size() <= 120 && std::ranges::all_of(text, in_code) &&
         std::ranges::any_of(text, [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
}

// Of "https://example.com/problems/email-not-verified" the last part.
std::string_view code_of_address(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  while (address.ends_with('/')) address.remove_suffix(1);
  return address.substr(address.find_last_of("/:") == std::string_view::npos ? 0 : address.find_last_of("/:") + 1);
}

void add_line(std::string& lines, std::string_view code, std::string_view description) {
  if (!can_be_code(code) || meaning_of_code(code).layer == Layer::unknown) return;
  lines += std::string(code);
  if (!description.empty()) lines += ": " + one_line(description.substr(0, 400));
  lines += '\n';
}

std::string_view first_text(const json::object& object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const json::value* value = object.if_contains(name); value != nullptr && value->is_string())
      return value->get_string();
  return {};
}

constexpr int deepest = 5;

void add_codes(const json::value& value, std::string& lines, int depth) {
  if (depth > deepest) return;
  if (value.is_array()) {
    for (const json::value& each : value.get_array()) add_codes(each, lines, depth + 1);
    return;
  }
  if (!value.is_object()) return;
  const json::object& object = value.get_object();
  const std::string_view description =
      first_text(object, {"error_description", "detail", "message", "description", "title", "msg"});
  for (const std::string_view name : {"error", "code", "error_code", "errorCode", "err", "reason", "errcode"})
    add_line(lines, first_text(object, {name}), description);
  if (const std::string_view type = first_text(object, {"type"}); type.contains('/') || type.contains(':'))
    add_line(lines, code_of_address(type), description);
  if (const json::value* extensions = object.if_contains("extensions");
      extensions != nullptr && extensions->is_object())
    add_line(lines, first_text(extensions->get_object(), {"code"}), description);
  for (const std::string_view name : {"error", "errors", "detail", "details", "data", "status"})
    if (const json::value* inner = object.if_contains(name); inner != nullptr && !inner->is_string())
      add_codes(*inner, lines, depth + 1);
}

// The status of a SAMLResponse as it was sent, or of the mask that records have in its place; empty for success.
std::string status_of_response(std::string_view value) {
  const std::string plain = form_urldecode(value);
  constexpr std::string_view word = " status:";
  const std::size_t at = plain.find(word);
  if (at == std::string::npos) return record::saml_status(value);
  const std::size_t begin = at + 1;
  return plain.substr(begin, plain.find(':', begin + word.size() - 1) - begin);
}

// The parameters of a query or of a fragment.
void add_parameters(std::string_view text, std::string& lines) {
  std::string code, description;
  for (const std::string_view pair : split(text, '&')) {
    const std::string_view name = pair.substr(0, pair.find('='));
    if (name.size() == pair.size()) continue;
    const std::string value = repair_utf8(form_urldecode(pair.substr(name.size() + 1)));
    if (name == "error" || name == "error_code" || name == "errorCode") {
      if (code.empty()) code = value;
    } else if (name == "SAMLResponse") {
      if (code.empty()) code = status_of_response(pair.substr(name.size() + 1));
    } else if (name == "error_description" || name == "error_reason" || name == "message") {
      if (description.empty()) description = value;
    }
  }
  add_line(lines, code, description);
}

// `Bearer error="invalid_token", error_description="The token expired"`, `Basic realm="Staging"`.
void add_challenge(std::string_view challenge, std::string& lines) {
  const auto parameter = [&](std::string_view name) {
    const std::size_t at = challenge.find(std::string(name) + "=\"");
    if (at == std::string_view::npos) return std::string_view();
    const std::size_t begin = at + name.size() + 2, end = challenge.find('"', begin);
    return challenge.substr(begin, end == std::string_view::npos ? end : end - begin);
  };
  if (const std::string_view code = parameter("error"); !code.empty())
    return add_line(lines, code, parameter("error_description"));
  const std::string scheme = ascii_lower(challenge.substr(0, challenge.find(' ')));
  add_line(lines, scheme + "_challenge", challenge);
}

// The row for all codes that speak against one layer.
const Signature& row_of(Layer layer) {
  static constexpr Layer last = Layer::harness;
  static const auto rows = [] {
    std::array<Signature, static_cast<std::size_t>(last) + 1> made;
    for (std::size_t i = 0; i < made.size(); ++i) {
      made[i].layer = static_cast<Layer>(i);
      made[i].kind = "code";
    }
    return made;
  }();
  return rows[static_cast<std::size_t>(layer)];
}

bool is_part_of_code(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

const LiteralSearch& known_codes() {
  static const LiteralSearch search = [] {
    std::vector<std::string> words;
    for (const KnownCode& each : all_codes) words.emplace_back(each.code);
    return LiteralSearch(words);
  }();
  return search;
}

// A code of OAuth or SAML among the words of a line: no such code is a word of a language. Where the line speaks of
// OAuth, "Invalid scope" is one as well.
std::string_view known_code_in(std::string_view line) {
  std::string text(line);
  if (ascii_lower(line).contains("oauth")) std::ranges::replace(text, ' ', '_');
  std::string_view found;
  known_codes().each(text, [&](std::size_t word, std::size_t end) {
    const std::string_view code = all_codes[word].code;
    const std::size_t at = end - code.size();
    // "access_denied" is said of many other things, too.
    if (!found.empty() || code == "access_denied" || code.ends_with("_challenge")) return;
    if ((at > 0 && is_part_of_code(line[at - 1])) || (end < line.size() && is_part_of_code(line[end]))) return;
    const std::string_view written = line.substr(at, code.size());
    if (!written.contains(' '))
      found = written;
    else if (code == "invalid_client" || code == "invalid_grant" || code == "invalid_scope")
      found = code;
  });
  return found;
}

// After every error of an engine, and after a sentence that names something: those say more.
constexpr double weight_of_code = 3.9;

} // namespace

CodeMeaning meaning_of_code(std::string_view code) {
  const std::string lower = ascii_lower(code);
  for (const KnownCode& each : all_codes)
    if (lower == each.code || (each.code.contains(':') && lower.ends_with(each.code))) return each.means;
  const std::vector<std::string> words = words_of(code);
  for (const CodeWords& row : word_rows)
    if (has_one_of(words, row.words[0]) && has_one_of(words, row.words[1])) return row.means;
  return {};
}

std::string answers_in_codes(const Evidence& evidence) {
  std::string lines;
  const std::string_view page = trim(evidence.page);
  if (page.starts_with('{') || page.starts_with('[')) {
    boost::system::error_code failed;
    const json::value value = json::parse(page, failed);
    if (!failed) add_codes(value, lines, 0);
  }
  for (const std::string& location : evidence.locations) {
    const std::string_view whole(location);
    add_parameters(address_parts(whole).query, lines);
    if (const std::size_t mark = whole.find('#'); mark != std::string_view::npos)
      add_parameters(whole.substr(mark + 1), lines);
  }
  for (const std::string& challenge : evidence.challenges) add_challenge(challenge, lines);
  if (evidence.of_step && evidence.of_step->sent)
    for (const SentField& field : evidence.of_step->sent->fields)
      if (field.name == "SAMLResponse") add_line(lines, status_of_response(field.value), {});
  return lines;
}

std::vector<Finding> find_codes(const LogText& text) {
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < text.lines.size(); ++i) {
    const std::string_view line = text.lines[i];
    std::string_view code = line.substr(0, std::min(line.find(": "), line.size()));
    if (text.source != EvidenceSource::requests) code = known_code_in(line);
    if (code.empty()) continue;
    const CodeMeaning means = meaning_of_code(code);
    if (means.layer == Layer::unknown) continue;
    Finding& finding = findings.emplace_back();
    finding.signature = &row_of(means.layer);
    finding.text = &text;
    finding.line = i;
    finding.name = code.substr(code.rfind(':') == std::string_view::npos ? 0 : code.rfind(':') + 1);
    finding.owner = means.meaning;
    finding.weight = weight_of_code;
  }
  return findings;
}

} // namespace murphy::diagnose
