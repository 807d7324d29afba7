# Speaks for a host, as a ForceCommand of its sshd: answers Hostproof's program by what a real host answered to the same commands.
# Others, which only a test itself can ask, it runs.
#     perl replay.pl FOLDER        FOLDER holds `program`, as it was sent when that was recorded, and `answers`, what came back
use strict;
use warnings;

my ($folder) = @ARGV;
my (%recorded, %answer, $then, $token, @slow);

sub content {
    local $/;
    open my $file, '<', "$folder/$_[0]" or die "$_[0]: $!";
    return <$file>;
}

# Answers by the commands as they are quoted in a program, since numbers and tokens are other ones in each session.
my $answers = content('answers');
($then) = $answers =~ /^@(\w+) ready /m;
$recorded{$1} = $& while $answers =~ /^\@$then begin (\d+) .*?^\@$then end \d+ [^\n]*\n/gms;
for (split /\n/, content('program')) {
    $answer{$2} = $recorded{$1} if /^hp(?:_calmly)? (\d+) \d+ \d+ ('.*')/;
}

sub answer {
    my ($number, $command) = @_;
    my $text = $answer{$command} // looked($command);
    $text =~ s/^(\@$then (?:begin|end)) \d+/$1 $number/gm;
    $text =~ s/\@$then/\@$token/g;
    print $text;
}

sub looked {
    my ($command) = @_;
    $command =~ s/^'|'$//g;
    $command =~ s/\\(\\|n|0[0-7]{3})/$1 eq 'n' ? "\n" : $1 eq '\\' ? $1 : chr oct $1/ge;
    open my $output, '-|', 'sh', '-c', "exec 2>/dev/null </dev/null; $command" or die $!;
    my $said = join '', map { "=$_" } <$output>;
    close $output;
    $said .= $said =~ /\n$|^$/ ? '=' : '';
    return "\@$then begin 0 1.00\n$said\n=\@$then " . ($? >> 8) . "\n!\n!\@$then 0\n\@$then end 0 1.00\n";
}

$| = 1;
while (<STDIN>) {
    if (/^hp_\(\).*?\@(\w+) begin/) { $token = $1; print "\n\@$token ready 0\n" }
    elsif (/^hp (\d+) \d+ \d+ ('.*')$/) { answer($1, $2) }
    elsif (/^hp_calmly (\d+) \d+ \d+ ('.*') \| \{$/) { push @slow, [$1, $2] }
    elsif (/^\}$/) { answer(@{pop @slow}) }
}
