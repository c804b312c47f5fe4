#include "record/redactor.h"

#include "base/percent.h"
#include "base/random_bytes.h"
#include "base/text.h"
#include "record/saml_status.h"
#include "record/spelling.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <mutex>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <utility>

namespace murphy::record {

namespace {

constexpr std::size_t shortest_inside_text = 4; // code points
// Pages, bodies and labels are kept up to a bound, each its own; the shortest of them is 1000 bytes.
constexpr std::size_t cut_texts_from = 990;

constexpr std::string_view lower_digits = "0123456789abcdef";
constexpr std::string_view upper_digits = "0123456789ABCDEF";

ClearText hex(std::string_view bytes, std::string_view digits) {
  ClearText written;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    written.push_back(digits[byte >> 4U]);
    written.push_back(digits[byte & 15U]);
  }
  return written;
}

ClearText percent_encode(std::string_view bytes, bool plus_for_space) {
  ClearText encoded;
  for (const char c : bytes) {
    const bool unreserved = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                            c == '_' || c == '.' || c == '~';
    if (unreserved) {
      encoded.push_back(c);
    } else if (plus_for_space && c == ' ') {
      encoded.push_back('+');
    } else {
      encoded.append(fmt::format("%{:02X}", static_cast<unsigned char>(c)));
    }
  }
  return encoded;
}

ClearText json_escape(std::string_view text, bool ascii_only) {
  ClearText escaped;
  while (!text.empty()) {
    const char32_t c = next_code_point(text);
    switch (c) {
    case U'"': escaped.append("\\\""); break;
    case U'\\': escaped.append("\\\\"); break;
    case U'\n': escaped.append("\\n"); break;
    case U'\r': escaped.append("\\r"); break;
    case U'\t': escaped.append("\\t"); break;
    default:
      if (c < 0x20 || (ascii_only && c > 0x7E && c < 0x10000)) {
        escaped.append(fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c)));
      } else if (ascii_only && c >= 0x10000) {
        const auto pair = static_cast<std::uint32_t>(c - 0x10000);
        escaped.append(fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (pair >> 10), 0xDC00 + (pair & 0x3FF)));
      } else {
        std::string character;
        append_utf8(character, c);
        escaped.append(character);
      }
    }
  }
  return escaped;
}

enum class Lost { character, byte };

// What is left of the text where its writer had only ASCII: each character, or each byte, beyond it replaced.
ClearText without_non_ascii(std::string_view text, std::string_view stand_in, Lost lost) {
  ClearText lossy;
  while (!text.empty()) {
    const std::size_t before = text.size();
    const char32_t c = next_code_point(text);
    if (c < 0x80) {
      lossy.push_back(static_cast<char>(c));
      continue;
    }
    const std::size_t times = lost == Lost::byte ? before - text.size() : 1;
    for (std::size_t i = 0; i < times; ++i) lossy.append(stand_in);
  }
  return lossy;
}

ClearText without_carriage_returns(std::string_view text) {
  ClearText kept;
  for (const char c : text)
    if (c != '\r') kept.push_back(c);
  return kept;
}

char32_t latin_1(unsigned char byte) { return byte; }

// The bytes of UTF-8, each taken for a character of an older charset.
ClearText misread(std::string_view text, char32_t (*character_of)(unsigned char)) {
  ClearText misread_text;
  for (const char c : text) {
    std::string character;
    append_utf8(character, character_of(static_cast<unsigned char>(c)));
    misread_text.append(character);
  }
  return misread_text;
}

// In Latin-1; empty for a text that it cannot hold.
ClearText in_latin_1(std::string_view text) {
  ClearText bytes;
  while (!text.empty()) {
    const char32_t c = next_code_point(text);
    if (c > 0xFF) return {};
    bytes.push_back(static_cast<char>(static_cast<unsigned char>(c)));
  }
  return bytes;
}

