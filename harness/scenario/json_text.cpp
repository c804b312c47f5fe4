#include "scenario/json_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace murphy::scenario {

namespace {

class Writer {
public:
  Writer(Reading& reading, Context& context, Text& text) : reading_(reading), context_(context), text_(text) {}

  bool write(const Node& value) {
    switch (value.kind) {
    case Node::Kind::table: return table(value);
    case Node::Kind::array: return array(value);
    case Node::Kind::integer: literal(std::to_string(value.integer)); return true;
    case Node::Kind::boolean: literal(value.boolean ? "true" : "false"); return true;
    case Node::Kind::date: literal("\"" + value.text + "\""); return true;
    case Node::Kind::real:
      if (!std::isfinite(value.real)) {
        reading_.error(value.span, "JSON has no " + value.text, "write a number, or text in quotes");
        return false;
      }
      literal(fmt::format("{}", value.real));
      return true;
    case Node::Kind::text: string(value); return true;
    }
    return false;
  }

private:
  void literal(std::string_view json) {
    text_.source += json;
    if (parts_.empty() || parts_.back().reference || parts_.back().base64 != 0)
      parts_.push_back(Text::Part::literal({}));
    parts_.back().text += json;
  }

  void string(const Node& value) {
    const Text text = reading_.checked_text(value, value.text, context_);
    literal("\"");
    for (const Text::Part& part : text.parts()) {
      if (part.base64 != 0) { // what comes of it needs no escapes
        text_.source += part.reference ? "${" + part.text + "}" : part.text;
        parts_.push_back(part);
        parts_.back().base64 += encoded_;
      } else if (part.reference) {
        text_.source += "${" + part.text + "}";
        parts_.push_back(part);
      } else {
        literal(json_escaped(part.text));
      }
    }
    for (const Text::Part& part : parts_) encoded_ = std::max(encoded_, part.base64);
    literal("\"");
  }

  bool table(const Node& value) {
    bool good = true;
    literal("{");
    for (const Member& member : value.members) {
      if (&member != &value.members.front()) literal(",");
      literal("\"" + json_escaped(member.key) + "\":");
      good = write(member.value) && good;
    }
    literal("}");
    return good;
  }

  bool array(const Node& value) {
    bool good = true;
    literal("[");
    for (const Node& item : value.items) {
      if (&item != &value.items.front()) literal(",");
      good = write(item) && good;
    }
    literal("]");
    return good;
  }

  Reading& reading_;
  Context& context_;
  Text& text_;
  std::vector<Text::Part>& parts_ = text_.split.edit();
  int encoded_ = 0; // how many `${base64:…}` there are so far
};

} // namespace

std::optional<Text> json_text(Reading& reading, const Node& value, Context& context) {
  Text text;
  text.place = reading.place(value.span);
  text.source_line = reading.source_line(value.span);
  if (!Writer(reading, context, text).write(value)) return std::nullopt;
  return text;
}

std::string json_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
    case '"': result += "\\\""; break;
    case '\\': result += "\\\\"; break;
    case '\n': result += "\\n"; break;
    case '\r': result += "\\r"; break;
    case '\t': result += "\\t"; break;
    default:
      if (static_cast<unsigned char>(c) < 0x20) {
        result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      } else {
        result += c;
      }
    }
  }
  return result;
}

} // namespace murphy::scenario
