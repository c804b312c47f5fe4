// Which frame of a page an answer is for, and what may be shown in one. Pure.
#pragma once

#include "drive/http_page.h"
#include "record/policy.h"
#include "web/navigation/navigation.h"
#include "web/url/url.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::drive {

// What a frame of `around` is and where, as a navigation has to know; its document is at `path`.
web::FramePlace place_of(const HttpPage& window, std::span<const std::size_t> path);
// The words of each sandbox that a document is in which a frame of the page shows.
std::vector<std::string> sandboxes_of(const HttpPage& page, web::Element frame);

// The frame that a link or form of the document at `source` means by its target (HTML, "choosing a navigable"), else by
// the base element of its document. Windows that have another name are this one. None where the sandbox of its frame
// lets it navigate nothing but itself.
std::optional<FramePath> target_of(const HttpPage& window, const FramePath& source, std::string_view target);

// Whether a document in a frame loads the next one by itself into the whole window, and may.
bool leaves_frame(const HttpPage& page, std::string_view target);

// Why a browser does not show a page in a frame.
struct FrameRefusal {
  std::string why;                      // "X-Frame-Options: DENY"
  std::optional<record::Policy> policy; // none for X-Frame-Options
};
// https://w3c.github.io/webappsec-csp/#directive-frame-ancestors; X-Frame-Options (HTML, 7.8) where that is not there.
std::optional<FrameRefusal> refusal_in_frame(const HttpPage& page, const std::vector<web::Url>& ancestors);

// For people: the name of a frame, its address, or both.
std::string frame_label(web::Element frame, const std::optional<web::Url>& shows);

} // namespace murphy::drive