// As consoles are read: control characters are left out.
ClearText without_controls(std::string_view text) {
  ClearText kept;
  while (!text.empty()) {
    const char32_t c = next_code_point(text);
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) continue;
    std::string character;
    append_utf8(character, c);
    kept.append(character);
  }
  return kept;
}

// UTF-8 that was read in another charset and written down again, once or twice over.
void add_mojibake(std::string_view value, std::vector<ClearText>& spellings) {
  if (std::ranges::all_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return;
  spellings.push_back(in_latin_1(value));
  for (char32_t (*charset)(unsigned char) : {latin_1, windows_1252}) {
    ClearText once = misread(value, charset);
    spellings.push_back(without_controls(once.view()));
    ClearText twice = misread(once.view(), charset);
    spellings.push_back(without_controls(twice.view()));
    spellings.push_back(std::move(once));
    spellings.push_back(std::move(twice));
  }
}

// What names of hosts, encodings and headers do to a text. A single word in other letters is an ordinary word.
void add_other_cases(std::string_view value, std::vector<ClearText>& spellings) {
  if (std::ranges::all_of(value, is_letter)) return;
  spellings.emplace_back(ascii_lower(value));
  spellings.emplace_back(ascii_upper(value));
}

// The spellings that do not come from escaping single characters, those are undone when a text is searched: the value
// itself, as it looks with its white space collapsed or its control characters shown, in hexadecimal, and damaged by an
// ASCII writer.
std::vector<ClearText> spellings_of(std::string_view value) {
  std::vector<ClearText> spellings;
  spellings.emplace_back(value);
  spellings.emplace_back(collapse_white_space(value));
  spellings.emplace_back(visible(value));
  spellings.push_back(hex(value, lower_digits));
  spellings.push_back(hex(value, upper_digits));
  spellings.push_back(without_carriage_returns(value));
  spellings.push_back(without_controls(value));
  add_mojibake(value, spellings);
  add_other_cases(value, spellings);
  const bool telling = without_non_ascii(value, "", Lost::character).size() >= shortest_inside_text;
  for (const std::string_view stand_in : {"?", "\uFFFD"}) {
    for (const Lost lost : {Lost::character, Lost::byte}) {
      if (telling) spellings.push_back(without_non_ascii(value, stand_in, lost));
    }
  }
  return spellings;
}

struct Base64Core {
  ClearText characters;
  SecretMatcher::Edges edges;
};

// The characters of base64 that `bytes` alone decide when `offset` (0 to 2) bytes of a group stand before them.
Base64Core base64_core(std::string_view bytes, std::size_t offset) {
  ClearText shifted(std::string(offset, '\0'));
  shifted.append(bytes);
  ClearText encoded(std::string((shifted.size() + 2) / 3 * 4 + 1, '\0'));
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                  reinterpret_cast<const unsigned char*>(shifted.data()), static_cast<int>(shifted.size()));
  const std::size_t begin = (offset * 8 + 5) / 6;
  const std::size_t end = shifted.size() * 8 / 6;
  return {.characters = ClearText(end > begin ? encoded.view().substr(begin, end - begin) : std::string_view()),
          .edges = {.before = offset != 0, .behind = shifted.size() % 3 != 0}};
}

} // namespace

Redactor::Redactor() { fill_with_random_bytes(key_); }

void Redactor::learn(std::shared_ptr<const Secret> secret) {
  const std::string mask = secret->mask();
  const std::unique_lock lock(mutex_); // once learn() is over the secret is known, whoever learned it first
  if (!secrets_.emplace(secret->sealed().sealed(), mask).second) return;
  const ClearText clear = secret->reveal();
  const std::string_view value = clear.view();
  std::vector<ClearText> encoded;
  encoded.emplace_back(value);
  for (const bool plus_for_space : {false, true}) encoded.push_back(percent_encode(value, plus_for_space));
  for (const bool ascii_only : {false, true}) encoded.push_back(json_escape(value, ascii_only));
  learn_values(value, spellings_of(value), encoded, mask);
}

