#!/usr/bin/env bash
# Records the pairs of captures of ComparisonPairsTests from openssl's client and server on loopback: in each pair one thing differs.
# Needs root (tcpdump) and openssl 3. The certificates are made anew, so both captures of a pair are always recorded together.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
port=4433

# issue NAME SUBJECT ISSUER EXTENSIONS
issue() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -subj "/CN=$2" -out "$1.csr" 2>/dev/null
    openssl x509 -req -in "$1.csr" -CA "$3.pem" -CAkey "$3.key" -days 90 -out "$1.pem" -extfile <(printf '%b' "$4") 2>/dev/null
}
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem -subj "/CN=Example Root CA" -days 365 2>/dev/null
issue sub "Example Issuing CA" root 'basicConstraints=critical,CA:true'
issue leaf www.example.com sub 'subjectAltName=DNS:www.example.com'
issue shop shop.example.com sub 'subjectAltName=DNS:shop.example.com'
issue client "client 1" sub 'extendedKeyUsage=clientAuth'
cat sub.pem root.pem > ca.pem

# run NAME "SERVER OPTIONS" "CLIENT OPTIONS"
run() {
    tcpdump -i lo --immediate-mode -U -Z root -w "$here/$1.pcap" "tcp port $port" 2>tcpdump.log &
    local capture=$!
    until grep -q 'listening on' tcpdump.log; do sleep 0.1; done
    openssl s_server -accept $port -key leaf.key -cert leaf.pem ${chain--cert_chain sub.pem} -www -quiet $2 >/dev/null 2>&1 &
    local server=$!
    until ss -ltn | grep -q ":$port "; do sleep 0.1; done
    timeout 20 openssl s_client -connect 127.0.0.1:$port -CAfile root.pem $3 </dev/null >/dev/null 2>&1 || true
    sleep 1
    kill $server $capture
    wait $server $capture 2>/dev/null || true
    port=$((port + 1))
}

v12='-tls1_2 -servername www.example.com'
run version-good '' '-servername www.example.com'
run version-bad '-no_tls1_3' '-servername www.example.com'
run suite-good '' "$v12 -cipher ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384"
run suite-bad '-cipher ECDHE-ECDSA-AES256-GCM-SHA384' "$v12 -cipher ECDHE-ECDSA-AES128-GCM-SHA256"
run alpn-good '-alpn h2,http/1.1' "$v12 -alpn h2,http/1.1"
run alpn-bad '-alpn h2,http/1.1' "$v12 -alpn http/1.1"
run chain-good '' "$v12 -verify_return_error"
chain='' run chain-bad '' "$v12 -verify_return_error"
run mtls-good '-Verify 2 -CAfile ca.pem' "$v12 -cert client.pem -key client.key"
run mtls-bad '-Verify 2 -CAfile ca.pem' "$v12"
run sni-good '-servername www.example.com -cert2 leaf.pem -key2 leaf.key' "$v12"
run sni-bad '-servername www.example.com -cert2 leaf.pem -key2 leaf.key -servername_fatal' '-tls1_2 -servername shop.example.com'
run ten-good '-servername shop.example.com -cert2 shop.pem -key2 shop.key -alpn h2,http/1.1' "$v12 -alpn h2,http/1.1 -groups X25519:P-256 -status"
run ten-bad '-servername shop.example.com -cert2 shop.pem -key2 shop.key -alpn h2,http/1.1' '-tls1_2 -servername shop.example.com -alpn http/1.1 -groups P-256 -sigalgs ECDSA+SHA384:ECDSA+SHA256 -cipher ECDHE-ECDSA-AES128-GCM-SHA256'
run same-good '' "$v12"
run same-bad '' "$v12"

# A server resumes a session once, and one that was restarted has lost its ticket keys.
session() { timeout 20 openssl s_client -connect 127.0.0.1:$port -CAfile root.pem $v12 "$@" </dev/null >/dev/null 2>&1 || true; }
serve() {
    openssl s_server -accept $port -key leaf.key -cert leaf.pem -cert_chain sub.pem -www -quiet >/dev/null 2>&1 &
    server=$!
    until ss -ltn | grep -q ":$port "; do sleep 0.1; done
}
record() {
    tcpdump -i lo --immediate-mode -U -Z root -w "$here/$1.pcap" "tcp port $port" 2>tcpdump.log &
    capture=$!
    until grep -q 'listening on' tcpdump.log; do sleep 0.1; done
    session -sess_in session.pem
    sleep 1
    kill $capture; wait $capture 2>/dev/null || true
}
serve
session -sess_out session.pem
record resumption-good
kill $server; wait $server 2>/dev/null || true
serve
record resumption-bad
