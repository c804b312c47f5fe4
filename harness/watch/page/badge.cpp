#include "watch/page/badge.h"

#include "base/escaped_html.h"
#include "base/text.h"

#include <fmt/format.h>
#include <string_view>

namespace murphy::watch {
namespace {

constexpr std::size_t column = 7, margin = 12; // pixels
constexpr std::size_t most_columns = 40;

std::string_view colour(PublicState state) {
  switch (state) {
  case PublicState::up: return "#2e7d32";
  case PublicState::degraded: return "#b26a00";
  case PublicState::down: return "#c62828";
  case PublicState::maintenance: return "#1565c0";
  case PublicState::unknown: break;
  }
  return "#6b6b6b";
}

} // namespace

std::string badge(const FeatureView& feature) {
  const std::string name = ellipsize(one_line(feature.name), most_columns);
  const std::string_view state = name_of(feature.state);
  const std::size_t left = display_width(name) * column + margin, right = state.size() * column + margin;
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{0}\" height=\"20\" aria-label=\"{1}: {2}\">"
      "<title>{1}: {2}</title><rect width=\"{0}\" height=\"20\" rx=\"3\" fill=\"#444\"/>"
      "<path d=\"M{3} 0h{4}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-{4}z\" fill=\"{5}\"/>"
      "<g fill=\"#fff\" text-anchor=\"middle\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">"
      "<text x=\"{6}\" y=\"14\">{1}</text><text x=\"{7}\" y=\"14\">{2}</text></g></svg>\n",
      left + right, escaped_html(one_line(name)), state, left, right - 3, colour(feature.state), left / 2,
      left + right / 2);
}

} // namespace murphy::watch
