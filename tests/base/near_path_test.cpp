#include "base/near_path.h"

#include <gtest/gtest.h>

namespace murphy {
namespace {

TEST(NearPath, DiffersInTheSpellingOfOneSegment) {
  for (const auto& [wanted, known] :
       {std::pair("/logn", "/login"), std::pair("/Login", "/login"), std::pair("/sign-in", "/signin"),
        std::pair("/usres/12/edit", "/users/12/edit"), std::pair("/pasword/forgotten", "/password/forgotten"),
        std::pair("/login.pph", "/login.php"), std::pair("/login/", "/login"), std::pair("/login", "/login/"),
        std::pair("/logn/", "/login"), std::pair("/usres/*/edit", "/users/12/edit")})
    EXPECT_TRUE(is_near_path(wanted, known)) << wanted << " " << known;
}

TEST(NearPath, IsNoOtherAddress) {
  for (const auto& [wanted, known] :
       {std::pair("/login", "/login"), std::pair("/login", "/logout"), std::pair("/signin", "/signup"),
        std::pair("/users/12", "/users/13"), std::pair("/orders/1234567", "/orders/1234568"),
        std::pair("/v1/api", "/v2/api"), std::pair("/users", "/users/12"), std::pair("/logn/nwe", "/login/new"),
        std::pair("/", "/login"), std::pair("", "/login"), std::pair("http://app.test/logn", "/login"),
        std::pair("/login", "/logon"), std::pair("/real", "/read"), std::pair("/setting", "/settings"),
        std::pair("/user/12/edit", "/users/12/edit"), std::pair("/users/*", "/users/12")})
    EXPECT_FALSE(is_near_path(wanted, known)) << wanted << " " << known;
}

} // namespace
} // namespace murphy
