// What each part of a sign-in costs by itself:
//   scripts/build release bench_parts && build/release/tests/bench/bench_parts [--benchmark_filter=Page]
#include "diagnose/signature.h"
#include "record/journal.h"
#include "record/redact.h"
#include "record/redactor.h"
#include "web/cookies/cookie.h"
#include "web/forms/entry_list.h"
#include "web/forms/form.h"
#include "web/forms/shown_errors.h"
#include "web/html/rendered_text.h"
#include "web/selector/selector.h"

#include <benchmark/benchmark.h>
#include <cstdint>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

using namespace murphy;

// A page with a sign-in form, about so many bytes long. One that is not plain leaves out end tags.
enum class Written { plainly, carelessly };
std::string page_of(std::size_t bytes, Written written) {
  std::string html = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Sign in</title></head><body><ul>\n";
  for (int i = 0; html.size() + 500 < bytes; ++i)
    html +=
        fmt::format("<li class=\"menu-item\"><a href=\"/topics/{0}?from=menu&amp;lang=en\">Topic number {0}</a>{1}\n",
                    i, written == Written::plainly ? "</li>" : "");
  return html +
         "</ul><main><h1>Sign in</h1><form action=/sign-in method=post><input type=hidden name=csrf "
         "value=5e1c0a9bd4f2><label for=email>Email</label><input id=email name=email type=email required><label "
         "for=password>Password</label><input id=password name=password type=password><button>Sign in</button>"
         "</form></main></body></html>\n";
}

const web::Url address = *web::Url::parse("http://127.0.0.1:8080/sign-in");

std::shared_ptr<const web::Document> document_of(std::size_t bytes) {
  auto document = web::Document::parse(page_of(bytes, Written::plainly), address);
  if (!document) throw std::runtime_error(document.error().what);
  return *document;
}

void sizes(benchmark::internal::Benchmark* bench) { bench->Arg(4 << 10)->Arg(30 << 10)->Arg(300 << 10); }
std::size_t size_of(const benchmark::State& state) { return static_cast<std::size_t>(state.range(0)); }

void parse(benchmark::State& state, Written written) {
  const std::string html = page_of(size_of(state), written);
  for (auto _ : state) benchmark::DoNotOptimize(web::Document::parse(html, address));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * html.size()));
}
BENCHMARK_CAPTURE(parse, Page, Written::plainly)->Apply(sizes);
BENCHMARK_CAPTURE(parse, PageWithoutEndTags, Written::carelessly)->Apply(sizes);

void Forms(benchmark::State& state) {
  const auto document = document_of(size_of(state));
  for (auto _ : state) benchmark::DoNotOptimize(web::read_forms(*document));
}
BENCHMARK(Forms)->Apply(sizes);

void ShownErrors(benchmark::State& state) {
  const auto document = document_of(size_of(state));
  const web::Forms forms = web::read_forms(*document);
  for (auto _ : state) benchmark::DoNotOptimize(web::shown_errors(*document, forms, nullptr));
}
BENCHMARK(ShownErrors)->Apply(sizes);

void RenderedText(benchmark::State& state) {
  const auto document = document_of(size_of(state));
  for (auto _ : state) benchmark::DoNotOptimize(web::rendered_text(*document));
}
BENCHMARK(RenderedText)->Apply(sizes);

void SelectorOfAnElement(benchmark::State& state) {
  const auto document = document_of(size_of(state));
  const auto selector = web::Selector::parse("main form > button");
  for (auto _ : state) benchmark::DoNotOptimize(selector->select(*document));
}
BENCHMARK(SelectorOfAnElement)->Apply(sizes);

void EntryList(benchmark::State& state) {
  const auto document = document_of(4 << 10);
  const web::Forms forms = web::read_forms(*document);
  const Value password(std::make_shared<const Secret>(std::string("correct horse 9"), "ada.password"));
  for (auto _ : state) {
    web::FormFilling filling(forms, forms.forms.front());
    if (!filling.fill("Email", Value("ada@example.com")) || !filling.fill("Password", password)) std::abort();
    benchmark::DoNotOptimize(filling.submit(nullptr, "boundary"));
  }
}
BENCHMARK(EntryList);

void Cookie(benchmark::State& state) {
  const auto now = record::Instant(std::chrono::hours(500'000));
  for (auto _ : state) {
    web::CookieJar jar;
    jar.store("session=0f8c2b9d4e6a71538b3d; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600", address, {}, now);
    benchmark::DoNotOptimize(jar.cookie_header(address, {}, now));
  }
}
BENCHMARK(Cookie);

void Url(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(web::Url::parse("../topics/7?from=menu&lang=en#top", &address));
}
BENCHMARK(Url);

// A page with one secret and so many tokens known.
void RedactorOfAPage(benchmark::State& state) {
  record::Redactor redactor;
  redactor.learn(std::make_shared<const Secret>(std::string("correct horse 9"), "ada.password"));
  for (std::int64_t i = 0; i < state.range(0); ++i)
    redactor.learn_token("csrf", fmt::format("{:016x}{:08x}", static_cast<std::uint64_t>(i) * 0x9e3779b97f4a7c15U, i));
  const std::string html = page_of(4 << 10, Written::plainly);
  for (auto _ : state) benchmark::DoNotOptimize(record::redact_text(html, redactor));
}
BENCHMARK(RedactorOfAPage)->Arg(1)->Arg(1000);

record::Event step_finished() {
  record::StepFinished finished;
  finished.id = "scenarios/sign-in.toml#Ada signs in";
  finished.step.title = "submit “Sign in”";
  record::Exchange exchange;
  exchange.method = "POST";
  exchange.url = "http://127.0.0.1:8080/sign-in";
  exchange.status = 303;
  exchange.headers = {{"Location", "/dashboard"}, {"Set-Cookie", "session=0f8c2b9d4e6a71538b3d; Path=/; HttpOnly"}};
  exchange.request_headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                              {"Cookie", "session=5b3d0f8c2b9d4e6a"}};
  exchange.request_body = "csrf=5e1c0a9bd4f2&email=ada%40example.com";
  finished.step.evidence.exchanges = {exchange, exchange};
  return finished;
}

void RedactorOfAStep(benchmark::State& state) {
  record::Redactor redactor;
  const record::Event event = step_finished();
  for (auto _ : state) benchmark::DoNotOptimize(record::redact(event, redactor));
}
BENCHMARK(RedactorOfAStep);

void Journal(benchmark::State& state) {
  const record::Event event = step_finished();
  for (auto _ : state) benchmark::DoNotOptimize(record::journal_line(event));
}
BENCHMARK(Journal);

void Signatures(benchmark::State& state) {
  const auto& signatures = diagnose::Signatures::built_in();
  std::string log;
  for (std::size_t i = 0; log.size() < 1'000'000; ++i) {
    log += fmt::format("2026-11-22 09:00:{:02}.{:03} INFO -- : [{:08x}] Started GET \"/users/{}\" for 127.0.0.1\n",
                       i % 60, i % 1000, i * 2654435761U % 4294967296U, i);
    if (state.range(0) != 0 && i % 100 == 0)
      log += signatures.rows()[i / 100 % signatures.rows().size()].example + "\n";
  }
  for (auto _ : state) benchmark::DoNotOptimize(signatures.search(log));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * log.size()));
}
BENCHMARK(Signatures)->ArgName("errors")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
