// Asio's, Beast's and Asio-SSL's own sources, compiled here once (BOOST_ASIO_SEPARATE_COMPILATION and its likes).
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
