// JSON that a script sent, as TOML writes it. Pure.
#pragma once

#include "imported/har_entry.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::imported {

// Whether JSON was sent, whatever its type says: scripts send it as text/plain, too.
bool sends_json(const HarEntry& entry);

// What was sent by its names: the texts and numbers of JSON, or the fields of a form.
std::vector<PostedField> sent_values(const HarEntry& entry);

// Every text and number in it with the key that it is the value of, in their order. Empty where it is no JSON.
std::vector<PostedField> texts_of_json(std::string_view text);

enum class JsonKind { text, number };
// Gives what stands for a value, as TOML.
using WriteJson = std::function<std::string(std::string_view key, std::string_view value, JsonKind kind)>;

// An object as an inline table. Keys for which `may_name` does not hold are left out, and so is null, which TOML does
// not have. None for what is no object, or nests deeper than ten levels.
std::optional<std::string> json_as_toml(std::string_view text, const WriteJson& write,
                                        const std::function<bool(std::string_view)>& may_name);

} // namespace murphy::imported
