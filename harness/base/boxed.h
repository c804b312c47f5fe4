// A large value that is hardly ever there.
#pragma once

#include <memory>
#include <optional>
#include <utility>

namespace murphy {

// Like std::optional, but for the room it takes: that of a pointer while there is no value. Copies are deep.
template <class T> class Boxed {
public:
  Boxed() = default;
  Boxed(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Boxed(std::optional<T> value) : value_(value ? std::make_unique<T>(*std::move(value)) : nullptr) {}
  Boxed(const Boxed& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Boxed(Boxed&&) noexcept = default;
  Boxed& operator=(Boxed other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }
  ~Boxed() = default;

  explicit operator bool() const { return value_ != nullptr; }
  const T& operator*() const { return *value_; }
  T& operator*() { return *value_; }
  const T* operator->() const { return value_.get(); }
  T* operator->() { return value_.get(); }

  // A new value in place of the old one.
  T& emplace() { return *(value_ = std::make_unique<T>()); }
  void reset() { value_.reset(); }

  friend bool operator==(const Boxed& left, const Boxed& right) {
    return left.value_ == right.value_ || (left.value_ && right.value_ && *left.value_ == *right.value_);
  }

private:
  std::unique_ptr<T> value_;
};

} // namespace murphy
