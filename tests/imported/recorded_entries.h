// Entries as a HAR file holds them, for tests.
#pragma once

#include "imported/har_entry.h"

#include <string>
#include <utility>
#include <vector>

namespace murphy::imported {

inline const std::string app = "http://app.example";

struct Made {
  HarEntry entry;

  Made(int second, std::string method, const std::string& address, int status = 200) {
    entry.started = std::chrono::sys_time<std::chrono::microseconds>(std::chrono::seconds(1000 + second));
    entry.method = std::move(method);
    entry.url = address.starts_with('/') ? app + address : address;
    entry.status = status;
    entry.type = ResourceType::document;
    entry.answer_type = "text/html";
  }
  Made&& body(std::string html) && {
    entry.body = std::move(html);
    return std::move(*this);
  }
  Made&& sent(std::string text) && {
    entry.sent_type = "application/x-www-form-urlencoded";
    entry.sent_text = std::move(text);
    return std::move(*this);
  }
  Made&& json(std::string text) && {
    entry.type = ResourceType::other;
    entry.sent_type = "application/json";
    entry.sent_text = std::move(text);
    return std::move(*this);
  }
  Made&& header(std::string name, std::string value) && {
    entry.request_headers.push_back({std::move(name), std::move(value)});
    return std::move(*this);
  }
  Made&& location(std::string address) && {
    entry.answer_headers.push_back({"Location", std::move(address)});
    return std::move(*this);
  }
  operator HarEntry() && { return std::move(entry); } // NOLINT(google-explicit-constructor)
};

inline const std::string sign_in_page =
    R"(<title>Sign in</title><form method=post action=/login><input type=hidden name=_csrf value=a1b2c3d4e5f60718>
<label>Email <input name=email></label><label>Password <input type=password name=password></label>
<label><input type=checkbox name=keep value=1> Stay</label><button>Sign in</button></form>
<a href=/about>About us</a>)";
inline const std::string home_page =
    R"(<title>Home</title><h1>Welcome</h1><form method=post action=/logout><button>Sign out</button></form>
<form action=/search><label>Find <input name=q></label><button>Search</button></form><a href=/items/1>First</a>
<a href=/items/2>Open</a><a href=/items/3>Open</a>)";

} // namespace murphy::imported
