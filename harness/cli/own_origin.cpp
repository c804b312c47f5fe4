#include "cli/own_origin.h"

#include "cli/init_refusals.h"

#include <utility>

namespace murphy::cli {

web::Transport bodies_to_own_origin(web::Transport transport, web::Url own) {
  return [transport = std::move(transport),
          own = std::move(own)](const web::Request& request, web::TimePoint deadline,
                                std::stop_token stop) -> std::expected<web::Response, web::TransportError> {
    if (!request.body.empty() && !web::same_origin(request.url, own))
      return std::unexpected(web::TransportError{
          .error = on_another_origin("the address that a form is sent on to", own.origin(), request.url.origin()),
          .timing = {},
          .is_lasting = true});
    return transport(request, deadline, std::move(stop));
  };
}

} // namespace murphy::cli
