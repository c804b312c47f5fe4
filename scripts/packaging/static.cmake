# The form of Murphy that runs on any Linux with glibc 2.36 or later: what is not security-relevant is linked statically.
# OpenSSL and what else reads the bytes of strangers first (zlib, Brotli, zstd, PCRE2, the lists of domains) stay those of
# the system, which keeps them up to date. libcurl is loaded when a mail is sent.
function(link_statically target archive)
  find_library(${target}_ARCHIVE lib${archive}.a REQUIRED)
  set_target_properties(${target} PROPERTIES INTERFACE_LINK_LIBRARIES ${${target}_ARCHIVE})
endfunction()
link_statically(PkgConfig::gumbo gumbo)
link_statically(PkgConfig::utf8proc utf8proc)
# What is compiled stays the same as with the shared ones, and the compiler cache knows it: so it is for {fmt} below.
foreach(library IN ITEMS json url container)
  find_library(boost_${library}_archive libboost_${library}.a REQUIRED)
  set_target_properties(Boost::${library} PROPERTIES IMPORTED_LOCATION_RELEASE ${boost_${library}_archive})
endforeach()
set_target_properties(pugixml::pugixml PROPERTIES INTERFACE_LINK_LIBRARIES pugixml::static)

# What is found in a folder of the program's own is found by the libraries in it, too.
add_link_options(-Wl,--disable-new-dtags)
set(here ${CMAKE_CURRENT_LIST_DIR})
add_library(static_toml STATIC ${here}/toml.cpp)
target_compile_options(static_toml PRIVATE ${tomlplusplus_CFLAGS_OTHER})
set_target_properties(PkgConfig::tomlplusplus PROPERTIES INTERFACE_LINK_LIBRARIES static_toml)
add_library(static_curl STATIC ${here}/curl.cpp)
target_include_directories(static_curl PRIVATE ${libcurl_INCLUDE_DIRS})
set_target_properties(PkgConfig::libcurl PROPERTIES INTERFACE_LINK_LIBRARIES static_curl)
add_library(static_fmt STATIC ${here}/fmt.cpp)
target_compile_definitions(static_fmt PUBLIC FMT_SHARED)
add_library(fmt::fmt ALIAS static_fmt)

# Their licences, but for that of Boost, which programs need not bring.
foreach(package IN ITEMS libfmt-dev libgumbo-dev libpugixml-dev libtomlplusplus-dev libutf8proc-dev libsoci-dev
    libhowardhinnant-date-dev)
  install(FILES /usr/share/doc/${package}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR}/licences RENAME ${package})
endforeach()
