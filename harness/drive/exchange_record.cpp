#include "drive/exchange_record.h"

#include "base/text.h"

#include <utility>

namespace murphy::drive {
record::Exchange record_of(const web::Hop& hop, const SharedText& body) {
  record::Exchange exchange;
  exchange.reason = hop.reason;
  exchange.started = hop.started;
  exchange.method = hop.request.method;
  exchange.url = hop.request.url.without_fragment();
  for (const web::RequestHeader& header : hop.request.headers)
    exchange.request_headers.push_back({header.name, header.value.outline()});
  exchange.request_body = std::string(utf8_prefix(hop.request.body.outline(), most_body_bytes));
  if (hop.response) {
    exchange.status = hop.response->status;
    exchange.headers = hop.response->headers;
    exchange.body = body.size() <= most_body_bytes ? body : SharedText(utf8_prefix(body, most_body_bytes));
    exchange.body_size = body.size();
    exchange.body_cut = exchange.body.size() < body.size();
    exchange.remote = hop.response->remote;
    exchange.reused = hop.response->reused;
    exchange.timing = hop.response->timing;
  }
  if (hop.failure) {
    exchange.error = hop.failure->error.what;
    exchange.timing = hop.failure->timing;
  }
  exchange.dropped_cookies = hop.dropped;
  return exchange;
}

Obstacle obstacle_of(const web::ForbiddenForm& forbidden) {
  Obstacle obstacle;
  obstacle.kind = Obstacle::Kind::app;
  obstacle.code = record::FailureCode::forbidden_form;
  obstacle.subject = forbidden.address;
  if (!forbidden.policy.directive.empty()) obstacle.policy = forbidden.policy;
  obstacle.error = web::error_of(forbidden);
  return obstacle;
}

Obstacle obstacle_of(web::ForbiddenFrame forbidden) {
  Obstacle obstacle;
  obstacle.kind = Obstacle::Kind::app;
  obstacle.code = record::FailureCode::forbidden_frame;
  obstacle.policy = std::move(forbidden.policy);
  obstacle.error = std::move(forbidden.error);
  return obstacle;
}

Obstacle obstacle_of(const web::Navigation& navigation) {
  if (navigation.forbidden) return obstacle_of(*navigation.forbidden);
  if (navigation.cause == web::StopCause::forbidden_frame)
    return obstacle_of(web::ForbiddenFrame{navigation.forbidden_frame, *navigation.stopped});
  Obstacle obstacle;
  obstacle.error = *navigation.stopped;
  if (navigation.cause == web::StopCause::forbidden_host) {
    obstacle.kind = Obstacle::Kind::app;
    obstacle.code = record::FailureCode::forbidden_host;
    obstacle.subject = navigation.url().host();
    return obstacle;
  }
  const std::optional<web::TransportError>& failure = navigation.hops.back().failure;
  if (failure && failure->stopped)
    obstacle.kind = Obstacle::Kind::stopped;
  else if (failure && failure->error.kind == ErrorKind::usage)
    obstacle.kind = Obstacle::Kind::unable;
  else if (failure)
    obstacle.kind = Obstacle::Kind::network;
  else {
    // Every request was answered: it is the app that leads nowhere.
    obstacle.kind = Obstacle::Kind::app;
    obstacle.code = navigation.cause == web::StopCause::redirect_loop        ? record::FailureCode::redirect_loop
                    : navigation.cause == web::StopCause::too_many_redirects ? record::FailureCode::too_many_redirects
                                                                             : record::FailureCode::broken_redirect;
  }
  return obstacle;
}

} // namespace murphy::drive
