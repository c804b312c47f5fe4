// What Chromium tells of its windows, as what the person does in them. Pure: commands come out, messages go in.
#pragma once

#include "imported/action.h"

#include <boost/json/fwd.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::chromium {

class PageWatch {
public:
  // Opens this address in the first window.
  explicit PageWatch(std::string url) : url_(std::move(url)) {}

  // The commands to send first, each as the pipe takes it.
  std::vector<std::string> begin();
  // Takes a message and gives the commands that it asks for. What is no message of Chromium is left out.
  std::vector<std::string> take(std::string_view message);
  // Asks what is selected in the window that was used last; the answer becomes an action, or is_nothing_selected().
  std::vector<std::string> ask_for_selection();

  const std::vector<imported::Action>& actions() const { return actions_; }
  // How often it was sure what became of the last action: a page was loaded, or something was selected.
  std::size_t settled() const { return settled_; }
  // Whether Chromium answered.
  bool has_window() const { return has_window_; }
  // All windows are closed.
  bool is_over() const { return has_window_ && windows_.empty(); }
  // Why the address could not be opened; empty: it could. Given away once.
  std::string take_trouble() { return std::exchange(trouble_, {}); }
  // Whether the last selection that was asked for is empty. Given away once.
  bool take_nothing_selected() { return std::exchange(nothing_selected_, false); }

private:
  std::string command(std::string_view method, const boost::json::object& parameters, std::string_view session);
  std::vector<std::string> attached(const boost::json::object& parameters);
  void told(const std::string& payload);
  void navigated(const boost::json::object& frame, std::string_view session);
  void came_to_nothing(const std::string& frame);
  void network(std::string_view method, const boost::json::object& parameters);
  std::vector<std::string> answered(std::int64_t id, const boost::json::object& message);

  std::string url_;
  std::int64_t last_id_ = 0;
  std::int64_t prepared_ = 0;                  // the last command before the address is opened
  std::int64_t navigation_ = 0;                // the command that opens the address
  std::int64_t selection_ = 0;                 // the last command that asks what is selected
  std::map<std::string, std::string> windows_; // by session: the id of the main frame
  std::map<std::string, std::string> asked_;   // frames that a page wants to leave by itself or by a press: the reason
  std::map<std::string, std::string> documents_; // by frame: its newest request for a page
  std::string used_;                             // the session of the window that was used last
  bool has_window_ = false;
  bool is_unreached_ = false; // the address could not be opened
  bool nothing_selected_ = false;
  std::string trouble_;
  std::vector<imported::Action> actions_;
  std::size_t first_pending_ = 0; // actions before it happened before the last page was loaded
  std::size_t settled_ = 0;
};

} // namespace murphy::chromium
