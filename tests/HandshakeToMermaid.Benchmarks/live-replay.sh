#!/bin/bash
# Replays a capture over a veth pair and watches it with h2m live: are all handshakes seen, is memory flat?
# Needs root, tcpreplay, tcpdump and a capture; every packet stays between two network namespaces of its own.
#   live-replay.sh CAPTURE [PACKETS_PER_SECOND] [H2M]
set -euo pipefail
export LC_ALL=C
capture=$(realpath "$1")
rate=${2:-50000}
h2m=${3:-h2m}
work=$(mktemp -d)
near=replay-near-$$ far=replay-far-$$
trap 'ip netns del $near 2>/dev/null || true; ip netns del $far 2>/dev/null || true; rm -rf "$work"' EXIT

ip netns add $near
ip netns add $far
ip link add near0 netns $near mtu 65535 type veth peer name far0 mtu 65535 netns $far
for n in $near $far; do ip netns exec $n sysctl -qw net.ipv6.conf.all.disable_ipv6=1; done
ip -n $near link set near0 up
ip -n $far link set far0 up

replay() { ip netns exec $near tcpreplay -q -K -i near0 --pps="$rate" "$capture" 2>&1 | grep -E '^(Actual|Rated)' || true; }

echo "== tcpdump -w /dev/null at $rate packets a second"
ip netns exec $far tcpdump -i far0 -B 65536 -w /dev/null 2> "$work/tcpdump" &
dumper=$!
sleep 1
replay
sleep 1
kill -TERM $dumper
wait $dumper || true
cat "$work/tcpdump"

echo "== h2m live"
ip netns exec $far "$h2m" live -i far0 --json > "$work/rows" 2> "$work/messages" &
watcher=$!
until grep -q watching "$work/messages"; do sleep 0.1; done
pid=$watcher # 'ip netns exec' becomes the program that it runs
( while kill -0 "$pid" 2>/dev/null; do
    printf '%s rows, %s\n' "$(wc -l < "$work/rows")" "$(grep VmRSS /proc/"$pid"/status 2>/dev/null || true)"
    sleep 5
  done ) &
sampler=$!
replay
sleep 2
grep VmHWM /proc/"$pid"/status || true
# Not INT: a shell script's background jobs do not hear it.
kill -TERM "$pid"
wait $watcher || true
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
