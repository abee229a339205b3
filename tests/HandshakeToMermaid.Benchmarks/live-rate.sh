#!/bin/bash
# At which packet rate do tcpdump and h2m live begin to lose packets? Replays a capture over a veth pair at rising rates to each, both
# with the options they have by default. Needs root, tcpreplay, tcpdump and a capture of long transfers; every packet stays between
# two network namespaces of its own.
#   live-rate.sh CAPTURE [H2M [RATE...]]      (a RATE is pps=NUMBER or topspeed)
set -euo pipefail
export LC_ALL=C
capture=$(realpath "$1")
h2m=${2:-h2m}
rates=("${@:3}")
((${#rates[@]})) || rates=(pps=50000 pps=100000 pps=150000 pps=200000 pps=300000 pps=400000 topspeed)
work=$(mktemp -d)
near=rate-near-$$ far=rate-far-$$
trap 'ip netns del $near 2>/dev/null || true; ip netns del $far 2>/dev/null || true; rm -rf "$work"' EXIT

ip netns add $near
ip netns add $far
ip link add near0 netns $near mtu 65535 type veth peer name far0 mtu 65535 netns $far
for n in $near $far; do ip netns exec $n sysctl -qw net.ipv6.conf.all.disable_ipv6=1; done
ip -n $near link set near0 up
ip -n $far link set far0 up

# replay OPTION...: the rate that was reached, in packets a second.
replay() { ip netns exec $near tcpreplay -q -K -i near0 "$@" "$capture" 2>&1 | sed -nE 's/^Rated:.* ([0-9.]+) pps$/\1/p'; }

echo '| packets a second asked for | reached | tcpdump dropped | reached | h2m dropped |'
echo '|---|---|---|---|---|'
for rate in "${rates[@]}"; do
    ip netns exec $far tcpdump -i far0 -w /dev/null 2>"$work/tcpdump" &
    dumper=$!
    until grep -q listening "$work/tcpdump"; do sleep 0.1; done
    first=$(replay "--$rate")
    sleep 1
    kill -TERM $dumper
    wait $dumper || true
    lost=$(sed -nE 's/^([0-9]+) packets? dropped by kernel/\1/p' "$work/tcpdump")

    ip netns exec $far "$h2m" live -i far0 --json >/dev/null 2>"$work/messages" &
    watcher=$!
    until grep -q watching "$work/messages"; do sleep 0.1; done
    second=$(replay "--$rate")
    sleep 1
    # Not INT: a shell script's background jobs do not hear it.
    kill -TERM $watcher
    wait $watcher || true
    missed=$(sed -nE 's/.*[^0-9,]([0-9,]+) (were )?dropped.*/\1/p' "$work/messages" | head -1)
    echo "| $rate | $first | ${lost:-?} | $second | ${missed:-0} |"
done
