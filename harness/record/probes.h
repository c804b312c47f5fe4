// How the requests ended that a run sends after a failed sign-in, to find the place of the fault.
#pragma once

namespace murphy::record {

enum class ProbeEnd { not_asked, works, refused, server_error, no_answer };

struct Probes {
  ProbeEnd wrong_password = ProbeEnd::not_asked; // `refused` is what a healthy app does
  ProbeEnd unknown_user = ProbeEnd::not_asked;
  ProbeEnd no_session = ProbeEnd::not_asked; // the dashboard without signing in
  ProbeEnd ready_page = ProbeEnd::not_asked;
  ProbeEnd static_page = ProbeEnd::not_asked;
  ProbeEnd second_account = ProbeEnd::not_asked;
  bool operator==(const Probes&) const = default;
};

} // namespace murphy::record
