#!/bin/bash
# Measures the whole program against named peers and prints a table: every figure is the median of pairs, taken in turn on a
# warm page cache. Needs cat, tcpdump, tshark (slow: a few pairs only), GNU time, and about 5 GB below TMPDIR; root and tcpreplay for the last row.
# Usage: table.sh [PAIRS]     (7 where it is not said; H2M=path measures another build)
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
pairs=${1:-7}
work=${TMPDIR:-/tmp}/h2m-benchmarks
mkdir -p "$work"

if [ -z "${H2M:-}" ]; then
    dotnet publish "$root/src/HandshakeToMermaid.Cli" -p:PublishProfile=single-file -o "$work/h2m" -v q --nologo >&2
    H2M=$work/h2m/h2m
fi
dotnet build "$here" -c Release -v q --nologo >&2
generate="$here/bin/Release/net10.0/HandshakeToMermaid.Benchmarks generate"
[ -f "$work/A.pcap" ] || $generate bulk "$work/A.pcap" >&2
[ -f "$work/B.pcap" ] || $generate storm "$work/B.pcap" >&2
[ -f "$work/C.pcap" ] || $generate small "$work/C.pcap" >&2
[ -f "$work/K.pcap" ] || $generate keyed "$work/K.pcap" >&2
A=$work/A.pcap B=$work/B.pcap C=$work/C.pcap K=$work/K.pcap
connections=200000

median() { sort -g | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }

# row NAME GOAL MINE PEER PAIRS COMPUTE: COMPUTE is "mine/peer" or "peer/mine"; PEER "true" is none.
row() {
    local name=$1 goal=$2 mine=$3 peer=$4 n=$5 compute=$6 i m p
    : >"$work/ratio"; : >"$work/mine"; : >"$work/peer"; : >"$work/memory"
    cat "$A" "$B" "$C" >/dev/null 2>&1 || true
    for ((i = 0; i < n; i++)); do
        read -r m memory < <(once "$mine"); read -r p _ < <(once "$peer")
        echo "$m" >>"$work/mine"; echo "$p" >>"$work/peer"; echo "$memory" >>"$work/memory"
        awk -v m="$m" -v p="$p" -v c="$compute" 'BEGIN { if (m == 0) m = 0.001; if (p == 0) p = 0.001; print c == "mine/peer" ? m / p : p / m }' >>"$work/ratio"
    done
    local against='- | -'
    [ "$peer" = true ] || against=$(printf '%.3f s | %.2f' "$(median <"$work/peer")" "$(median <"$work/ratio")")
    printf '| %s | %s | %.3f s | %s | %.0f MiB |\n' "$name" "$goal" "$(median <"$work/mine")" "$against" "$(median <"$work/memory" | awk '{print $1 / 1024}')"
}

# once COMMAND: wall seconds and peak memory in KiB of one run. (GNU time itself counts in hundredths.)
once() {
    local begin=$EPOCHREALTIME
    # shellcheck disable=SC2086 # the words of a command
    /usr/bin/time -o "$work/t" -f '%M' $1 >/dev/null 2>/dev/null || true
    awk -v a="$begin" -v b="$EPOCHREALTIME" '{memory = $1} END {print b - a, memory}' "$work/t"
}

echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $pairs pairs; A $(stat -L -c %s "$A" | awk '{printf "%.2f GB", $1/1e9}'), B $(stat -L -c %s "$B" | awk '{printf "%.2f GB", $1/1e9}')"
echo
echo '| what | goal | h2m | peer | ratio | peak |'
echo '|---|---|---|---|---|---|'
row 'list A : cat A, one core' 'at most 1.6' "taskset -c 0 $H2M list $A -q" "taskset -c 0 cat $A" "$pairs" mine/peer
row 'list A : cat A, two cores' 'at most 1.1' "$H2M list $A -q" "cat $A" "$pairs" mine/peer
row 'tcpdump -r A -w : list A' 'at least 4, 48 MiB' "$H2M list $A -q" "tcpdump -r $A -w /dev/null" "$pairs" peer/mine
row 'tcpdump -r B -w : list B' 'at least 1.5, 96 MiB' "$H2M list $B -q" "tcpdump -r $B -w /dev/null" "$pairs" peer/mine
row 'list B --json : tcpdump -r B -w' 'at most 1' "$H2M list $B --json -q" "tcpdump -r $B -w /dev/null" 1 mine/peer
if command -v tshark >/dev/null; then
    row 'tshark, TLS fields of B : list B' 'at least 100' "$H2M list $B -q" "tshark -n -r $B -Y tls.handshake -T fields -e tls.handshake.type" 1 peer/mine
    row 'tshark -r C : convert C' 'at least 3, 45 ms' "$H2M convert $C -q" "tshark -r $C" "$pairs" peer/mine
fi
row 'convert B, 200,000 diagrams' 'at most 2 s' "$H2M convert $B -f markdown --max-connections $connections -q" true 1 mine/peer
row "list K with keys : without ($connections connections)" '50,000 a second' "$H2M list $K --key-log $K.keys -q" "$H2M list $K -q" 1 mine/peer

allocated='more, see the test'
dotnet test "$root/tests/HandshakeToMermaid.Tests" --filter AllocationTests -v q --nologo >/dev/null 2>&1 && allocated='0 bytes'
echo "| allocated for a packet past the handshake | 0 bytes | $allocated | - | - | - |"
if [ "$(id -u)" = 0 ] && command -v tcpreplay >/dev/null; then
    IFS='|' read -r _ _ _ theirs rate ours _ < <("$here/live-rate.sh" "$A" "$H2M" topspeed | tail -1)
    echo "| live, packets dropped at ${rate//[[:space:]]/} packets a second : tcpdump | 0 where tcpdump begins to drop |$ours|$theirs| - | - |"
fi
