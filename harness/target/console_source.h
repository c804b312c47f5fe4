// Where the bytes of a console come from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace murphy::target {

class ConsoleSource {
public:
  enum class Arrival {
    bytes,
    nothing, // for now
    cut,     // what comes next begins a line, whatever came before it
    end,     // nothing more will come
  };
  struct Got {
    Arrival what = Arrival::nothing;
    std::size_t size = 0;       // of the bytes
    std::uint64_t left_out = 0; // with a cut: so many bytes before it were not read, and never will be
  };

  virtual ~ConsoleSource() = default;
  // Reads what is there. Never blocks; not for several threads at once.
  virtual Got read(std::span<char> buffer) = 0;
  // Returns when there may be something to read, or as soon as the descriptor `wake` is readable. May be called while
  // another thread reads.
  virtual void wait(int wake) = 0;
  // Why nothing can come now, as half a sentence; empty: something can. Not while another thread reads.
  virtual std::string trouble() const { return {}; }
};

} // namespace murphy::target
