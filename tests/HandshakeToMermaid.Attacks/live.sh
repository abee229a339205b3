#!/usr/bin/env bash
# Live under a flood: "live.sh H2M [SECONDS [PACKETS_A_SECOND]]" watches one end of a pair of virtual interfaces while ten million SYNs go in at the other
# over and over, and prints the resident memory over time as a table and as a Mermaid chart, then what h2m says at the end. Needs root, ip and tcpreplay.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
h2m=$(realpath "$1")
seconds=${2:-600}
rate=${3:-60000}
step=$((seconds >= 60 ? seconds / 20 : 3))

work=$(mktemp -d)
chmod 755 "$work"
trap 'ip link delete flood0 2>/dev/null || true; rm -rf "$work"' EXIT
dotnet run -c Release --project "$here" -- --write '10,000,000 SYNs' "$work/flood.pcap"
ip link add flood0 type veth peer name flood1
ip link set flood0 up
ip link set flood1 up

"$h2m" live -i flood1 --json > "$work/rows" 2> "$work/errors" &
live=$!
sleep 2
tcpreplay --quiet --intf1=flood0 --pps="$rate" --loop=0 --duration="$seconds" "$work/flood.pcap" > "$work/sent" 2>&1 &

times=() sizes=()
echo '| s | resident MiB | CPU s |'
echo '|--:|--:|--:|'
for ((at = step; at <= seconds; at += step)); do
  sleep "$step"
  size=$(awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$live/status")
  ticks=$(awk '{print $14 + $15}' "/proc/$live/stat")
  times+=("$at") sizes+=("$size")
  echo "| $at | $size | $((ticks / $(getconf CLK_TCK))) |"
done
peak=$(awk '/^VmHWM/ {print int($2 / 1024)}' "/proc/$live/status")
kill -TERM "$live"
wait "$live" || echo "exit $?, peak $peak MiB, $(wc -l < "$work/rows") rows"
grep Actual "$work/sent" || true
cat "$work/errors"

sent=$(awk '/^Rated/ {print int($(NF - 1))}' "$work/sent")
IFS=,
echo
echo '```mermaid'
echo 'xychart-beta'
echo "    title \"Resident memory of h2m live under $sent SYNs a second\""
echo "    x-axis \"seconds\" [${times[*]}]"
echo "    y-axis \"MiB\" 0 --> 300"
echo "    line [${sizes[*]}]"
echo '```'
