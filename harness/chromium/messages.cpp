#include "chromium/messages.h"

#include <boost/json/serialize.hpp>

namespace murphy::chromium {

namespace json = boost::json;

std::string command_text(std::int64_t id, std::string_view method, const json::object& parameters,
                         std::string_view session) {
  json::object command{{"id", id}, {"method", method}, {"params", parameters}};
  if (!session.empty()) command.emplace("sessionId", json::string_view(session.data(), session.size()));
  std::string text = json::serialize(command);
  text.push_back('\0');
  return text;
}

void MessageSplitter::feed(std::string_view bytes, const std::function<void(std::string_view)>& take) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\0');
    const std::string_view part = bytes.substr(0, end);
    if (!is_too_long_) pending_ += part;
    if (pending_.size() > longest) {
      pending_.clear();
      is_too_long_ = true;
    }
    if (end == std::string_view::npos) return;
    if (!is_too_long_) take(pending_);
    pending_.clear();
    is_too_long_ = false;
    bytes.remove_prefix(end + 1);
  }
}

} // namespace murphy::chromium
