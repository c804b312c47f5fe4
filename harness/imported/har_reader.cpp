#include "imported/har_reader.h"

#include "base/make_error.h"
#include "imported/har_values.h"

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>
#include <fmt/format.h>
#include <utility>

namespace murphy::imported {
namespace {

namespace json = boost::json;

constexpr bool more_comes = true, nothing_comes = false;
constexpr std::size_t deepest = 200;         // levels of JSON
constexpr std::size_t most_values = 100'000; // of one entry
constexpr std::size_t most_bytes = std::size_t{16} << 20;

// The members of an entry that are read, at whatever level; the others may be as large as they like.
constexpr std::array<std::string_view, 20> read_members = {
    "startedDateTime", "request",    "response", "_resourceType", "method", "url",  "headers", "cookies", "name",
    "value",           "fileName",   "postData", "mimeType",      "params", "text", "status",  "content", "encoding",
    "_file",           "redirectURL"};

// Hears of the parts of the JSON text (Boost.JSON's basic_parser), and puts the values of one entry together.
class Handler {
public:
  constexpr static std::size_t max_object_size = static_cast<std::size_t>(-1);
  constexpr static std::size_t max_array_size = static_cast<std::size_t>(-1);
  constexpr static std::size_t max_key_size = static_cast<std::size_t>(-1);
  constexpr static std::size_t max_string_size = static_cast<std::size_t>(-1);

  explicit Handler(std::function<void(HarEntry)> take) : take_(std::move(take)) {}

  std::size_t entries() const { return entries_; }
  bool has_entries() const { return has_entries_; }
  bool is_within_entry() const { return entry_ != 0; }
  const std::string& creator() const { return creator_; }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) {
    const bool is_entry = levels_.size() == 3 && levels_[2].name == "entries" && levels_[1].name == "log";
    begin(Container::object);
    if (is_entry) {
      entry_ = levels_.size();
      values_ = bytes_ = 0;
      has_web_socket_ = false;
    }
    return true;
  }
  bool on_array_begin(json::error_code&) {
    begin(Container::array);
    if (levels_.size() == 3 && levels_[2].name == "entries" && levels_[1].name == "log") has_entries_ = true;
    return true;
  }
  bool on_object_end(std::size_t, json::error_code&) { return end(); }
  bool on_array_end(std::size_t, json::error_code&) { return end(); }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return add(part); }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    add(part);
    key_ = std::exchange(text_, {});
    is_cut_ = false;
    if (entry_ != 0 && levels_.size() == entry_ && key_ == "_webSocketMessages") has_web_socket_ = true;
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) { return add(part); }
  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    add(part);
    if (levels_.size() == 3 && levels_[2].name == "creator" && key_ == "name" && creator_.empty()) creator_ = text_;
    if (keeps()) {
      name_member();
      bytes_ += text_.size();
      is_cut_ ? stack_.push_null() : stack_.push_string(text_); // as if it were not there
    }
    text_.clear();
    is_cut_ = false;
    return true;
  }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
    if (keeps()) {
      name_member();
      stack_.push_int64(number);
    }
    return true;
  }
  bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
  bool on_double(double, json::string_view, json::error_code&) { return true; }
  bool on_bool(bool, json::error_code&) { return true; }
  bool on_null(json::error_code&) { return true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

private:
  enum class Container { object, array };
  // One that is open.
  struct Level {
    std::string name; // the key that it is the value of
    bool is_array = false;
    bool is_kept = false;
    std::size_t kept = 0; // values in it
  };

  // Whether the value that comes now is one of an entry that is read.
  bool keeps() const {
    if (entry_ == 0 || values_ >= most_values) return false;
    const Level& level = levels_.back();
    return level.is_kept && (level.is_array || std::ranges::find(read_members, key_) != read_members.end());
  }
  void name_member() {
    Level& level = levels_.back();
    if (!level.is_array) stack_.push_key(key_);
    ++level.kept;
    ++values_;
  }
  void begin(Container container) {
    const bool is_array = container == Container::array;
    const bool is_entry = levels_.size() == 3 && levels_[2].name == "entries" && levels_[1].name == "log";
    const bool is_kept = entry_ != 0 ? keeps() : is_entry && !is_array;
    if (entry_ != 0 && is_kept) name_member();
    levels_.push_back({.name = levels_.empty() || levels_.back().is_array ? std::string() : key_,
                       .is_array = is_array,
                       .is_kept = is_kept});
  }
  bool end() {
    const Level level = std::move(levels_.back());
    levels_.pop_back();
    if (level.is_kept) level.is_array ? stack_.push_array(level.kept) : stack_.push_object(level.kept);
    if (entry_ == 0 || levels_.size() + 1 != entry_) return true;
    entry_ = 0;
    const json::value value = stack_.release();
    stack_.reset();
    HarEntry entry = har_entry(value.as_object(), creator_);
    entry.number = ++entries_;
    entry.has_web_socket = has_web_socket_;
    take_(std::move(entry));
    return true;
  }
  bool add(json::string_view part) {
    const bool is_body = key_ == "text";
    const std::size_t most = entry_ == 0 ? longest_name
                             : is_body   ? longest_body + longest_body / 2 // base64 takes more room
                                         : longest_text;
    if (is_cut_ || text_.size() + part.size() > most || bytes_ + text_.size() > most_bytes) {
      is_cut_ = true;
      text_ = std::string();
    } else {
      text_.append(part.data(), part.size());
    }
    return true;
  }

  static constexpr std::size_t longest_name = 1000; // of what is outside of entries

  std::function<void(HarEntry)> take_;
  std::vector<Level> levels_;
  std::string key_;           // the one that was read last
  std::string text_;          // of a key or a text that comes in pieces
  bool is_cut_ = false;       // it is longer than is kept
  json::value_stack stack_{}; // of the entry
  std::size_t entry_ = 0;     // the level of the entry that is read; 0: none is
  std::size_t values_ = 0, bytes_ = 0;
  bool has_web_socket_ = false;
  std::size_t entries_ = 0;
  bool has_entries_ = false;
  std::string creator_;
};

