#include "cli/explain_input.h"

#include "base/make_error.h"
#include "base/text.h"
#include "diagnose/evidence_json.h"
#include "diagnose/evidence_of_start.h"
#include "diagnose/evidence_of_step.h"
#include "diagnose/log_filter.h"
#include "record/journal.h"
#include "record/run.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace murphy::cli {

namespace {

constexpr std::size_t input_piece = 1 << 18;
constexpr std::size_t longest_evidence = 64'000'000; // bytes of one piece of evidence

std::string shown_name(const std::string& path) { return path == "-" ? "standard input" : path; }

// A file, or standard input for "-".
class Input {
public:
  static Result<Input> open(const std::string& path) {
    if (path == "-") return Input(STDIN_FILENO, shown_name(path));
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
      return std::unexpected(in_file(usage_error(fmt::format("cannot be read: {}", std::strerror(errno))), path));
    struct stat status{};
    if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
      ::close(descriptor);
      return std::unexpected(
          in_file(usage_error("is a folder", "name a log, a journal, or evidence with --evidence"), path));
    }
    return Input(descriptor, path);
  }
  Input(Input&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), name_(std::move(other.name_)) {}
  Input& operator=(Input&&) = delete;
  ~Input() {
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
  }

  // The next piece; empty at the end.
  Result<std::string> read() {
    std::string piece(input_piece, '\0');
    ssize_t got = 0;
    do got = ::read(descriptor_, piece.data(), piece.size());
    while (got < 0 && errno == EINTR);
    if (got < 0)
      return std::unexpected(in_file(usage_error(fmt::format("cannot be read: {}", std::strerror(errno))), name_));
    piece.resize(static_cast<std::size_t>(got));
    return piece;
  }
  const std::string& name() const { return name_; }

private:
  Input(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  int descriptor_;
  std::string name_;
};

// UTF-16 in pieces: an odd byte waits for the next piece.
class Utf16 {
public:
  explicit Utf16(std::endian order) : order_(order) {}
  std::string decode(std::string_view piece) {
    std::string text;
    for (const char c : piece) {
      const auto byte = static_cast<unsigned char>(c);
      if (!half_) {
        half_ = byte;
        continue;
      }
      const auto unit = static_cast<char32_t>(order_ == std::endian::big ? *half_ << 8 | byte : byte << 8 | *half_);
      half_.reset();
      if (unit >= 0xD800 && unit < 0xDC00) {
        high_ = unit;
      } else if (unit >= 0xDC00 && unit < 0xE000 && high_ != 0) {
        append_utf8(text, 0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00));
        high_ = 0;
      } else if (unit != 0xFEFF) {
        append_utf8(text, unit);
      }
    }
    return text;
  }

private:
  std::endian order_;
  std::optional<unsigned char> half_;
  char32_t high_ = 0;
};

// What a run did not judge: a step that was interrupted, and a known failure that is none any more.
bool is_judged(const record::StepResult& step) {
  if (step.error) return step.error->kind == ErrorKind::target || step.error->kind == ErrorKind::internal;
  return std::ranges::none_of(step.failures,
                              [](const record::Failure& failure) { return failure.key == "known_failure"; });
}

// What a journal says of the cases that did not pass, as soon as each has ended: no more of it is held than the cases
// that run at a time.
class JournalEvidence {
public:
  JournalEvidence(const std::string& name, const ExplainSignatures& signatures, const TakeEvidence& take)
      : name_(name), signatures_(&signatures.known), take_(take), brings_its_own_(!signatures.named) {}

  void add(const record::Event& event) {
    if (!error_.what.empty()) return;
    if (auto applied = record::apply(run_, event); !applied) {
      error_ = applied.error();
      error_.place.file = name_;
    } else if (run_.gathered && std::holds_alternative<record::EvidenceGathered>(event)) {
      if (brings_its_own_) take_signatures(run_.gathered->signatures);
    } else if (const auto* finished = std::get_if<record::CaseFinished>(&event)) {
      explain(*record::find_case(run_, finished->id));
    } else if (const auto* retried = std::get_if<record::CaseRetried>(&event)) {
      record::find_case(run_, retried->id)->earlier.clear(); // an attempt that was not the last
    }
  }

  // What is left: cases that a killed run did not come to the end of, and an app that did not start.
  Result<void> finish() {
    if (!error_.what.empty()) return std::unexpected(error_);
    if (run_.lost) {
      take_(diagnose::evidence_of(*run_.lost, gathered()), *signatures_);
    }
    for (record::FeatureResult& feature : run_.features)
      for (record::CaseResult& result : feature.cases) explain(result);
    return {};
  }

private:
  void take_signatures(const std::vector<record::ProjectSignature>& own) {
    signatures_ = &diagnose::Signatures::built_in();
    if (own.empty()) return;
    auto compiled = diagnose::Signatures::with(own);
    if (!compiled) {
      error_ = compiled.error();
      error_.place.file = name_;
      return;
    }
    own_ = std::move(*compiled);
    signatures_ = &*own_;
  }

