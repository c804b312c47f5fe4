// A badge: the name of a feature and its state, as an SVG for a README. Pure.
#pragma once

#include "watch/page/status_view.h"

#include <string>

namespace murphy::watch {

std::string badge(const FeatureView& feature);

} // namespace murphy::watch
