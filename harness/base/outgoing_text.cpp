#include "base/outgoing_text.h"

#include "base/text.h"

namespace murphy {

void OutgoingText::append(std::string_view plain) {
  if (parts_.empty() || parts_.back().secret) parts_.emplace_back();
  parts_.back().plain += plain;
}

void OutgoingText::append(const Value& value) {
  if (value.is_secret())
    parts_.push_back({.plain = {}, .secret = value.secret()});
  else
    append(value.text());
}

std::size_t OutgoingText::size() const {
  std::size_t bytes = 0;
  for (const Part& part : parts_) bytes += part.secret ? part.secret->sealed().size() : part.plain.size();
  return bytes;
}

std::string OutgoingText::outline() const {
  std::string text;
  for (const Part& part : parts_) text += part.secret ? part.secret->outline() : part.plain;
  return text;
}

std::vector<std::string> OutgoingText::secrets() const {
  std::vector<std::string> labels;
  for (const Part& part : parts_)
    if (part.secret && !contains(labels, part.secret->label())) labels.push_back(part.secret->label());
  return labels;
}

void OutgoingText::reveal_to(ClearText& text) const {
  text.reserve(text.size() + size());
  for (const Part& part : parts_) {
    if (part.secret)
      text.append(part.secret->reveal().view());
    else
      text.append(part.plain);
  }
}

} // namespace murphy
