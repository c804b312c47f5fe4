// XHTML as Chromium reads it: tests/conformance asks the browser itself.
#include "web/html/xml_tree.h"

#include "web/forms/form.h"
#include "web/html/rendered_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace murphy::web {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

std::shared_ptr<const Document> read_xml(const std::string& body, const std::string& doctype = {}) {
  return Document::parse(doctype + R"(<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>)" +
                             body + "</body></html>",
                         *Url::parse("http://app.test/"), "UTF-8", Syntax::xml)
      .value();
}

// The controls of the first form, "name=value" each; "none" without a form.
std::string fields_of_xml(const std::string& body) {
  const auto document = read_xml(body);
  const Forms forms = read_forms(*document);
  if (forms.forms.empty()) return "none";
  std::string list;
  for (const std::size_t index : forms.forms[0].controls)
    list += forms.controls[index].name + "=" + forms.controls[index].value + " ";
  return list;
}

TEST(XmlTree, ClosesWhatClosesItself) {
  EXPECT_EQ(fields_of_xml(R"(<script src="x"/><form><textarea name="t"/><input name="a" value="&lt;1&gt;"/></form>)"),
            "t= a=<1> ");
  EXPECT_EQ(fields_of_xml(R"(<div/><form><p/><input name="a"/></form>)"), "a= ");
  EXPECT_EQ(fields_of_xml("<form><textarea name='t'><![CDATA[<b>&amp;]]></textarea></form>"), "t=<b>&amp; ");
}

TEST(XmlTree, KnowsElementsByTheirNamespace) {
  EXPECT_EQ(fields_of_xml("<FORM><input name='a'/></FORM>"), "none");
  EXPECT_EQ(fields_of_xml("<form xmlns='urn:other'><input name='a'/></form>"), "none");
  EXPECT_EQ(fields_of_xml("<h:form xmlns:h='http://www.w3.org/1999/xhtml'><h:input name='a'/></h:form>"), "a= ");
  EXPECT_EQ(fields_of_xml("<template><form><input name='a'/></form></template><form><input name='b'/></form>"), "b= ");
}

TEST(XmlTree, ReadsReferences) {
  EXPECT_EQ(rendered_text(*read_xml("&amp;&#65;&#x42;")), "&AB");
  const std::string doctype = R"(<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">)";
  EXPECT_EQ(rendered_text(*read_xml("caf&eacute;&nbsp;&uuml;", doctype)), "café ü");
}

TEST(XmlTree, SaysWhereAPageIsNotWellFormedAndKeepsWhatCameBefore) {
  const auto words = [](const std::string& body) { return rendered_words(read_xml(body)->root()); };
  EXPECT_EQ(
      words("<p>Before</p><br><p>after</p>"),
      "Before after This page contains the following errors: error on line 1 at column 114: Opening and ending tag "
      "mismatch: br and body");
  EXPECT_THAT(words("<p>Before</p><a href=x>after</a>"), EndsWith("AttValue: \" or ' expected"));
  EXPECT_THAT(words("<p>Before</p>a & b"), EndsWith("EntityRef: expecting ';'"));
  EXPECT_THAT(words("&nbsp;"), EndsWith("Entity 'nbsp' not defined"));
  EXPECT_THAT(words("<input disabled/>"), EndsWith("Specification mandates value for attribute disabled"));
  EXPECT_THAT(words("<p id='a' id='b'/>"), EndsWith("Attribute id redefined"));
  EXPECT_THAT(words("<p>\n\n<b></p>"), HasSubstr("error on line 3 at column"));
}

TEST(XmlTree, OfNothingSaysSo) {
  const auto document = Document::parse("", *Url::parse("http://app.test/"), "UTF-8", Syntax::xml);
  ASSERT_TRUE(document);
  EXPECT_THAT(rendered_words((*document)->root()), EndsWith("Document is empty"));
}

TEST(XmlTree, IsBounded) {
  std::string deep;
  for (int i = 0; i < 2100; ++i) deep += "<b>";
  EXPECT_FALSE(Document::parse(deep, *Url::parse("http://app.test/"), "UTF-8", Syntax::xml));
}

TEST(XmlEncoding, IsThatOfTheDeclaration) {
  EXPECT_EQ(xml_encoding("<?xml version='1.0' encoding='latin1'?><a/>"), "windows-1252");
  EXPECT_EQ(xml_encoding("<?xml version=\"1.0\"?><a encoding='latin1'/>"), std::nullopt);
  EXPECT_EQ(xml_encoding("<a/>"), std::nullopt);
}

} // namespace
} // namespace murphy::web
