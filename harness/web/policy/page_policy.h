// What a page's own policies forbid: Content-Security-Policy in headers and in <meta>
// (https://w3c.github.io/webappsec-csp/). Policies that only report forbid nothing. Pure.
#pragma once

#include "record/exchange.h"
#include "record/policy.h"
#include "web/policy/source_list.h"
#include "web/url/url.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// What `sandbox` keeps from a page unless it allows it.
enum class SandboxFlag { forms, scripts, same_origin, top_navigation };

class PagePolicy {
public:
  PagePolicy() = default;
  // The policies of the headers of a page at `self`.
  PagePolicy(Url self, const std::vector<record::Header>& headers);
  // Another one, of a <meta> in its head. `sandbox` and `frame-ancestors` mean nothing there, and scripts that stand
  // before its `place` have run.
  void add_meta(std::string_view content, std::uint32_t place);
  // The sandbox of a frame around the page: the words of its attribute.
  void put_in_sandbox(std::string_view words);

  const Url& self() const { return self_; }

  // The policy that forbids it; none where it is allowed.
  std::optional<record::Policy> forbids_form(const Url& target, Reached reached) const;
  std::optional<record::Policy> forbids(const InlineScript& script) const;
  std::optional<record::Policy> sandboxes(SandboxFlag flag) const;
  // A document in a frame of the page; and the page itself in a frame of a page at `parent`.
  std::optional<record::Policy> forbids_frame(const Url& target, Reached reached) const;
  std::optional<record::Policy> forbids_parent(const Url& parent) const;
  // Whether a policy says who may show the page in a frame: then X-Frame-Options means nothing.
  bool names_parents() const;
  // Whether the sandbox of a frame around the page keeps this from it.
  bool is_framed_without(SandboxFlag flag) const;
  // The words of every sandbox that the page is in, which its own frames are in as well.
  std::vector<std::string> sandboxes() const;

  bool upgrades_insecure_requests() const;

private:
  struct Directive {
    std::string name; // lower case
    std::string text; // as served, white space collapsed
    SourceList sources;
  };
  struct Stated {
    record::Policy::From from = record::Policy::From::header;
    std::uint32_t place = 0;           // of the meta
    std::vector<Directive> directives; // the first of each name

    const Directive* find(std::initializer_list<std::string_view> names) const;
  };
  void add(std::string_view policy, record::Policy::From from, std::uint32_t place);
  // The first policy whose first directive of these names does not hold.
  template <class Holds>
  std::optional<record::Policy> broken(std::initializer_list<std::string_view> names, Holds&& holds) const;

  Url self_;
  std::vector<Stated> policies_;
  std::vector<std::string> frame_sandboxes_; // the words of each
};

} // namespace murphy::web
