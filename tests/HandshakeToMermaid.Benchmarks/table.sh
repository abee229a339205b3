#!/bin/bash
# Measures the whole program, native and managed, against named peers and prints a table: medians of runs taken in turn on a warm page cache, ratios within
# each turn. Needs cat and GNU time; tcpdump and tshark where they are installed; about 6 GB below TMPDIR; root and tcpreplay for the last row.
# Usage: table.sh [TURNS]     (7 where it is not said)
#   NATIVE=path MANAGED=path  measure other builds     CLOCK=cpu  compares processor time instead of wall time     MANY=0  leaves the 200,000 diagrams out
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
turns=${1:-7}
work=${TMPDIR:-/tmp}/h2m-benchmarks
mkdir -p "$work"

build() { dotnet publish "$root/src/HandshakeToMermaid.Cli" -p:PublishProfile="$1" -o "$work/$1" -v q --nologo >&2; }
[ -n "${NATIVE:-}" ] || { build native && NATIVE=$work/native/h2m; }
[ -n "${MANAGED:-}" ] || { build single-file && MANAGED=$work/single-file/h2m; }
dotnet build "$here" -c Release -v q --nologo >&2
capture() { [ -f "$work/$2.pcap" ] || "$here/bin/Release/net10.0/HandshakeToMermaid.Benchmarks" generate "$1" "$work/$2.pcap" >&2; }
capture bulk A; capture storm B; capture small C; capture keyed K; capture datagrams U; capture ignored I; capture quic Q; capture handshakes T
A=$work/A.pcap B=$work/B.pcap C=$work/C.pcap K=$work/K.pcap D=$work/D.pcap U=$work/U.pcap I=$work/I.pcap Q=$work/Q.pcap T=$work/T.pcap
[ "${MANY:-1}" = 0 ] || capture many D

median() { sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
column() { awk -v c="$1" '{print $c}' "$2" | median; }

# once COMMAND: the time that CLOCK asks for in seconds, wall seconds, processor seconds and peak memory in KiB of one run.
once() {
    local TIMEFORMAT='%R %U %S'
    # shellcheck disable=SC2086 # the words of a command
    { time /usr/bin/time -o "$work/memory" -f '%M' $1 >/dev/null 2>/dev/null; } 2>"$work/times" || true
    awk -v clock="${CLOCK:-wall}" -v memory="$(tail -1 "$work/memory")" '{cpu = $2 + $3; print (clock == "cpu" ? cpu : $1) + 0.0005, $1, cpu, memory}' "$work/times"
}

# row NAME GOAL ARGUMENTS PEER TURNS COMPUTE [PREFIX]: COMPUTE is "mine/peer" or "peer/mine"; PEER "" is none, and one that is not installed leaves the
# ratio out. PREFIX stands before our program and the peer.
row() {
    local name=$1 goal=$2 arguments=$3 peer=$4 n=$5 compute=$6 prefix=${7:-} i who
    local -A ratio=([native]=- [managed]=-)
    [ -z "$peer" ] || [ "${peer%% *}" = SELF ] || command -v "${peer%% *}" >/dev/null || peer=
    rm -f "$work"/runs-*
    for ((i = 0; i < n; i++)); do
        for who in native managed; do
            local program=$NATIVE
            [ $who = native ] || program=$MANAGED
            once "$prefix $program $arguments" >>"$work/runs-$who"
            [ -z "$peer" ] || once "$prefix ${peer/SELF/$program}" >>"$work/runs-peer-$who"
        done
    done
    if [ -n "$peer" ]; then
        for who in native managed; do
            ratio[$who]=$(paste -d' ' "$work/runs-$who" "$work/runs-peer-$who" | awk -v c="$compute" '{print c == "mine/peer" ? $1 / $5 : $5 / $1}' | median)
        done
    fi
    printf '| %s | %s |' "$name" "$goal"
    for who in native managed; do
        printf ' %.3f (%.3f) s, %.0f MiB |' "$(column 2 "$work/runs-$who")" "$(column 3 "$work/runs-$who")" "$(($(column 4 "$work/runs-$who") / 1024))"
    done
    if [ -z "$peer" ]; then echo ' - | - | - |'; return; fi
    printf ' %.3f s | %.2f | %.2f |\n' "$(column 2 "$work/runs-peer-native")" "${ratio[native]}" "${ratio[managed]}"
}

size() { stat -L -c %s "$1" | awk '{printf "%.0f MB", $1 / 1e6}'; }
echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $turns turns; A $(size "$A"), B $(size "$B"); $("$NATIVE" --version); $("$MANAGED" --version)"
echo
echo '| what | goal | native: wall (CPU), peak | managed | peer | ratio native | managed |'
echo '|---|---|---|---|---|---|---|'
row 'convert of 40 packets : tshark' 'at most 12 ms, 15 times less' "convert $C -q" "tshark -r $C" "$turns" peer/mine
row 'list A : cat A, two cores' 'at most 1.3, 32 MiB' "list $A -q" "cat $A" "$turns" mine/peer
row 'list A : cat A, one core' 'at most 1.6' "list $A -q" "cat $A" "$turns" mine/peer 'taskset -c 0'
row 'tcpdump -w of A : list A' 'at least 2.2' "list $A -q" "tcpdump -r $A -w /dev/null" "$turns" peer/mine
row 'list B : tcpdump -w of B' 'at most 3, 96 MiB' "list $B -q" "tcpdump -r $B -w /dev/null" "$turns" mine/peer
row 'list B --json --no-verify : tcpdump -w of B' 'at most 6' "list $B --json --no-verify -q" "tcpdump -r $B -w /dev/null" "$turns" mine/peer
row 'list B --json : tcpdump -w of B' 'at most 12' "list $B --json -q" "tcpdump -r $B -w /dev/null" "$turns" mine/peer
row 'TLS fields of B by tshark : list B' 'at least 60' "list $B -q" "tshark -n -r $B -Y tls.handshake -T fields -e tls.handshake.type" 1 peer/mine
row 'list B, one core : two' 'at least 1.7' "list $B -q" "taskset -c 0 SELF list $B -q" "$turns" peer/mine
row 'list K with keys (20,000 connections) : without' '50,000 a second a core' "list $K --key-log $K.keys -q" "SELF list $K -q" "$turns" mine/peer
row 'list U (4,000 flows of UDP that nobody reads, 2,000 connections) : the same bytes ignored' 'at most 1.2' "list $U -q" "SELF list $I -q" "$turns" mine/peer
row 'list Q (5,000 connections of QUIC) : T (as many of TLS 1.3 over TCP)' 'at most 1' "list $Q -q" "SELF list $T -q" "$turns" mine/peer
# A page folds what repeats: each connection has a file of its own here, in memory where that is mounted, because each file is flushed to its disk.
many=$([ -d /dev/shm ] && mktemp -d -p /dev/shm || mktemp -d -p "$work")
trap 'rm -rf "$many"' EXIT
[ "${MANY:-1}" = 0 ] || row '200,000 diagrams, a file each' '3 s, 96 MiB' "convert $D -o $many/ -q" '' 1 mine/peer

allocated='more, see the test'
dotnet test "$root/tests/HandshakeToMermaid.Tests" --filter AllocationTests -v q --nologo >/dev/null 2>&1 && allocated='0 bytes'
echo "| managed bytes for a packet past the handshake | 0 | | $allocated | - | - | - |"
if [ "$(id -u)" = 0 ] && command -v tcpreplay >/dev/null; then
    IFS='|' read -r _ _ _ theirs rate ours _ < <("$here/live-rate.sh" "$A" "$NATIVE" topspeed | tail -1)
    echo "| live, packets dropped at ${rate//[[:space:]]/} packets a second : tcpdump | 0 where tcpdump begins to drop |$ours| |$theirs| - | - |"
fi
