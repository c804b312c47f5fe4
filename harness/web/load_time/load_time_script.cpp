#include "web/load_time/load_time_script.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace murphy::web {
namespace {

constexpr int most_calls_deep = 20;
constexpr std::size_t most_steps = 1'000'000;
constexpr double longest_timer = 5000; // milliseconds

template <std::size_t size> bool any_of(const ScriptToken& token, const std::array<std::string_view, size>& texts) {
  return token.kind != ScriptToken::Kind::string && std::ranges::find(texts, token.text) != texts.end();
}

constexpr std::array<std::string_view, 6> conditions = {"if", "while", "for", "switch", "with", "catch"};
constexpr std::array<std::string_view, 3> short_circuits = {"&&", "||", "?"};
constexpr std::array<std::string_view, 3> load_events = {"load", "DOMContentLoaded", "pageshow"};
constexpr std::array<std::string_view, 8> ready_functions = {
    "$", "jQuery", "ready", "requestAnimationFrame", "load", "setTimeout", "queueMicrotask", "setImmediate"};

} // namespace

const ScriptToken& LoadTimeScript::Range::operator[](std::size_t index) const {
  static const ScriptToken nothing;
  return index >= begin && index < end ? script->tokens[index] : nothing;
}

LoadTimeScript::Range LoadTimeScript::read(std::string_view source) {
  auto script = std::make_unique<Script>();
  script->tokens = script_tokens(source);
  script->partner.resize(script->tokens.size(), script->tokens.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < script->tokens.size(); ++i) {
    const ScriptToken& token = script->tokens[i];
    if (token.is("(") || token.is("[") || token.is("{"))
      open.push_back(i);
    else if ((token.is(")") || token.is("]") || token.is("}")) && !open.empty()) {
      script->partner[i] = open.back();
      script->partner[open.back()] = i;
      open.pop_back();
    }
  }
  scripts_.push_back(std::move(script));
  const Script* kept = scripts_.back().get();
  return {kept, 0, kept->tokens.size()};
}

// The other bracket, or the end of the code where there is none.
std::size_t LoadTimeScript::partner(Range code, std::size_t bracket) const {
  return bracket < code.end ? std::min(code.script->partner[bracket], code.end) : code.end;
}

std::size_t LoadTimeScript::behind_expression(Range code, std::size_t begin) const {
  std::size_t i = begin;
  for (; i < code.end; ++i) {
    const ScriptToken& token = code[i];
    if (token.is(";") || token.is(",") || token.is(")") || token.is("]") || token.is("}")) break;
    if (i > begin && token.on_new_line && !token.is(".")) break;
    if (token.is("(") || token.is("[") || token.is("{")) i = partner(code, i);
  }
  return std::min(i, code.end);
}

std::size_t LoadTimeScript::behind_statement(Range code, std::size_t begin) const {
  if (code[begin].is("{")) return std::min(partner(code, begin) + 1, code.end);
  std::size_t i = begin;
  for (; i < code.end && !code[i].is(";") && !code[i].is("}"); ++i) {
    if (i > begin && code[i].on_new_line && !code[i].is(".")) return i;
    if (code[i].is("(") || code[i].is("[") || code[i].is("{")) i = partner(code, i);
  }
  return std::min(i + 1, code.end);
}

// What stands between the braces of the function whose `function` keyword or "=>" is at `function`; for an arrow
// without braces its expression. Empty when it is none.
LoadTimeScript::Range LoadTimeScript::body_of(Range code, std::size_t function) const {
  std::size_t i = function + 1;
  if (code[function].is("function")) {
    while (i < code.end && !code[i].is("(")) ++i;
    i = partner(code, i) + 1;
    if (!code[i].is("{")) return {code.script, function + 1, function + 1};
  }
  if (code[i].is("{")) return {code.script, i + 1, partner(code, i)};
  return {code.script, i, behind_expression(code, i)};
}

void LoadTimeScript::collect_definitions(Range code) {
  for (std::size_t i = code.begin; i < code.end; ++i) {
    if (code[i].kind != ScriptToken::Kind::word) continue;
    if (code[i].is("function") && code[i + 1].kind == ScriptToken::Kind::word)
      functions_[code[i + 1].text] = body_of(code, i);
    if (!code[i + 1].is("=") || code[i - 1].is(".")) continue;
    const std::size_t value = code[i + 2].is("async") ? i + 3 : i + 2;
    const std::size_t end = behind_expression(code, value);
    variables_[code[i].text] = {code.script, value, end};
    if (code[value].is("function")) functions_[code[i].text] = body_of(code, value);
    const std::size_t arrow = code[value].is("(") ? partner(code, value) + 1 : value + 1;
    if (code[arrow].is("=>")) functions_[code[i].text] = body_of(code, arrow);
  }
}

