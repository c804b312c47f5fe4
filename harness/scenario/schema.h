// The language as JSON Schema (draft-07, https://json-schema.org/draft-07), for editors: generated from its vocabulary.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

// Of a feature file and of murphy.toml. Whatever is wrong by the schema is wrong to the reader; the reader finds more.
std::string feature_schema();
std::string project_schema();

// Keys of the vocabulary without a shape, and shapes without a key, as "target.url": none, as a test proves.
std::vector<std::string> keys_without_shape();

} // namespace murphy::scenario
