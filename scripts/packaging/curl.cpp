// libcurl, as far as Murphy uses it, loaded by the first call: only mails need it, and it brings twenty more libraries.
// Without it, curl_global_init() fails, and nothing else is called then.
#include <cstdarg>
#include <curl/curl.h>
#include <dlfcn.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo

namespace {

void* library() {
  static void* const loaded = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  return loaded;
}

// The function of that name and type there.
template <typename Function> Function* function(const char* name, Function*) {
  return reinterpret_cast<Function*>(dlsym(library(), name));
}

// The one argument behind an option: a pointer, or a number of the same size.
void* only_argument(va_list& arguments) { return va_arg(arguments, void*); }

} // namespace

#define LOADED(name) function(#name, &(name))

extern "C" {

CURLcode curl_global_init(long flags) {
  static const auto loaded = library() == nullptr ? nullptr : LOADED(curl_global_init);
  return loaded == nullptr ? CURLE_FAILED_INIT : loaded(flags);
}
CURL* curl_easy_init() { return LOADED(curl_easy_init)(); }
void curl_easy_cleanup(CURL* handle) { LOADED(curl_easy_cleanup)(handle); }
CURLcode curl_easy_perform(CURL* handle) { return LOADED(curl_easy_perform)(handle); }
const char* curl_easy_strerror(CURLcode code) { return LOADED(curl_easy_strerror)(code); }
CURLcode curl_easy_setopt(CURL* handle, CURLoption option, ...) {
  va_list arguments;
  va_start(arguments, option);
  void* const argument = only_argument(arguments);
  va_end(arguments);
  return LOADED(curl_easy_setopt)(handle, option, argument);
}
CURLcode curl_easy_getinfo(CURL* handle, CURLINFO info, ...) {
  va_list arguments;
  va_start(arguments, info);
  void* const argument = only_argument(arguments);
  va_end(arguments);
  return LOADED(curl_easy_getinfo)(handle, info, argument);
}
void curl_free(void* text) { LOADED(curl_free)(text); }
curl_slist* curl_slist_append(curl_slist* list, const char* text) { return LOADED(curl_slist_append)(list, text); }
void curl_slist_free_all(curl_slist* list) { LOADED(curl_slist_free_all)(list); }
CURLU* curl_url() { return LOADED(curl_url)(); }
void curl_url_cleanup(CURLU* url) { LOADED(curl_url_cleanup)(url); }
CURLUcode curl_url_get(CURLU* url, CURLUPart part, char** text, unsigned flags) {
  return LOADED(curl_url_get)(url, part, text, flags);
}
CURLUcode curl_url_set(CURLU* url, CURLUPart part, const char* text, unsigned flags) {
  return LOADED(curl_url_set)(url, part, text, flags);
}

} // extern "C"
