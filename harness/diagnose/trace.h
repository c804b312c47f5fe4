// The lines around an error: the files, frames and functions that its trace names, and the layer that they belong to.
#pragma once

#include "diagnose/finding.h"
#include "record/suspect.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace murphy::diagnose {

// How many lines before and after an error belong to its trace.
inline constexpr std::size_t trace_lines = 45;

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words);

// Whether a line of the trace, the error's own among them, passes the test: in Python the trace stands before the
// error, elsewhere behind it.
template <class Test> bool in_trace(const Finding& finding, std::size_t before, std::size_t after, Test&& test) {
  const auto& lines = finding.text->lines;
  const std::size_t first = finding.line > before ? finding.line - before : 0;
  for (std::size_t i = first; i < std::min(lines.size(), finding.line + after + 1); ++i)
    if (test(lines[i])) return true;
  return false;
}

// What part of an app a file on the line belongs to, by the folders and endings that frameworks use; unknown for the
// files of libraries.
record::Layer layer_of_file(std::string_view line);

// The same of the first frame of the app's own code: nearest before the error in Python, first behind it elsewhere.
record::Layer layer_of_trace(const Finding& finding);

// The frame of the app's own code that the error came from, with its file, its line and its function, as Python,
// JavaScript, Go, Ruby, PHP, Elixir, Rust and .NET write it; never what the function was called with. Empty where the
// trace has none.
std::string frame_of_app(const Finding& finding);

// Whether the code on the line keeps sessions: a store, not what merely passes them on.
bool is_session_store(std::string_view line);

// Whether an engine for templates says the line.
bool is_said_by_template(std::string_view line);

// Whether a template stands next to the error.
bool near_template(const Finding& finding);

// Of a route that was asked for by its name and is not there: the configuration where a library looked for the page to
// go to, the controller where the app's code redirects or asks while no template is at work; else unknown.
record::Layer layer_that_asks_for_route(const Finding& finding);

} // namespace murphy::diagnose
