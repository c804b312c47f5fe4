#include "watch/mail/smtp.h"

#include <algorithm>
#include <cstring>
#include <curl/curl.h>
#include <fmt/format.h>
#include <memory>
#include <string_view>

namespace murphy::watch {
namespace {

struct Unread {
  std::string_view text;
};

std::size_t read_some(char* buffer, std::size_t size, std::size_t number, void* from) {
  std::string_view& text = static_cast<Unread*>(from)->text;
  const std::size_t taken = std::min(text.size(), size * number);
  std::memcpy(buffer, text.data(), taken);
  text.remove_prefix(taken);
  return taken;
}

int stop_or_not(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

// Whether the server is on this machine: nobody else reads what goes there.
bool is_local(std::string_view address) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  char* host = nullptr;
  if (curl_url_set(url.get(), CURLUPART_URL, std::string(address).c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK ||
      curl_url_get(url.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK)
    return false;
  const std::unique_ptr<char, void (*)(void*)> owned(host, curl_free);
  return std::string_view(host) == "127.0.0.1" || std::string_view(host) == "[::1]" ||
         std::string_view(host) == "localhost";
}

// What the server says for good is not tried again; a refusal of the sign-in may be over soon.
Fate fate_of_smtp(CURLcode code, long answer) {
  constexpr long permanent = 500, no_sign_in = 530, sign_in_refused = 535;
  if (code == CURLE_OK) return Fate::sent;
  if (code == CURLE_LOGIN_DENIED || answer == no_sign_in || answer == sign_in_refused) return Fate::again;
  return answer >= permanent ? Fate::never : Fate::again;
}

} // namespace

LetterOutcome send_letter(const Secret& server, const Letter& letter, std::chrono::seconds limit,
                          const std::stop_token& stop) {
  static const bool is_ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(is_ready ? curl_easy_init() : nullptr, curl_easy_cleanup);
  if (!curl) return {.fate = Fate::again, .why = "libcurl cannot be used"};
  curl_slist* list = nullptr;
  for (const std::string& each : letter.to) list = curl_slist_append(list, each.c_str());
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> recipients(list, curl_slist_free_all);
  Unread unread{letter.text};
  const auto address = server.reveal();
  const std::string url(address.view());
  const long security = is_local(url) ? CURLUSESSL_TRY : CURLUSESSL_ALL;
  CURL* const to = curl.get();
  curl_easy_setopt(to, CURLOPT_URL, url.c_str());
  curl_easy_setopt(to, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(to, CURLOPT_USE_SSL, security);
  curl_easy_setopt(to, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(to, CURLOPT_TIMEOUT, static_cast<long>(limit.count()));
  curl_easy_setopt(to, CURLOPT_MAIL_FROM, letter.from.c_str());
  curl_easy_setopt(to, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(to, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(to, CURLOPT_READFUNCTION, read_some);
  curl_easy_setopt(to, CURLOPT_READDATA, &unread);
  curl_easy_setopt(to, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(to, CURLOPT_XFERINFOFUNCTION, stop_or_not);
  curl_easy_setopt(to, CURLOPT_XFERINFODATA, &stop);
  const CURLcode code = curl_easy_perform(to);
  long answer = 0;
  curl_easy_getinfo(to, CURLINFO_RESPONSE_CODE, &answer);
  const Fate fate = fate_of_smtp(code, answer);
  if (fate == Fate::sent) return {.fate = fate, .why = {}};
  return {.fate = fate,
          .why = answer >= 400 ? fmt::format("it answers {}", answer) : std::string(curl_easy_strerror(code))};
}

} // namespace murphy::watch
