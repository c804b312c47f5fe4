// What of a HAR file becomes steps: the documents, and requests by which scripts may have signed somebody in.
#pragma once

#include "imported/har_entry.h"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace murphy::imported {

// Why entries are no documents.
enum class NoDocument { of_pages, of_scripts, cancelled, frames, tunnels };

class HarLog {
public:
  // More is left out of the bodies of all documents together.
  static constexpr std::size_t most_bodies = std::size_t{24} << 20;
  static constexpr std::size_t most_calls = 1000;
  // Of what was sent, in all documents and requests together.
  static constexpr std::size_t most_sent = std::size_t{8} << 20;
  static constexpr std::size_t most_documents = 10'000;

  // `read_file` gives the text of a file that lies beside, by its name; none where there is no such file.
  explicit HarLog(std::function<std::optional<std::string>(const std::string& name)> read_file)
      : read_file_(std::move(read_file)) {}

  // Reads the body of a page or of JSON that lies beside: before secrets are learned of the entry, and it is taken.
  void read_body(HarEntry& entry);
  void take(HarEntry entry);
  // Puts all in the order of their time.
  void sort();

  // Each with the headers that its step needs, and without cookies.
  const std::vector<HarEntry>& documents() const { return documents_; }
  // Requests of scripts that sent something.
  const std::vector<HarEntry>& calls() const { return calls_; }
  const std::map<NoDocument, std::size_t>& left_out() const { return left_out_; }
  std::size_t web_sockets() const { return web_sockets_; }
  bool has_cookies() const { return has_cookies_; }
  // Documents that answered with a page whose body the file does not hold, and the files that would hold some.
  std::size_t without_body() const { return without_body_; }
  const std::vector<std::string>& missing_files() const { return missing_files_; }
  bool has_dropped_bodies() const { return has_dropped_bodies_; }
  // Whether documents, or what was sent, are left out because there is too much of them.
  bool has_dropped_sent() const { return has_dropped_sent_; }

private:
  void take_document(HarEntry entry);
  void keep_little(HarEntry& entry);

  std::function<std::optional<std::string>(const std::string& name)> read_file_;
  std::vector<HarEntry> documents_, calls_;
  std::map<NoDocument, std::size_t> left_out_;
  std::size_t web_sockets_ = 0, bodies_ = 0, sent_ = 0, without_body_ = 0;
  std::vector<std::string> missing_files_;
  bool has_cookies_ = false, has_dropped_bodies_ = false, has_dropped_sent_ = false;
};

} // namespace murphy::imported
