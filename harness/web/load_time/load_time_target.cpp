// Which form an expression of a script means.
#include "base/text.h"
#include "web/load_time/load_time_script.h"
#include "web/selector/selector.h"

#include <algorithm>
#include <charconv>

namespace murphy::web {
namespace {

using Kind = ScriptToken::Kind;

constexpr int most_variables_deep = 10;

std::size_t number_of(const ScriptToken& token) {
  std::size_t number = 0;
  std::from_chars(token.text.data(), token.text.data() + token.text.size(), number);
  return number;
}

Element nth(const std::vector<Element>& elements, std::size_t index) {
  return index < elements.size() ? elements[index] : Element();
}

// jQuery knows :first beside the selectors of CSS.
std::vector<Element> selected(const Document& document, std::string_view css) {
  if (css.ends_with(":first")) css.remove_suffix(6);
  const auto selector = Selector::parse(css);
  return selector ? selector->select(document) : std::vector<Element>();
}

std::vector<Element> with_attribute(const Document& document, std::string_view attribute, std::string_view value) {
  std::vector<Element> found;
  for (Element element = document.root(); element; element = element.next()) {
    if (attribute == "class" ? element.has_class(value) : element.attribute(attribute) == value)
      found.push_back(element);
  }
  return found;
}

std::vector<Element> of_tag(const Document& document, std::string_view tag) {
  std::vector<Element> found;
  for (Element element = document.root(); element; element = element.next()) {
    if (element.is(tag)) found.push_back(element);
  }
  return found;
}

Element form_called(const Forms& forms, std::string_view name) {
  for (const Form& form : forms.forms) {
    if (form.id == name || form.name == name) return form.element;
  }
  return {};
}

} // namespace

// `position` is behind "document"; what it means is read up to the first member of an element.
Element LoadTimeScript::evaluate_document(Range expression, std::size_t& position) const {
  // document["name"]
  if (expression[position].is("[") && expression[position + 1].kind == Kind::string) {
    position += 3;
    return form_called(forms_, expression[position - 2].text);
  }
  if (!expression[position].is(".")) return {};
  const std::string member = expression[position + 1].text;
  position += 2;
  if (member == "forms") {
    // forms[0], forms["name"], forms.name, forms.item(0), forms.namedItem("name")
    const bool indexed = expression[position].is("[");
    const bool by_call = expression[position].is(".") && expression[position + 2].is("(");
    if (!indexed && !by_call) {
      position += 2;
      return form_called(forms_, expression[position - 1].text);
    }
    const ScriptToken& index = expression[position + (indexed ? 1 : 3)];
    position += indexed ? 3 : 5;
    if (index.kind == Kind::string) return form_called(forms_, index.text);
    const std::size_t number = number_of(index);
    return index.kind == Kind::number && number < forms_.forms.size() ? forms_.forms[number].element : Element();
  }
  if (!expression[position].is("(")) return form_called(forms_, member); // document.name
  const ScriptToken& argument = expression[position + 1];
  if (argument.kind != Kind::string || !expression[position + 2].is(")")) return {};
  position += 3;
  if (member == "getElementById") return document_.by_id(argument.text);
  if (member == "querySelector") return nth(selected(document_, argument.text), 0);
  std::size_t index = 0;
  if (expression[position].is("[") && expression[position + 1].kind == Kind::number) {
    index = number_of(expression[position + 1]);
    position += 3;
  }
  if (member == "querySelectorAll") return nth(selected(document_, argument.text), index);
  if (member == "getElementsByName") return nth(with_attribute(document_, "name", argument.text), index);
  if (member == "getElementsByClassName") return nth(with_attribute(document_, "class", argument.text), index);
  if (member == "getElementsByTagName") return nth(of_tag(document_, ascii_lower(argument.text)), index);
  return {};
}

// What a member of an element is, or of a jQuery list with that element in front.
Element LoadTimeScript::evaluate_member(Element element, Range expression, std::size_t& position) const {
  if (expression[position].is("[")) {
    const bool first = expression[position + 1].text == "0";
    position = partner(expression, position) + 1;
    return first ? element : Element();
  }
  if (!expression[position].is(".")) return {};
  const std::string member = expression[position + 1].text;
  const ScriptToken argument = expression[position + 2].is("(") ? expression[position + 3] : ScriptToken();
  position += 2;
  if (expression[position].is("(")) position = partner(expression, position) + 1;
  if (member == "first" || ((member == "get" || member == "eq") && argument.text == "0")) return element;
  if (member == "parentNode" || member == "parentElement") return element.parent();
  if (member == "closest" && argument.text == "form") {
    while (element && !element.is("form")) element = element.parent();
    return element;
  }
  if (member != "form") return {};
  for (const Control& control : forms_.controls) {
    if (control.element == element && control.form) return forms_.forms[*control.form].element;
  }
  return {};
}

Element LoadTimeScript::evaluate(Range expression, int depth) const {
  if (depth > most_variables_deep) return {};
  std::size_t position = expression.begin;
  while ((expression[position].is("window") || expression[position].is("self")) && expression[position + 1].is("."))
    position += 2;
  const ScriptToken& start = expression[position];
  Element element;
  if (start.is("(")) {
    const std::size_t end = partner(expression, position);
    element = evaluate({expression.script, position + 1, end}, depth + 1);
    position = end + 1;
  } else if (start.kind != Kind::word) {
    return {};
  } else if (start.is("document")) {
    element = evaluate_document(expression, ++position);
  } else if ((start.is("$") || start.is("jQuery")) && expression[position + 1].is("(")) {
    const std::size_t end = partner(expression, position + 1);
    const ScriptToken& argument = expression[position + 2];
    if (argument.kind == Kind::string)
      element = nth(selected(document_, argument.text), 0);
    else
      element = evaluate({expression.script, position + 2, end}, depth + 1);
    position = end + 1;
  } else {
    const auto variable = variables_.find(start.text);
    element = variable == variables_.end() ? form_called(forms_, start.text) : evaluate(variable->second, depth + 1);
    ++position;
  }
  while (element && position < expression.end) element = evaluate_member(element, expression, position);
  return element;
}

// The form that the call behind `dot` submits: `….submit()`, `….trigger("submit")`, `….submit.call(…)`.
const Form* LoadTimeScript::submission(Range code, std::size_t dot) const {
  Range target{code.script, dot, dot};
  if (code[dot + 1].is("submit") && code[dot + 2].is(".") && (code[dot + 3].is("call") || code[dot + 3].is("apply")) &&
      code[dot + 4].is("(")) {
    target = {code.script, dot + 5, behind_expression(code, dot + 5)};
  } else {
    const bool triggers = code[dot + 1].is("trigger");
    if (!code[dot + 2].is("(")) return nullptr;
    if (triggers ? code[dot + 3].text != "submit" : !code[dot + 3].is(")")) return nullptr;
    // Back to where the expression before the dot begins.
    std::size_t begin = dot;
    while (begin > code.begin) {
      const ScriptToken& before = code[begin - 1];
      if (before.is(")") || before.is("]")) {
        begin = partner(code, begin - 1);
        if (begin >= dot) return nullptr;
        const ScriptToken& owner = code[begin - 1];
        if (owner.kind != Kind::word && !owner.is(")") && !owner.is("]")) break;
        continue;
      }
      if (before.kind != Kind::word) break;
      --begin;
      if (!code[begin - 1].is(".")) break;
      --begin;
    }
    target.begin = begin;
  }
  const Element element = evaluate(target, 0);
  if (!element) return nullptr;
  for (const Form& form : forms_.forms) {
    if (form.element == element) return &form;
  }
  return nullptr;
}

} // namespace murphy::web