// Whether a timer whose first argument ends before `behind` fires while a person would still be waiting.
bool LoadTimeScript::fires_soon(Range code, std::size_t behind) const {
  if (code[behind].is(")")) return true;
  const std::string& text = code[behind + 1].text;
  double delay = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), delay);
  return code[behind].is(",") && code[behind + 1].kind == ScriptToken::Kind::number && error == std::errc() &&
         end == text.data() + text.size() && code[behind + 2].is(")") && delay <= longest_timer;
}

// Whether the function expression, or name of a function, from `begin` up to `behind` is called while the page loads.
bool LoadTimeScript::runs_at_load(Range code, std::size_t begin, std::size_t behind) const {
  if (code[begin - 1].is("async")) --begin;
  const ScriptToken& before = code[begin - 1];
  const ScriptToken& callee = code[begin - 2];
  const bool is_argument =
      before.is("(") && (callee.kind == ScriptToken::Kind::word || callee.is(")") || callee.is("]"));
  // Called where it stands: (function () { … })(), (function () { … }()), !function () { … }().
  if (!is_argument &&
      (before.is("(") || before.is("!") || before.is("+") || before.is("-") || before.is("~") || before.is("void"))) {
    const std::size_t call = code[behind].is(")") ? behind + 1 : behind;
    if (code[call].is("(") || (code[call].is(".") && (code[call + 1].is("call") || code[call + 1].is("apply"))))
      return true;
  }
  if (before.is("=") && callee.is("onload")) return true;
  if (is_argument && any_of(callee, ready_functions)) return !callee.is("setTimeout") || fires_soon(code, behind);
  // addEventListener("load", …), .on("load", …)
  return before.is(",") && callee.kind == ScriptToken::Kind::string &&
         std::ranges::find(load_events, callee.text) != load_events.end() && code[begin - 3].is("(") &&
         (code[begin - 4].is("addEventListener") || code[begin - 4].is("on") || code[begin - 4].is("one"));
}

const Form* LoadTimeScript::follow_named(const std::string& name, int depth) {
  const auto found = functions_.find(name);
  return found == functions_.end() ? nullptr : follow(found->second, depth + 1);
}

const Form* LoadTimeScript::follow(Range code, int depth) {
  if (depth > most_calls_deep) return nullptr;
  bool conditional = false; // the rest of the statement runs only if something holds
  bool leaving = false;     // behind this statement nothing runs
  for (std::size_t i = code.begin; i < code.end; ++i) {
    if (++steps_ > most_steps) return nullptr;
    const ScriptToken& token = code[i];
    const bool continued =
        any_of(code[i - 1], short_circuits) || any_of(token, short_circuits) || token.is(".") || token.is(":");
    if (token.is(";") || token.is("{") || token.is("}") || (token.on_new_line && !continued)) {
      if (leaving) return nullptr;
      conditional = false;
    }
    if (any_of(token, short_circuits)) conditional = true;
    if (token.is("return") || token.is("throw")) leaving = true;
    if (any_of(token, conditions) && !code[i - 1].is(".")) {
      const std::size_t statement = code[i + 1].is("(") ? partner(code, i + 1) + 1 : i + 1;
      i = behind_statement(code, statement) - 1;
      continue;
    }
    if (token.is("else")) {
      if (!code[i + 1].is("if")) i = behind_statement(code, i + 1) - 1;
      continue;
    }
    if (token.is("function") || token.is("=>")) {
      const Range body = body_of(code, i);
      const std::size_t behind = code[body.end].is("}") ? body.end + 1 : body.end;
      std::size_t begin = i;
      if (token.is("=>")) begin = code[i - 1].is(")") ? partner(code, i - 1) : i - 1;
      if (!conditional && runs_at_load(code, begin, behind)) {
        if (const Form* form = follow(body, depth + 1)) return form;
      }
      i = std::max(i, behind - 1);
      continue;
    }
    if (token.kind == ScriptToken::Kind::string && !conditional && code[i - 1].is("(") &&
        code[i - 2].is("setTimeout") && fires_soon(code, i + 1)) {
      if (const Form* form = follow(read(token.text), depth + 1)) return form;
    }
    if (token.is(".") && (code[i + 1].is("submit") || code[i + 1].is("requestSubmit") || code[i + 1].is("trigger"))) {
      if (!conditional) {
        if (const Form* form = submission(code, i)) return form;
      }
      continue;
    }
    if (token.kind != ScriptToken::Kind::word || code[i - 1].is(".")) continue;
    if (code[i + 1].is("(") && code[partner(code, i + 1) + 1].is("{") && !code[partner(code, i + 1) + 1].on_new_line) {
      // A method being defined, which is not called by that.
      i = partner(code, partner(code, i + 1) + 1);
      continue;
    }
    const bool called = code[i + 1].is("(");
    const bool given = !called && !code[i + 1].is(".") && runs_at_load(code, i, i + 1);
    if (!conditional && (called || given)) {
      if (const Form* form = follow_named(token.text, depth)) return form;
    }
  }
  return nullptr;
}

const Form* LoadTimeScript::run(std::string_view source) {
  const Range code = read(source);
  collect_definitions(code);
  return follow(code, 0);
}

} // namespace murphy::web
