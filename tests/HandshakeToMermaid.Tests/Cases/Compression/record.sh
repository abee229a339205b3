#!/usr/bin/env bash
# Records the captures of this folder again: TLS 1.2 whose records are compressed by DEFLATE, and one whose records are not, over the loopback interface.
#
#   sudo OPENSSL=/path/to/openssl tests/HandshakeToMermaid.Tests/Cases/Compression/record.sh
#
# Needs tcpdump and an openssl that was built with zlib, as distributions no longer do: ./Configure zlib no-shared && make apps/openssl

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
openssl=${OPENSSL-openssl}
work=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$work"' EXIT
"$openssl" req -x509 -newkey rsa:2048 -nodes -days 36500 -subj /CN=one.example -addext subjectAltName=DNS:one.example \
    -config <(printf '[req]\ndistinguished_name=n\n[n]\n') -keyout "$work/key.pem" -out "$work/cert.pem" 2> /dev/null

# record NAME PORT OPTIONS...
record() {
    tcpdump -i lo --immediate-mode -U -Z root -w "$1.pcap" port "$2" 2> /dev/null & local dump=$!
    sleep 1
    "$openssl" s_server -accept "$2" -www -tls1_2 -cert "$work/cert.pem" -key "$work/key.pem" -cipher "$4" "$3" < <(sleep 8) > "$work/server.log" 2>&1 & local server=$!
    until ss -lnt | grep -q ":$2 "; do sleep 0.1; done
    (printf 'GET / HTTP/1.0\r\nHost: one.example\r\nCookie: a=%0200d\r\n\r\n' 7; sleep 0.6) | "$openssl" s_client -connect "127.0.0.1:$2" -servername one.example -tls1_2 \
        -cipher "$4" "$3" -keylogfile "$work/$1.log" > "$work/client.log" 2>&1 || true
    sleep 0.5
    kill "$server" "$dump"
    wait "$server" "$dump" 2> /dev/null || true
    grep -v '^#' "$work/$1.log" > "$1.keys"
}

record deflate 7101 -comp ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0
record deflate-cbc 7102 -comp AES128-SHA:@SECLEVEL=0
record none 7103 -no_comp ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0
