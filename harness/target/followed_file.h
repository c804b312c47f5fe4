// A file that a program appends to, followed as it grows, is rotated and is truncated.
#pragma once

#include "base/error.h"
#include "target/console_source.h"
#include "target/descriptor.h"

#include <memory>
#include <string>
#include <sys/types.h>

namespace murphy::target {

class FollowedFile final : public ConsoleSource {
public:
  // So far behind the end of the file, in bytes, it reads; of what was written faster, the beginning is left out, and
  // Got says so.
  static constexpr off_t most_behind = 16 << 20;

  // Reads what is written from now on. A file that is not there yet is read from its beginning when it comes.
  // Errors: usage, for a path that no program appends to, or that this user may not read.
  static Result<std::unique_ptr<FollowedFile>> open(std::string path);

  // When another file has taken its place, the old one is read to its end, and until something is in the new one: what
  // writes it may learn of the rotation late. A file that has shrunk is read from its beginning.
  Got read(std::span<char> buffer) override;
  void wait(int wake) override;
  std::string trouble() const override;

private:
  explicit FollowedFile(std::string path) : path_(std::move(path)) {}
  bool take_over_the_new_one();

  std::string path_;
  Descriptor file_;    // none: it was never there
  off_t at_ = 0;       // up to here it was read
  bool skips_ = false; // up to the end of the line that `at_` is in
};

} // namespace murphy::target
