// A browser's navigation to a document, or a request of a script or of another client: redirects, cookies and the
// headers that tell where it came from. It follows the Fetch standard's HTTP-redirect fetch
// (https://fetch.spec.whatwg.org/#http-redirect-fetch). Nothing here knows a socket.
#pragma once

#include "base/error.h"
#include "base/outgoing_text.h"
#include "base/sent_as.h"
#include "record/exchange.h"
#include "web/cookies/cookie.h"
#include "web/http/message.h"
#include "web/navigation/authentication.h"
#include "web/navigation/form_rules.h"
#include "web/navigation/navigation_policy.h"
#include "web/policy/strict_transport.h"
#include "web/url/url.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace murphy::web {

// What a browser session keeps of the sites it was at. A value.
struct SiteData {
  CookieJar cookies;
  StrictTransport strict_transport;
};

// Whose the initiator is: a page that is sandboxed has an origin of its own, which no site knows.
enum class InitiatorOrigin { its_url, opaque };

// A frame that a document is loaded into.
struct FramePlace {
  std::string kind;                           // "iframe" or "frame"
  std::vector<Url> ancestors;                 // the documents around it, the outermost first; never empty
  std::shared_ptr<const PagePolicy> embedder; // the policy of the innermost
};

struct NavigationRequest {
  Url url;
  std::string method = "GET"; // upper case
  OutgoingText body{};
  std::string content_type{}; // of the body; empty for no such header
  // Further headers. One that a browser would send itself takes its place; with "Cookie" or "Authorization" among them,
  // they go to this URL's origin only, and the jar's cookies stay away while such a Cookie is sent.
  std::vector<RequestHeader> headers{};
  std::optional<Url> initiator{}; // the page whose link or form this is; none for a typed address
  InitiatorOrigin initiator_origin = InitiatorOrigin::its_url;
  ReferrerPolicy policy = ReferrerPolicy::strict_origin_when_cross_origin; // the initiator's
  std::optional<FramePlace> frame{};                                       // none: the window itself
  std::shared_ptr<const PagePolicy> form{}; // of a form: the policy of its page, which redirects are held to as well
  record::Reason reason = record::Reason::opened;
  Authentication* authentication = nullptr; // of the session; null: none
  SentAs as = SentAs::page;
};

struct NavigationLimits {
  TimePoint deadline; // for the whole chain
  std::stop_token stop{};
  bool follow_redirects = true;              // false: the first answer is the final one
  int redirects = 20;                        // as many as are followed
  std::function<bool(const Url&)> may_ask{}; // whether an address may be sent a request at all; empty: each may
  std::function<record::Instant()> now = [] { return std::chrono::system_clock::now(); };
};

// One request and what came of it.
struct Hop {
  record::Reason reason = record::Reason::opened; // `redirected` or `authenticated` from the second on
  record::Instant started{};
  Request request; // as it was sent, its fragment kept
  std::optional<Response> response;
  std::optional<TransportError> failure;      // when there is no response
  std::vector<record::DroppedCookie> dropped; // Set-Cookie lines of the response that a browser does not act on
};

// What keeps a navigation from ending on a page.
enum class StopCause {
  none,
  no_answer,
  redirect_loop,
  too_many_redirects,
  broken_redirect,
  forbidden_form,
  forbidden_frame,
  forbidden_host // the last hop was not sent: `may_ask` says no
};

struct Navigation {
  std::vector<Hop> hops; // never empty
  // Why the last hop's response is not where the navigation ends: no answer came, too many redirects, or one that
  // cannot be followed. Kind target or interrupted.
  std::optional<Error> stopped;
  StopCause cause = StopCause::none;
  std::optional<ForbiddenForm> forbidden{};        // by what, for forbidden_form
  std::optional<record::Policy> forbidden_frame{}; // of the page around, for forbidden_frame; none: mixed content
  // Where the last response redirects to, when that is for another program to open: "com.example.app:/callback". The
  // navigation ends with that response then. Empty otherwise.
  std::string handed_over;

  // The document's response; null when the navigation was stopped.
  const Response* response() const { return stopped ? nullptr : &*hops.back().response; }
  // The address of the document, or of the last request.
  const Url& url() const { return hops.back().request.url; }
};

// Why the page around a frame does not let it load an address: its policy, or none where an https page would load what
// is not encrypted. Nothing where it may.
struct ForbiddenFrame {
  std::optional<record::Policy> policy;
  Error error; // target
};
std::optional<ForbiddenFrame> forbidden_frame(const FramePlace& frame, const Url& target, Reached reached);

// Navigates. At each hop: cookies are computed anew and stored, with SameSite judged by the initiator, whatever the
// redirects on the way (so does Chromium; a stricter check of the whole chain is off there). Hosts that asked for https
// are asked by https. What the answers say of https and of data to forget is done.
Navigation navigate(const Transport& transport, SiteData& data, const NavigationRequest& request,
                    const NavigationLimits& limits);

} // namespace murphy::web