json::parse_options options() {
  json::parse_options given;
  given.max_depth = deepest;
  given.allow_invalid_utf8 = true; // some producers cut texts anywhere
  return given;
}

} // namespace

struct HarReader::State {
  explicit State(std::function<void(HarEntry)> take) : parser(options(), std::move(take)) {}
  json::basic_parser<Handler> parser;
  std::size_t taken = 0; // bytes
  bool is_at_start = true;
};

HarReader::HarReader(std::function<void(HarEntry)> take) : state_(std::make_unique<State>(std::move(take))) {}
HarReader::~HarReader() = default;

Result<void> HarReader::read(std::string_view piece) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (std::exchange(state_->is_at_start, false) && piece.starts_with(byte_order_mark)) {
    state_->taken = byte_order_mark.size();
    piece.remove_prefix(byte_order_mark.size());
  }
  json::error_code trouble;
  const std::size_t read = state_->parser.write_some(more_comes, piece.data(), piece.size(), trouble);
  state_->taken += read;
  if (!trouble && read < piece.size()) trouble = json::error::extra_data;
  if (!trouble) return {};
  return std::unexpected(usage_error(fmt::format("it is no JSON at byte {}: {}", state_->taken + 1, trouble.message()),
                                     "export the HAR again"));
}

HarReader::Ending HarReader::finish() {
  const Handler& handler = state_->parser.handler();
  json::error_code trouble;
  if (!state_->parser.done()) state_->parser.write_some(nothing_comes, nullptr, 0, trouble);
  if (!handler.has_entries()) return Ending::no_entries;
  return state_->parser.done() && !trouble ? Ending::whole : Ending::cut_short;
}

std::size_t HarReader::entries() const { return state_->parser.handler().entries(); }
const std::string& HarReader::creator() const { return state_->parser.handler().creator(); }

} // namespace murphy::imported
