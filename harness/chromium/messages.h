// The messages of Chromium's debugging pipe: JSON texts, each with a NUL character behind it. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace murphy::chromium {

// A command, with its NUL character. `session` is the one that it is for; empty: the browser's own.
std::string command_text(std::int64_t id, std::string_view method, const boost::json::object& parameters,
                         std::string_view session);

// Cuts what was read into messages.
class MessageSplitter {
public:
  // A longer message is left out: none that Murphy reads comes near it.
  static constexpr std::size_t longest = 16U << 20;

  // Calls `take` for each message that these bytes complete, without its NUL character.
  void feed(std::string_view bytes, const std::function<void(std::string_view message)>& take);

private:
  std::string pending_;
  bool is_too_long_ = false; // what is pending was left out
};

} // namespace murphy::chromium