  const record::EvidenceGathered& gathered() const {
    static const record::EvidenceGathered nothing; // journals of older versions have none
    return run_.gathered ? *run_.gathered : nothing;
  }

  void explain(record::CaseResult& result) {
    const auto failed =
        std::ranges::find_if(result.steps, [](const record::StepResult& step) { return is_red(step.outcome); });
    if (failed != result.steps.end() && is_judged(*failed))
      take_(diagnose::evidence_of({result.steps.begin(), std::next(failed)}, result.plan->id, gathered()),
            *signatures_);
    result.steps = {};
    result.earlier = {};
  }

  const std::string& name_;
  const diagnose::Signatures* signatures_;
  std::optional<diagnose::Signatures> own_; // those of the run
  const TakeEvidence& take_;
  const bool brings_its_own_;
  record::Run run_;
  Error error_; // the first
};

} // namespace

Result<void> read_evidence(const std::string& path, const diagnose::Signatures& signatures, const TakeEvidence& take) {
  auto input = Input::open(path);
  if (!input) return std::unexpected(input.error());
  const auto blank = [](std::string_view text) { return trim(text).empty(); };
  std::string pending;
  std::uint32_t line = 0, taken = 0;
  bool whole = false; // one object over several lines
  // A first line that is no whole object begins one that spans lines.
  const auto one = [&](std::string_view text, std::uint32_t at) -> Result<void> {
    if (blank(text)) return {};
    auto evidence = diagnose::evidence_from_json(text, input->name(), at);
    if (!evidence) return std::unexpected(evidence.error());
    if (evidence->id.empty()) evidence->id = std::to_string(at);
    ++taken;
    take(*evidence, signatures);
    return {};
  };
  while (true) {
    const auto piece = input->read();
    if (!piece) return std::unexpected(piece.error());
    pending += *piece;
    if (line == 0 && pending.starts_with("\xEF\xBB\xBF")) pending.erase(0, 3);
    std::size_t begin = 0;
    for (std::size_t end = pending.find('\n'); !whole && end != std::string::npos; end = pending.find('\n', begin)) {
      const std::string_view text = std::string_view(pending).substr(begin, end - begin);
      if (line == 0 && !blank(text) && !trim(text).ends_with('}')) {
        whole = true;
        break;
      }
      if (auto read = one(text, ++line); !read) return read;
      begin = end + 1;
    }
    pending.erase(0, begin);
    if (pending.size() > longest_evidence)
      return std::unexpected(
          in_file(usage_error(fmt::format("one piece of evidence is longer than {} MB", longest_evidence / 1'000'000),
                              "shorten its console to the failed step, or pass the log itself: murphy explain app.log"),
                  input->name(), line + 1));
    if (piece->empty()) break;
  }
  if (auto read = one(pending, line + 1); !read) return read;
  if (taken == 0)
    return std::unexpected(
        in_file(usage_error("contains no evidence", "write one JSON object, or one per line"), input->name()));
  return {};
}

Result<LogRead> read_log_or_journal(const std::string& path, const ExplainSignatures& signatures,
                                    const TakeEvidence& take) {
  auto input = Input::open(path);
  if (!input) return std::unexpected(input.error());
  auto piece = input->read();
  if (!piece) return std::unexpected(piece.error());
  if (trim(*piece).starts_with("{\"murphy\":")) {
    record::JournalReader reader(input->name());
    JournalEvidence evidence(input->name(), signatures, take);
    const record::EventSink add = [&](const record::Event& event) { evidence.add(event); };
    while (!piece->empty()) {
      if (auto read = reader.add(*piece, add); !read) return std::unexpected(read.error());
      piece = input->read();
      if (!piece) return std::unexpected(piece.error());
    }
    if (auto read = reader.finish(add); !read) return std::unexpected(read.error());
    if (auto read = evidence.finish(); !read) return std::unexpected(read.error());
    return LogRead{.journal = true, .cut = false};
  }

  std::optional<Utf16> wide;
  if (piece->starts_with("\xFF\xFE")) wide.emplace(std::endian::little);
  if (piece->starts_with("\xFE\xFF")) wide.emplace(std::endian::big);
  if (!wide && piece->contains('\0'))
    return std::unexpected(
        in_file(usage_error("is not text: it contains zero bytes",
                            "pass the app's log as text; decompress it first: zcat app.log.gz | murphy explain -"),
                input->name()));
  diagnose::LogFilter filter(signatures.known);
  bool any = false;
  while (!piece->empty()) {
    any = any || !trim(*piece).empty();
    filter.add(wide ? wide->decode(*piece) : *piece);
    piece = input->read();
    if (!piece) return std::unexpected(piece.error());
  }
  if (!any) return std::unexpected(in_file(usage_error("is empty"), input->name()));
  diagnose::Evidence evidence;
  evidence.id = path;
  evidence.console.push_back(filter.finish());
  evidence.is_cut = filter.cut();
  take(evidence, signatures.known);
  return LogRead{.journal = false, .cut = filter.cut()};
}

} // namespace murphy::cli
