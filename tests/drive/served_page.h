// A page as the driver reads it, without a server.
#pragma once

#include "drive/http_page.h"

#include <memory>
#include <string>
#include <utility>

namespace murphy::drive {

inline std::shared_ptr<const HttpPage> served_page(std::string html, const char* address = "http://app.test/") {
  web::Response response;
  response.status = 200;
  response.headers = {{"Content-Type", "text/html; charset=utf-8"}};
  response.body = std::move(html);
  return std::make_shared<const HttpPage>(
      *web::Url::parse(address), std::move(response),
      std::make_shared<const AppOrigins>("http://app.test", std::vector<std::string>{}));
}

} // namespace murphy::drive
