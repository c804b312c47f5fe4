// The words of the language: which keys stand where, how each is written, and which of them come with later versions.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

struct Key {
  std::string_view name;
  std::string_view example; // how it is written, with its value
  bool later = false;       // part of the language, but not available yet
};

struct Vocabulary {
  std::string_view of; // whose keys these are, with an article: "a step"
  std::span<const Key> keys;

  const Key* find(std::string_view name) const;
  std::vector<std::string> names() const; // of the keys that are available
};

extern const Vocabulary feature_keys, scenario_keys, step_keys, request_keys, csrf_keys, expect_keys, matcher_keys,
    element_keys, cookie_keys, json_value_keys, capture_keys, flow_keys, known_failure_keys, when_keys, field_rule_keys,
    upload_keys;
extern const Vocabulary project_keys, app_keys, sign_in_keys, sign_out_keys, dashboard_keys, target_keys, console_keys,
    process_keys, tls_keys, user_keys, setting_keys, authorization_keys, provider_keys, gate_keys, gate_rule_keys,
    history_keys, watch_keys, watch_only_keys, watch_notify_keys, watch_maintenance_keys, watch_migrations_keys;

// The keys of a table whose rows have a key and an example.
template <class Row, std::size_t n> consteval std::array<Key, n> keys_of(const std::array<Row, n>& rows) {
  std::array<Key, n> keys{};
  for (std::size_t i = 0; i < n; ++i) keys[i] = {rows[i].key, rows[i].example};
  return keys;
}

// `open, submit and click`
std::string listed(const std::vector<std::string>& names);

// What to write in place of a key that `vocabulary` does not have: the nearest one, where else the key belongs, or all
// the keys there are.
std::string advice(std::string_view unknown, const Vocabulary& vocabulary);

} // namespace murphy::scenario
