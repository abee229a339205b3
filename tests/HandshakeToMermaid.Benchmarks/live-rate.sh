#!/bin/bash
# At which packet rate do tcpdump and h2m live begin to lose packets? Replays a capture over a veth pair at rising rates to each, both
# with the options they have by default. Needs root, tcpreplay, tcpdump and a capture of long transfers; every packet stays between
# two network namespaces of its own.
#   live-rate.sh CAPTURE [H2M [RATE...]]      (a RATE is pps=NUMBER or topspeed)
set -euo pipefail
capture=$(realpath "$1")
h2m=${2:-h2m}
rates=("${@:3}")
((${#rates[@]})) || rates=(pps=50000 pps=100000 pps=150000 pps=200000 pps=300000 pps=400000 topspeed)
. "$(dirname "$0")/veth.sh"

# dropped RATE WORD PATTERN COMMAND...: the rate that was reached while the command listened, and how many packets it says it lost.
dropped() {
    local rate=$1 word=$2 pattern=$3 listener reached lost
    ip netns exec $far "${@:4}" >/dev/null 2>"$work/said" &
    listener=$!
    await "$word" "$work/said"
    reached=$(replay "--$rate" | sed -nE 's/^Rated:.* ([0-9.]+) pps$/\1/p')
    sleep 1
    end $listener
    lost=$(sed -nE "$pattern" "$work/said" | head -1)
    echo "$reached | ${lost:-?}"
}

echo '| packets a second asked for | reached | tcpdump dropped | reached | h2m dropped |'
echo '|---|---|---|---|---|'
for rate in "${rates[@]}"; do
    theirs=$(dropped "$rate" listening 's/^([0-9]+) packets? dropped by kernel/\1/p' tcpdump -i far0 -w /dev/null)
    ours=$(dropped "$rate" watching 's/.*[^0-9,]([0-9,]+) (were )?dropped.*/\1/p' "$h2m" live -i far0 --json)
    echo "| $rate | $theirs | $ours |"
done
