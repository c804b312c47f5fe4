#include "web/pattern/pattern_properties.h"

#include "base/text.h"

#include <algorithm>
#include <span>

namespace murphy::web {
namespace {

// Each text holds the names of one property or value, the first of them one that PCRE2 takes. What is called moving
// was found to hold for other characters in Unicode 14, which PCRE2 10.42 knows, than in Unicode 17; all such
// characters stand behind U+0180. Everything else was found to be the same for every character of Unicode 14.
constexpr std::string_view categories[] = {"C Other",
                                           "Cc Control",
                                           "Cf Format",
                                           "Cn Unassigned",
                                           "Co Private_Use",
                                           "Cs Surrogate",
                                           "L Letter",
                                           "Lm Modifier_Letter",
                                           "Lt Titlecase_Letter",
                                           "Lu Uppercase_Letter",
                                           "M Mark Combining_Mark",
                                           "Me Enclosing_Mark",
                                           "N Number",
                                           "Nd Decimal_Number",
                                           "Nl Letter_Number",
                                           "No Other_Number",
                                           "P Punctuation",
                                           "Pc Connector_Punctuation",
                                           "Pd Dash_Punctuation",
                                           "Pe Close_Punctuation",
                                           "Pf Final_Punctuation",
                                           "Pi Initial_Punctuation",
                                           "Po Other_Punctuation",
                                           "Ps Open_Punctuation",
                                           "S Symbol",
                                           "Sc Currency_Symbol",
                                           "Sk Modifier_Symbol",
                                           "Sm Math_Symbol",
                                           "So Other_Symbol",
                                           "Z Separator",
                                           "Zl Line_Separator",
                                           "Zp Paragraph_Separator",
                                           "Zs Space_Separator"};
constexpr std::string_view moving_categories[] = {"LC Cased_Letter", "Ll Lowercase_Letter", "Lo Other_Letter",
                                                  "Mc Spacing_Mark", "Mn Nonspacing_Mark"};
constexpr std::string_view scripts[] = {"Adlm Adlam",
                                        "Aghb Caucasian_Albanian",
                                        "Ahom",
                                        "Arab Arabic",
                                        "Armi Imperial_Aramaic",
                                        "Armn Armenian",
                                        "Avst Avestan",
                                        "Bali Balinese",
                                        "Bamu Bamum",
                                        "Bass Bassa_Vah",
                                        "Batk Batak",
                                        "Beng Bengali",
                                        "Bhks Bhaiksuki",
                                        "Bopo Bopomofo",
                                        "Brah Brahmi",
                                        "Brai Braille",
                                        "Bugi Buginese",
                                        "Buhd Buhid",
                                        "Cakm Chakma",
                                        "Cans Canadian_Aboriginal",
                                        "Cari Carian",
                                        "Cham",
                                        "Cher Cherokee",
                                        "Chrs Chorasmian",
                                        "Copt Coptic Qaac",
                                        "Cpmn Cypro_Minoan",
                                        "Cprt Cypriot",
                                        "Cyrl Cyrillic",
                                        "Deva Devanagari",
                                        "Diak Dives_Akuru",
                                        "Dogr Dogra",
                                        "Dsrt Deseret",
                                        "Dupl Duployan",
                                        "Egyp Egyptian_Hieroglyphs",
                                        "Elba Elbasan",
                                        "Elym Elymaic",
                                        "Ethi Ethiopic",
                                        "Geor Georgian",
                                        "Glag Glagolitic",
                                        "Gong Gunjala_Gondi",
                                        "Gonm Masaram_Gondi",
                                        "Goth Gothic",
                                        "Gran Grantha",
                                        "Grek Greek",
                                        "Gujr Gujarati",
                                        "Guru Gurmukhi",
                                        "Hang Hangul",
                                        "Hani Han",
                                        "Hano Hanunoo",
                                        "Hatr Hatran",
                                        "Hebr Hebrew",
                                        "Hira Hiragana",
                                        "Hluw Anatolian_Hieroglyphs",
                                        "Hmng Pahawh_Hmong",
                                        "Hmnp Nyiakeng_Puachue_Hmong",
                                        "Hung Old_Hungarian",
                                        "Ital Old_Italic",
                                        "Java Javanese",
                                        "Kali Kayah_Li",
                                        "Kana Katakana",
                                        "Khar Kharoshthi",
                                        "Khmr Khmer",
                                        "Khoj Khojki",
                                        "Kits Khitan_Small_Script",
                                        "Knda Kannada",
                                        "Kthi Kaithi",
                                        "Lana Tai_Tham",
                                        "Laoo Lao",
                                        "Latn Latin",
                                        "Lepc Lepcha",
                                        "Limb Limbu",
                                        "Lina Linear_A",
                                        "Linb Linear_B",
                                        "Lisu",
                                        "Lyci Lycian",
                                        "Lydi Lydian",
                                        "Mahj Mahajani",
                                        "Maka Makasar",
                                        "Mand Mandaic",
                                        "Mani Manichaean",
                                        "Marc Marchen",
                                        "Medf Medefaidrin",
                                        "Mend Mende_Kikakui",
                                        "Merc Meroitic_Cursive",
                                        "Mero Meroitic_Hieroglyphs",
                                        "Mlym Malayalam",
                                        "Modi",
                                        "Mong Mongolian",
                                        "Mroo Mro",
                                        "Mtei Meetei_Mayek",
                                        "Mult Multani",
                                        "Mymr Myanmar",
                                        "Nand Nandinagari",
                                        "Narb Old_North_Arabian",
                                        "Nbat Nabataean",
                                        "Newa",
                                        "Nkoo Nko",
                                        "Nshu Nushu",
                                        "Ogam Ogham",
                                        "Olck Ol_Chiki",
                                        "Orkh Old_Turkic",
                                        "Orya Oriya",
                                        "Osge Osage",
                                        "Osma Osmanya",
                                        "Ougr Old_Uyghur",
                                        "Palm Palmyrene",
                                        "Pauc Pau_Cin_Hau",
                                        "Perm Old_Permic",
                                        "Phag Phags_Pa",
                                        "Phli Inscriptional_Pahlavi",
                                        "Phlp Psalter_Pahlavi",
                                        "Phnx Phoenician",
                                        "Plrd Miao",
                                        "Prti Inscriptional_Parthian",
                                        "Rjng Rejang",
                                        "Rohg Hanifi_Rohingya",
                                        "Runr Runic",
                                        "Samr Samaritan",
                                        "Sarb Old_South_Arabian",
                                        "Saur Saurashtra",
                                        "Sgnw SignWriting",
                                        "Shaw Shavian",
                                        "Shrd Sharada",
                                        "Sidd Siddham",
                                        "Sind Khudawadi",
                                        "Sinh Sinhala",
                                        "Sogd Sogdian",
                                        "Sogo Old_Sogdian",
                                        "Sora Sora_Sompeng",
                                        "Soyo Soyombo",
                                        "Sund Sundanese",
                                        "Sylo Syloti_Nagri",
                                        "Syrc Syriac",
                                        "Tagb Tagbanwa",
                                        "Takr Takri",
                                        "Tale Tai_Le",
                                        "Talu New_Tai_Lue",
                                        "Taml Tamil",
                                        "Tang Tangut",
                                        "Tavt Tai_Viet",
                                        "Telu Telugu",
                                        "Tfng Tifinagh",
                                        "Tglg Tagalog",
                                        "Thaa Thaana",
                                        "Thai",
                                        "Tibt Tibetan",
                                        "Tirh Tirhuta",
                                        "Tnsa Tangsa",
                                        "Toto",
                                        "Ugar Ugaritic",
                                        "Vaii Vai",
                                        "Vith Vithkuqi",
                                        "Wara Warang_Citi",
                                        "Wcho Wancho",
                                        "Xpeo Old_Persian",
                                        "Xsux Cuneiform",
                                        "Yezi Yezidi",
                                        "Yiii Yi",
                                        "Zanb Zanabazar_Square",
                                        "Zinh Inherited Qaai",
                                        "Zyyy Common",
                                        "Zzzz Unknown"};
// Of scripts that Unicode has had since.
constexpr std::string_view newer_scripts[] = {
    "Kawi",         "Nagm Nag_Mundari", "Gara Garay",      "Gukh Gurung_Khema",  "Krai Kirat_Rai",
    "Onao Ol_Onal", "Sunu Sunuwar",     "Todr Todhri",     "Tutg Tulu_Tigalari", "Berf Beria_Erfe",
    "Sidt Sidetic", "Tayo Tai_Yo",      "Tols Tolong_Siki"};
constexpr std::string_view binary[] = {"ASCII_Hex_Digit AHex",
                                       "Bidi_Control Bidi_C",
                                       "Changes_When_Casefolded CWCF",
                                       "Changes_When_Lowercased CWL",
                                       "Dash",
                                       "Default_Ignorable_Code_Point DI",
                                       "Deprecated Dep",
                                       "Emoji",
                                       "Emoji_Component EComp",
                                       "Emoji_Modifier EMod",
                                       "Emoji_Modifier_Base EBase",
                                       "Emoji_Presentation EPres",
                                       "Hex_Digit Hex",
                                       "IDS_Binary_Operator IDSB",
                                       "IDS_Trinary_Operator IDST",
                                       "ID_Start IDS",
                                       "Ideographic Ideo",
                                       "Join_Control Join_C",
                                       "Logical_Order_Exception LOE",
                                       "Math",
                                       "Noncharacter_Code_Point NChar",
                                       "Pattern_Syntax Pat_Syn",
                                       "Pattern_White_Space Pat_WS",
                                       "Quotation_Mark QMark",
                                       "Radical",
                                       "Regional_Indicator RI",
                                       "Soft_Dotted SD",
                                       "Unified_Ideograph UIdeo",
                                       "Uppercase Upper",
                                       "Variation_Selector VS",
                                       "White_Space space",
                                       "XID_Start XIDS"};
constexpr std::string_view moving_binary[] = {"Alphabetic Alpha",
                                              "Bidi_Mirrored Bidi_M",
                                              "Case_Ignorable CI",
                                              "Cased",
                                              "Changes_When_Casemapped CWCM",
                                              "Changes_When_Titlecased CWT",
                                              "Changes_When_Uppercased CWU",
                                              "Diacritic Dia",
                                              "Extended_Pictographic ExtPict",
                                              "Extender Ext",
                                              "Grapheme_Base Gr_Base",
                                              "Grapheme_Extend Gr_Ext",
                                              "ID_Continue IDC",
                                              "Lowercase Lower",
                                              "Sentence_Terminal STerm",
                                              "Terminal_Punctuation Term",
                                              "XID_Continue XIDC"};
// Of sequences of characters (ECMAScript, table 69).
constexpr std::string_view sequences[] = {"Basic_Emoji",
                                          "Emoji_Keycap_Sequence",
                                          "RGI_Emoji_Modifier_Sequence",
                                          "RGI_Emoji_Flag_Sequence",
                                          "RGI_Emoji_Tag_Sequence",
                                          "RGI_Emoji_ZWJ_Sequence",
                                          "RGI_Emoji"};

// The first name of the text that has this one; none when none has.
std::optional<std::string> first_name(std::span<const std::string_view> table, std::string_view name) {
  for (const std::string_view names : table) {
    const auto each = split(names, ' ');
    if (std::ranges::find(each, name) != each.end()) return std::string(each.front());
  }
  return std::nullopt;
}

std::optional<Property> category(std::string_view name) {
  if (const auto found = first_name(categories, name)) return Property{.pcre = *found};
  if (const auto found = first_name(moving_categories, name))
    return Property{.pcre = *found == "LC" ? "L&" : *found, .moving = true};
  return std::nullopt;
}

} // namespace

std::optional<Property> find_property(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals != std::string_view::npos) {
    const std::string_view name = text.substr(0, equals), value = text.substr(equals + 1);
    if (name == "General_Category" || name == "gc") return category(value);
    const bool extensions = name == "Script_Extensions" || name == "scx";
    if (!extensions && name != "Script" && name != "sc") return std::nullopt;
    if (const auto found = first_name(scripts, value))
      return Property{.pcre = (extensions ? "scx:" : "sc:") + *found, .moving = extensions};
    return first_name(newer_scripts, value) ? std::optional(Property{.pcre = {}, .moving = true}) : std::nullopt;
  }
  if (text == "Any" || text == "ASCII" || text == "Assigned") return Property{.pcre = std::string(text)};
  if (const auto found = category(text)) return found;
  if (const auto found = first_name(binary, text)) return Property{.pcre = *found};
  if (const auto found = first_name(moving_binary, text)) return Property{.pcre = *found, .moving = true};
  if (text == "Changes_When_NFKC_Casefolded" || text == "CWKCF") return Property{.pcre = {}, .unknown = true};
  if (first_name(sequences, text)) return Property{.pcre = {}, .unknown = true, .sequences = true};
  return std::nullopt;
}

} // namespace murphy::web
