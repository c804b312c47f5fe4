// Masks (‹ada.password›) in texts that are shortened: half a mask reads as if a part of the secret stood there.
#pragma once

#include <string_view>

namespace murphy {

// A beginning of a text, without the mask that its end cuts; and an end, without the mask that its beginning cuts.
std::string_view without_mask_cut_at_end(std::string_view beginning);
std::string_view without_mask_cut_at_start(std::string_view end);

} // namespace murphy
