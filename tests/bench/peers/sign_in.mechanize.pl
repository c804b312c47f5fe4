# Signs in and out of tests/bench/target.cpp:  sign_in.mechanize.pl URL TIMES
use strict;
use warnings;
use WWW::Mechanize;

my ($url, $times) = @ARGV;
for (1 .. $times) {
  my $browser = WWW::Mechanize->new(autocheck => 1, keep_alive => 1);
  $browser->get("$url/sign-in");
  $browser->submit_form(with_fields => {email => 'ada@example.com', password => 'correct horse'});
  die 'no dashboard' unless $browser->uri =~ m{/dashboard$} && $browser->content =~ /Welcome, Ada/;
  $browser->submit_form(form_id => 'sign-out');
  die 'still signed in' unless $browser->uri =~ m{/sign-in$};
}
