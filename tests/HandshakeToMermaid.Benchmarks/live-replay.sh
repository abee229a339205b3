#!/bin/bash
# Replays a capture over a veth pair and watches it with h2m live: are all handshakes seen, is memory flat?
# Needs root, tcpreplay, tcpdump and a capture; every packet stays between two network namespaces of its own.
#   live-replay.sh CAPTURE [PACKETS_PER_SECOND] [H2M]
set -euo pipefail
capture=$(realpath "$1")
rate=${2:-50000}
h2m=${3:-h2m}
. "$(dirname "$0")/veth.sh"

rated() { replay --pps="$rate" | grep -E '^(Actual|Rated)' || true; }

echo "== tcpdump -w /dev/null at $rate packets a second"
ip netns exec $far tcpdump -i far0 -B 65536 -w /dev/null 2> "$work/tcpdump" &
dumper=$!
await listening "$work/tcpdump"
rated
sleep 1
end $dumper
cat "$work/tcpdump"

echo "== h2m live"
ip netns exec $far "$h2m" live -i far0 --json > "$work/rows" 2> "$work/messages" &
watcher=$!
await watching "$work/messages"
pid=$watcher # 'ip netns exec' becomes the program that it runs
( while kill -0 "$pid" 2>/dev/null; do
    printf '%s rows, %s\n' "$(wc -l < "$work/rows")" "$(grep VmRSS /proc/"$pid"/status 2>/dev/null || true)"
    sleep 5
  done ) &
sampler=$!
rated
sleep 2
grep VmHWM /proc/"$pid"/status || true
end $watcher
kill $sampler 2>/dev/null || true
cat "$work/messages"

echo "== h2m list of the file"
"$h2m" list "$capture" --json > "$work/expected" || true
field() { grep -o '"class":"[a-z_]*"' "$1" | sort | uniq -c; }
echo "file:"; field "$work/expected"
echo "live:"; field "$work/rows"
ends() { grep -oE '"client":\{[^}]*\},"server":\{[^}]*\}' "$1" | sort; }
missed=$(comm -23 <(ends "$work/expected") <(ends "$work/rows") | wc -l)
invented=$(comm -13 <(ends "$work/expected") <(ends "$work/rows") | wc -l)
echo "missed $missed, invented $invented"
