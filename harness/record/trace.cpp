#include "record/trace.h"

#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <random>

namespace murphy::record {
namespace {

constexpr std::size_t trace_length = 32;
constexpr std::size_t run_length = 8;
constexpr const char* request_id = "X-Request-Id";

bool is_hexadecimal(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string random_digits(std::size_t count) {
  // They have to differ and need not be secret: one seed for each thread will do.
  thread_local std::mt19937_64 random = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device()};
    return std::mt19937_64(seed);
  }();
  std::string digits;
  while (digits.size() < count) digits += fmt::format("{:016x}", random());
  digits.resize(count);
  return digits;
}

// The trace of the run that a line names; empty for none. Apps may write it in capitals or with hyphens, as UUIDs are.
std::string trace_in(std::string_view line, std::string_view run) {
  std::string text = ascii_lower(line);
  std::erase(text, '-');
  for (std::size_t at = text.find(run); at != std::string::npos; at = text.find(run, at + 1)) {
    const std::string_view found = std::string_view(text).substr(at, trace_length);
    if (found.size() == trace_length && is_hexadecimal(found)) return std::string(found);
  }
  return {};
}

bool continues(std::string_view line) {
  return line.starts_with(' ') || line.starts_with('\t') || line.starts_with("Caused by") || line.starts_with("at ");
}

} // namespace

std::string new_trace(std::string_view run) {
  return std::string(run.substr(0, run_length)) + random_digits(trace_length - std::min(run.size(), run_length));
}

std::vector<std::pair<std::string, std::string>> trace_headers(const std::string& trace) {
  return {{"traceparent", fmt::format("00-{}-{}-01", trace, random_digits(16))}, {request_id, trace}};
}

std::string trace_of(const std::vector<Exchange>& exchanges) {
  for (const Exchange& exchange : exchanges) {
    const std::string* id = find_header(exchange.request_headers, request_id);
    const bool is_trace = id != nullptr && id->size() == trace_length && is_hexadecimal(*id);
    if (is_trace && find_header(exchange.request_headers, "traceparent") != nullptr) return *id;
  }
  return {};
}

bool names_trace(std::string_view line, const std::string& trace) {
  return trace.size() == trace_length && trace_in(line, trace) == trace;
}

std::string trace_link(std::string_view template_url, const std::string& trace) {
  constexpr std::string_view place = "${trace}";
  const std::size_t at = template_url.find(place);
  if (at == std::string_view::npos) return trace;
  return fmt::format("{}{}{}", template_url.substr(0, at), trace, template_url.substr(at + place.size()));
}

std::vector<std::string> lines_of_trace(std::vector<std::string> lines, std::string_view trace) {
  if (trace.size() != trace_length) return lines;
  bool is_of_another = false;
  std::erase_if(lines, [&](const std::string& line) {
    const std::string found = trace_in(line, trace.substr(0, run_length));
    if (!found.empty() || !continues(line)) is_of_another = !found.empty() && found != trace;
    return is_of_another;
  });
  return lines;
}

} // namespace murphy::record