void Redactor::hold(KnownTokens::value_type& token, std::string_view of) {
  if (of.empty()) {
    token.second.is_lasting = true;
  } else if (token.second.holders.emplace(of).second) {
    held_.try_emplace(std::string(of)).first->second.push_back(token.first);
  }
}

bool Redactor::hold_token(std::string_view value, std::string_view of) {
  const SealedText sealed(value);
  const std::unique_lock lock(mutex_);
  const auto known = tokens_.find(sealed.sealed());
  if (known == tokens_.end()) return false;
  hold(*known, of);
  return true;
}

void Redactor::release_tokens(std::string_view of) {
  const std::unique_lock lock(mutex_);
  for (auto holder = held_.lower_bound(of); holder != held_.end() && holder->first.starts_with(of);) {
    if (holder->first.size() > of.size() && holder->first[of.size()] != '#') {
      ++holder;
      continue;
    }
    for (const std::string& sealed : holder->second) {
      const auto token = tokens_.find(sealed);
      token->second.holders.erase(holder->first);
      note_released(*token);
    }
    holder = held_.erase(holder);
  }
  forget_released();
}

void Redactor::release_lasting_tokens() {
  const std::unique_lock lock(mutex_);
  for (KnownTokens::value_type& token : tokens_)
    if (std::exchange(token.second.is_lasting, false)) note_released(token);
  forget_released();
}

// Held: mutex_.
void Redactor::note_released(KnownTokens::value_type& token) {
  if (!token.second.holders.empty() || token.second.is_lasting) return;
  token.second.released = ++releases_;
  released_.emplace_back(token.first, token.second.released);
}

// Held: mutex_.
void Redactor::forget_released() {
  for (; released_.size() > released_tokens; released_.pop_front()) {
    const auto token = tokens_.find(released_.front().first);
    const bool is_free = token != tokens_.end() && token->second.holders.empty() && !token->second.is_lasting;
    if (!is_free || token->second.released != released_.front().second) continue; // it is held, or was since
    for (const Sought& sought : token->second.sought) sought.by->remove(sought.value);
    tokens_.erase(token);
  }
}

void Redactor::learn_token(std::string_view kind, std::string_view value, std::string_view of) {
  if (value.empty() || hold_token(value, of)) return;
  std::vector<ClearText> spellings;
  spellings.emplace_back(value);
  spellings.emplace_back(percent_decode(value));
  std::vector<ClearText> encoded;
  encoded.emplace_back(value);
  const std::string mask = token_mask(kind, value);
  const std::unique_lock lock(mutex_);
  const auto [token, is_new] = tokens_.try_emplace(SealedText(value).sealed());
  if (is_new) token->second.sought = learn_values(value, spellings, encoded, mask);
  hold(*token, of);
}

std::vector<Redactor::Sought> Redactor::learn_values(std::string_view value, const std::vector<ClearText>& spellings,
                                                     const std::vector<ClearText>& encoded, const std::string& mask) {
  std::vector<Sought> sought;
  const auto seek = [&](SecretMatcher& by, std::string_view spelling, SecretMatcher::Edges edges) {
    by.add(spelling, mask, edges);
    sought.push_back({.by = &by, .value = SealedText(spelling)});
  };
  if (count_code_points(value) < shortest_inside_text) {
    if (!value.empty()) seek(short_, value, {});
    return sought;
  }
  seek(plain_, mask, {}); // what is masked already stays so, whatever its label spells
  for (const ClearText& spelling : spellings) {
    if (count_code_points(spelling.view()) >= shortest_inside_text) seek(plain_, spelling.view(), {});
  }
  for (const ClearText& payload : encoded) {
    for (const std::size_t offset : {0U, 1U, 2U}) {
      const Base64Core core = base64_core(payload.view(), offset);
      if (core.characters.size() >= shortest_inside_text) seek(base64_, core.characters.view(), core.edges);
    }
  }
  return sought;
}

