#include "imported/sent_step.h"

#include "base/label.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "base/toml_literal.h"
#include "imported/secret_fields.h"
#include "imported/sent_json.h"
#include "imported/visits.h"
#include "init/control_names.h"
#include "init/sign_in_form.h"
#include "init/technical_words.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace murphy::imported {
namespace {

// What frameworks send along, and no person fills in.
bool is_of_framework(std::string_view name) {
  static constexpr std::array<std::string_view, 4> whole = {"", "utf8", "commit", "state"};
  if (std::ranges::find(whole, name) != whole.end()) return true;
  if (names_a_password(name) || names_a_code(name) || names_a_login(name)) return false; // "_password" of Symfony
  return name.starts_with('_') ||
         init::has_any(name, {"csrf", "xsrf", "authenticity", "nonce", "verifier", "verificationtoken", "viewstate",
                              "eventvalidation", "samlresponse", "relaystate", "execution", "tab_id", "client_data"});
}

// Texts with references as TOML: one as itself, several as a list.
std::string list(const std::vector<std::string>& texts) {
  if (texts.size() == 1) return toml_literal(texts.front());
  std::vector<std::string> written;
  for (const std::string& text : texts) written.push_back(toml_literal(text));
  return "[" + join(written, ", ") + "]";
}

// Fields under one name, once: a list; of a tick and the hidden field before it, the tick.
std::vector<Member> members_of(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  for (const auto& [name, text] : fields) {
    const auto group = std::ranges::find(groups, name, [](const auto& each) { return each.first; });
    if (group == groups.end())
      groups.push_back({name, {text}});
    else if (group->second == std::vector<std::string>{"0"} && text == "1")
      group->second = {text};
    else
      group->second.push_back(text);
  }
  std::vector<Member> members;
  for (const auto& [name, texts] : groups) members.emplace_back(name, list(texts));
  return members;
}

constexpr const char* unnamed = "a field was sent whose name Murphy must not write";

// Of the account that signs in with one of these fields, once its name was seen.
const KnownAccount* account_for_password(const KnownAccount* account, SignedIn signed_in) {
  return signed_in == SignedIn::yes ? account : nullptr;
}

} // namespace

bool sends_password(const std::vector<PostedField>& fields) {
  return std::ranges::any_of(
      fields, [](const PostedField& field) { return names_a_password(field.name) && !field.value.empty(); });
}

std::optional<ImportedStep> submit_of_page(const RecordedPage& page, const web::SubmitTarget& submit,
                                           const std::vector<PostedField>& fields, SignedIn signed_in,
                                           WrittenValues& values) {
  ImportedStep step{.verb = Verb::submit};
  const auto sign_in = init::choose_sign_in(page.forms);
  const bool signs_in = sign_in && sign_in->form == submit.form;
  // A page may bring the name along, after an attempt or from a cookie.
  const KnownAccount* account = nullptr;
  if (signs_in && sign_in->user != nullptr)
    for (const PostedField& field : fields)
      if (field.name == sign_in->user->name) account = values.account_of(field.value);
  std::vector<std::string> names;
  for (const ChangedField& filled : filled_fields(page, *submit.form, fields)) {
    const web::Control& control = *filled.control;
    if (filled.name.empty() || !values.is_clean(filled.name)) {
      step.comments.push_back("a field was filled in that Murphy cannot name");
      continue;
    }
    names.push_back(filled.name);
    std::string written;
    switch (filled.kind) {
    case ChangedField::Kind::tick: written = filled.is_ticked ? "true" : "false"; break;
    case ChangedField::Kind::choice: {
      std::vector<std::string> chosen;
      for (const std::string& value : filled.values)
        chosen.push_back(values.typed(control.name, control.shown_name(), value));
      written = list(chosen);
      break;
    }
    case ChangedField::Kind::file:
      names.pop_back();
      step.comments.push_back(
          fmt::format("a file was chosen here; add it as {} = {{ file = \"…\" }}", toml_key(filled.name)));
      continue;
    case ChangedField::Kind::text: {
      const std::string& value = filled.values.front();
      if (is_password_type(control.type) || names_a_password(last_part(control.name)) ||
          names_a_password(control.shown_name())) {
        written = values.password(signs_in ? account_for_password(account, signed_in) : nullptr, value);
      } else if (signs_in && filled.control == sign_in->user) {
        written = values.login(account, control.name, value);
      } else {
        written = values.typed(control.name, control.shown_name(), value);
      }
      written = toml_literal(written);
    }
    }
    step.with.emplace_back(filled.name, std::move(written));
  }
  const std::string words = init::name_of_submit(page.forms, submit, names);
  if (words.empty() || !values.is_clean(words)) return std::nullopt;
  step.argument = toml_plain(words);
  return step;
}

