#!/usr/bin/env bash
# Records the samples again, from real programs that talk over a small network of their own.
#
#   sudo samples/record.sh              every sample
#   sudo samples/record.sh NAME...      only these
#   sudo samples/record.sh --gallery    no recording: only the table in README.md
#
# Needs Linux and root (network namespaces) and, on Debian or Ubuntu:
#   apt-get install iproute2 iptables ethtool procps tcpdump tshark openssl curl nginx-light gnutls-bin ngtcp2-client ngtcp2-server \
#                   dnsmasq-base unbound chromium postgresql squid tinyproxy nghttp2-proxy dante-server hostapd eapoltest wpasupplicant clang python3
# A sample whose programs are missing is skipped and named. Nothing leaves the machine: the namespaces have no
# way out, and hold documentation addresses (RFC 5737, RFC 3849) and names (RFC 2606) alone.
#
# A sample is a folder with a record.sh, which says what it shows and plays it; README.md here explains how to
# add one. What it recorded replaces the old capture only when TShark sees in it what the sample promises.

set -uo pipefail

samples=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
groups=(success carrier negotiation certificate client-certificate path dns time)

main() {
    if [[ ${1-} == --gallery ]]; then write_gallery; return; fi
    require ip iptables ethtool ss sysctl unshare tcpdump tshark editcap openssl python3 || exit 2
    [[ $EUID == 0 ]] || { echo "record.sh: needs root, for network namespaces" >&2; exit 2; }
    # A host name of its own: the machine's domain would become a search list and be asked for in the captures.
    [[ ${own_host_name-} ]] || own_host_name=yes exec unshare --uts "$samples/record.sh" "$@"
    sysctl -qw kernel.hostname=client

    work=$(mktemp -d)
    pki=$work/pki
    trap 'network_down; rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM
    make_certificates "$pki"

    local names=("$@") name failed=()
    [[ $# -gt 0 ]] || mapfile -t names < <(all_samples)
    for name in "${names[@]}"; do
        record "$name" || failed+=("$name")
    done
    write_gallery
    [[ ${#failed[@]} == 0 ]] || { echo "not recorded: ${failed[*]}" >&2; exit 1; }
}

# Plays one sample in a fresh network and keeps the capture when it proves to be what it should be.
record() (
    trap 'exit 130' INT TERM
    name=$1
    stage=$work/$name
    load_sample "$name" || return 1
    require "${programs[@]}" || { echo "$name: skipped" >&2; return 1; }
    mkdir -p "$stage/www"
    echo "It works." > "$stage/www/index.html"
    cd "$stage" || return 1

    network_up
    prepare
    capture_begin
    play
    capture_end
    network_down
    prove && keep && echo "$name: $(stat -c %s "$samples/$name"/capture.pcap*) bytes"
)

# A sample's own words, with the defaults of what most of them leave out.
load_sample() {
    local file=$samples/$1/record.sh
    [[ -f $file ]] || { echo "no sample is named $1" >&2; return 1; }
    title='' group='' shows='' outcome='' finding='' story='' programs=() proof=() never=()
    keys=no          # yes: the key log is kept beside the capture; inside: it is put into the pcapng
    said=''          # words that the client must have said: the failure is the one that is meant
    only=''          # a display filter: what is kept, where a program does more than the sample is about
    prepare() { :; }
    # shellcheck source=/dev/null
    source "$file"
}

capture_begin() {
    local quiet='not arp and not ip6 multicast and not (icmp6 and ip6[40] >= 133 and ip6[40] <= 137)'
    ip netns exec h2m-client tcpdump -i eth0 -U --immediate-mode -s 0 -Z root -w "$stage/capture.pcap" \
        "$quiet" 2> "$stage/tcpdump.log" &
    capture_pid=$!
    wait_until grep -sq 'listening on' "$stage/tcpdump.log"
}

capture_end() {
    sleep 0.5 # what is still on the wire
    kill -INT "$capture_pid"
    wait "$capture_pid"
    grep -q '^0 packets dropped by kernel' "$stage/tcpdump.log" || echo "$name: the kernel dropped packets" >&2
    if [[ $only ]]; then
        mv "$stage/capture.pcap" "$stage/all.pcap"
        tshark -n -r "$stage/all.pcap" -Y "$only" -F pcap -w "$stage/capture.pcap" 2> /dev/null
    fi
}

# TShark is the independent witness: each filter of `proof` must match a packet, none of `never` may.
prove() {
    local filter
    for filter in "${proof[@]}"; do
        matches "$filter" || { not_proved "no packet matches: $filter"; return 1; }
    done
    for filter in "${never[@]}"; do
        ! matches "$filter" || { not_proved "a packet matches: $filter"; return 1; }
    done
    [[ -z $said ]] || grep -qi -- "$said" "$stage/client.log" || { not_proved "the client never said: $said"; return 1; }
}

matches() { [[ -n $(see -Y "$1") ]]; }

see() { tshark -n -r "$stage/capture.pcap" -o "tls.keylog_file:$stage/keys.log" "$@" 2> /dev/null; }

not_proved() {
    echo "$name: $1" >&2
    see -Y 'tls or dns or icmp or icmpv6 or tcp.flags.syn == 1 or tcp.flags.reset == 1' >&2
    tail -n 5 "$stage"/*.log >&2
}

keep() {
    local folder=$samples/$name
    rm -f "$folder"/capture.pcap* "$folder/keys.log"
    if [[ $keys == inside ]]; then
        editcap --inject-secrets "tls,$stage/keys.log" "$stage/capture.pcap" "$folder/capture.pcapng"
    else
        cp "$stage/capture.pcap" "$folder/capture.pcap"
    fi
    [[ $keys != yes ]] || grep -v '^#' "$stage/keys.log" > "$folder/keys.log"
    write_readme > "$folder/README.md"
    chmod 644 "$folder"/*
    chown --reference="$samples/record.sh" "$folder"/*
}

# The diagram between the markers is drawn later, by h2m embed.
write_readme() {
    local program versions=()
    for program in "${programs[@]}"; do versions+=("$(version_of "$program")"); done
    cat <<END
# $title

$story

<!-- h2m: $(basename "$folder"/capture.pcap*)$([[ $keys != yes ]] || echo ' --key-log keys.log') -->
<!-- /h2m -->

Outcome \`$outcome\`${finding:+, leading finding \`$finding\`}.
$(case $keys in
    yes) echo "The secrets are in \`keys.log\`." ;;
    inside) echo "The secrets are inside the pcapng, in a Decryption Secrets Block." ;;
esac)
Recorded by \`samples/record.sh $name\` with $(join ', ' "${versions[@]}").
END
}

write_gallery() {
    local readme=$samples/README.md table
    table=$(gallery)
    python3 - "$readme" "$table" <<'END'
import re, sys
path, table = sys.argv[1:]
text = open(path, encoding="utf-8").read()
text = re.sub(r"(<!-- gallery:begin -->\n).*?(<!-- gallery:end -->)", lambda m: m[1] + table + "\n" + m[2], text, flags=re.S)
open(path, "w", encoding="utf-8").write(text)
END
}

gallery() (
    local name
    echo '| sample | what it shows | outcome | leading finding | secrets |'
    echo '|---|---|---|---|---|'
    for name in $(all_samples); do
        load_sample "$name"
        [[ $keys == no ]] && keys=''
        echo "| [$name]($name/) | $shows | \`$outcome\` | ${finding:+\`$finding\`} | ${keys/yes/key log} |"
    done
)

# By group, then by name.
all_samples() (
    local wanted file
    for wanted in "${groups[@]}"; do
        for file in "$samples"/*/record.sh; do
            load_sample "$(basename "$(dirname "$file")")"
            [[ $group != "$wanted" ]] || basename "$(dirname "$file")"
        done
    done
)

join() {
    local separator=$1 text=$2 part
    shift 2
    for part in "$@"; do text+=$separator$part; done
    echo "$text"
}

require() {
    local program missing=()
    for program in "$@"; do command -v "$program" > /dev/null || missing+=("$program"); done
    [[ ${#missing[@]} == 0 ]] || { echo "missing: ${missing[*]}" >&2; return 1; }
}

# Tries for ten seconds.
wait_until() {
    local tries
    for ((tries = 0; tries < 200; tries++)); do
        "$@" && return
        sleep 0.05
    done
    echo "$name: waited in vain for: $*" >&2
    return 1
}

source "$samples/stage/network.sh"
source "$samples/stage/certificates.sh"
source "$samples/stage/programs.sh"
main "$@"
