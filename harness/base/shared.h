// A value that many hold and hardly anybody changes.
#pragma once

#include <memory>
#include <utility>

namespace murphy {

// Copies share one value; what is edited becomes a value of its own. Never without a value, unless it was moved away.
// Several threads may read and copy the same one, as with a shared_ptr.
template <class T> class Shared {
public:
  Shared() : value_(none()) {}
  Shared(T value) : value_(std::make_shared<T>(std::move(value))) {}

  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }
  operator const T&() const { return *value_; }

  // To be changed, without any other holder seeing it.
  T& edit() {
    if (value_.use_count() > 1) value_ = std::make_shared<T>(*value_);
    return *value_;
  }

  friend bool operator==(const Shared& left, const Shared& right) {
    return left.value_ == right.value_ || *left.value_ == *right.value_;
  }

private:
  static const std::shared_ptr<T>& none() {
    static const std::shared_ptr<T> value = std::make_shared<T>();
    return value;
  }
  std::shared_ptr<T> value_;
};

} // namespace murphy