ImportedStep submit_of_unseen(const web::Url& action, const std::string& page_path,
                              const std::vector<PostedField>& fields, SignedIn signed_in, WrittenValues& values) {
  ImportedStep step{.verb = Verb::submit};
  const std::string path = values.address(action);
  const bool is_own_page = page_path == action.path();
  const bool can_name = !is_own_page && path == action.request_target() && !path.contains('"');
  // The fields pick the form where several could be meant.
  step.argument = toml_plain(can_name ? fmt::format("[action$=\"{}\"]", path) : std::string("[method]"));
  const bool signs_in = sends_password(fields);
  const KnownAccount* account = nullptr;
  std::vector<std::pair<std::string, std::string>> written_fields;
  for (const PostedField& field : fields) {
    if (field.value.empty() || field.is_file || is_of_framework(field.name)) continue;
    if (!values.is_clean(field.name)) {
      step.comments.emplace_back(unnamed);
      continue;
    }
    std::string written;
    if (names_a_password(field.name)) {
      written = values.password(account_for_password(account, signed_in), field.value);
    } else if (signs_in && account == nullptr && names_a_login(field.name)) {
      account = values.account_of(field.value);
      written = values.login(account, field.name, field.value);
    } else {
      written = values.sent(field.name, field.value);
    }
    written_fields.emplace_back("name:" + field.name, std::move(written));
  }
  step.with = members_of(written_fields);
  return step;
}

std::optional<ImportedStep> request_that_signs_in(const HarEntry& entry, const web::Url& address, bool is_on_page,
                                                  WrittenValues& values) {
  const bool is_json = sends_json(entry);
  const std::vector<PostedField> fields = sent_values(entry);
  if (!sends_password(fields)) return std::nullopt;
  const auto login = std::ranges::find_if(
      fields, [](const PostedField& field) { return names_a_login(field.name) && !field.value.empty(); });
  const KnownAccount* account = login == fields.end() ? nullptr : values.account_of(login->value);
  const bool was_taken = entry.status >= 200 && entry.status < 300;
  const auto stands_for = [&](std::string_view name, std::string_view value) {
    if (names_a_password(name)) return values.password(was_taken ? account : nullptr, value);
    if (login != fields.end() && name == login->name) return values.login(account, name, value);
    return values.sent(name, value);
  };
  bool has_lifted_number = false;
  const auto write = [&](std::string_view name, std::string_view value, JsonKind kind) {
    const std::string text = stands_for(name, value);
    if (kind == JsonKind::number && text == value) return text;
    has_lifted_number |= kind == JsonKind::number;
    return toml_literal(text);
  };
  ImportedStep step{.verb = Verb::request};
  std::vector<std::string> members{fmt::format("url = {}", toml_literal(values.address(address)))};
  if (entry.method != "POST") members.push_back(fmt::format("method = {}", toml_plain(entry.method)));
  if (is_json) {
    bool has_unnamed = false;
    const auto body = json_as_toml(entry.sent_text, write, [&](std::string_view key) {
      has_unnamed |= !values.is_clean(key);
      return values.is_clean(key);
    });
    if (!body) return std::nullopt;
    if (has_unnamed) step.comments.emplace_back(unnamed);
    if (has_lifted_number)
      step.comments.emplace_back("a number was sent here: from the environment it is sent as a text");
    members.push_back("json = " + *body);
  } else {
    std::vector<std::pair<std::string, std::string>> written_fields;
    for (const PostedField& field : fields) {
      if (is_of_framework(field.name)) continue;
      if (values.is_clean(field.name))
        written_fields.emplace_back(field.name, stands_for(field.name, field.value));
      else
        step.comments.emplace_back(unnamed);
    }
    std::vector<std::string> form;
    for (const auto& [key, value] : members_of(written_fields))
      form.push_back(fmt::format("{} = {}", toml_key(key), value));
    members.push_back("form = { " + join(form, ", ") + " }");
  }
  if (is_on_page) members.emplace_back("as = \"script\"");
  step.argument = "{ " + join(members, ", ") + " }";
  step.expect.emplace_back("status", "\"2xx\"");
  if (!was_taken) step.comments.push_back(fmt::format("the ticket saw: {}", entry.status));
  for (const record::Header& header : entry.request_headers)
    if (init::has_any(header.name, {"csrf", "xsrf"}))
      step.comments.emplace_back(
          "the page's script sent a CSRF token in a header: say where it is from in csrf of [app]");
  step.seen = {.status = entry.status, .path = values.page(address)};
  return step;
}

} // namespace murphy::imported