std::string Redactor::redact(std::string_view text) const {
  {
    const std::shared_lock lock(mutex_);
    if (const std::string* mask = short_.whole(text)) return *mask;
  }
  return redact_part(text, Extent::whole).text;
}

Redactor::Redacted Redactor::redact_part(std::string_view text, Extent extent) const {
  const bool more_follows = extent == Extent::beginning;
  struct Replaced {
    SecretMatch match;
    std::string_view mask;
  };
  const bool may_be_cut = !more_follows && text.size() >= cut_texts_from;
  const auto end_of_text = more_follows ? SecretMatcher::TextEnd::is_open
                           : may_be_cut ? SecretMatcher::TextEnd::may_be_a_cut
                                        : SecretMatcher::TextEnd::is_its_own;
  const std::shared_lock lock(mutex_);
  const SecretMatcher::Found plain = plain_.find(text, end_of_text);
  const SecretMatcher::Found base64 = base64_.find(text, end_of_text);
  std::vector<Replaced> matches;
  for (const SecretMatch& match : plain.matches) matches.push_back({match, *match.mask});
  for (const SecretMatch& match : base64.matches) matches.push_back({match, *match.mask});
  std::ranges::sort(matches, [](const Replaced& left, const Replaced& right) {
    return left.match.begin != right.match.begin ? left.match.begin < right.match.begin
                                                 : left.match.end > right.match.end;
  });
  const std::size_t settled = more_follows ? std::min(plain.open, base64.open) : text.size();

  Redacted result;
  std::string masks; // of the matches that overlap one another, [begin, end)
  std::size_t begin = 0;
  std::size_t end = 0;
  const auto put_masks = [&] {
    result.text += text.substr(result.taken, begin - result.taken);
    result.text += masks;
    result.taken = end;
  };
  for (const auto& [match, mask] : matches) {
    if (match.begin >= settled) break;
    if (masks.empty() || match.begin >= end) {
      if (!masks.empty()) put_masks();
      masks = mask;
      begin = match.begin;
      end = match.end;
    } else if (match.end > end) {
      if (!masks.ends_with(mask)) masks += mask;
      end = match.end;
    }
  }
  // A match that reaches into what is not settled waits as a whole.
  const bool waits = !masks.empty() && end > settled;
  if (!masks.empty() && !waits) put_masks();
  std::size_t whole = waits ? begin : settled;
  // The last character may turn out to hold the first bits of a secret in base64.
  if (more_follows && !base64_.empty() && whole == text.size() && whole > result.taken && is_base64(text.back()))
    --whole;
  result.text += text.substr(result.taken, whole - result.taken);
  result.taken = whole;
  return result;
}

std::string Redactor::token_mask(std::string_view kind, std::string_view value) const {
  std::string decoded = percent_decode(value);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), reinterpret_cast<const unsigned char*>(decoded.data()),
       decoded.size(), digest.data(), &size);
  wipe(decoded);
  // Why an identity provider let nobody in is no secret.
  std::string status = ascii_lower(kind) == "samlresponse" ? saml_status(value) : std::string();
  if (!status.empty()) status.insert(0, 1, ' ');
  return fmt::format("‹{}{}:{:02x}{:02x}›", kind, status, digest[0], digest[1]);
}

std::string RedactingStream::push(std::string_view piece) {
  kept_ += piece;
  Redactor::Redacted redacted = redactor_.redact_part(kept_, Redactor::Extent::beginning);
  kept_.erase(0, redacted.taken);
  return std::move(redacted.text);
}

std::string RedactingStream::finish() {
  std::string rest = redactor_.redact_part(kept_, Redactor::Extent::whole).text;
  wipe(kept_);
  return rest;
}

} // namespace murphy::record
