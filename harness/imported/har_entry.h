// One request of a HAR file and its answer (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/).
#pragma once

#include "record/exchange.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace murphy::imported {

// A field that a form sent. `is_file`: the value is the name of a file.
struct PostedField {
  std::string name;
  std::string value;
  bool is_file = false;
  bool operator==(const PostedField&) const = default;
};

// What kinds of request producers name; not all name one.
enum class ResourceType { unknown, document, other };

// Texts are as the file holds them, decoded from JSON; a body also from base64, into UTF-8.
struct HarEntry {
  std::size_t number = 0; // in the file, from 1
  std::chrono::sys_time<std::chrono::microseconds> started{};
  ResourceType type = ResourceType::unknown;
  std::string method;
  std::string url;
  std::vector<record::Header> request_headers;
  std::vector<record::Header> request_cookies; // as a name and a value each
  std::string sent_type;                       // the MIME type of what was sent
  std::string sent_text;
  std::vector<PostedField> sent_fields; // `params`, decoded where their producer encodes them
  int status = 0;                       // 0 and less: there was no answer
  std::vector<record::Header> answer_headers;
  std::vector<record::Header> answer_cookies;
  std::string answer_type;
  std::optional<std::string> body; // none: the file holds none, or one above the bound
  std::string body_file;           // a file beside, in which the body is; empty: none
  bool has_web_socket = false;
};

// The first header of that name, whatever its case; empty where there is none.
std::string header_of(const std::vector<record::Header>& headers, std::string_view name);

} // namespace murphy::imported
