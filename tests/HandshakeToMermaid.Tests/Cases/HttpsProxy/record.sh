#!/usr/bin/env bash
# Records the captures of this folder again: curl through a proxy that it speaks to within TLS (stunnel before Tinyproxy), over the loopback interface.
#
#   sudo tests/HandshakeToMermaid.Tests/Cases/HttpsProxy/record.sh
#
# Needs, on Debian or Ubuntu: apt-get install tcpdump openssl curl stunnel4 tinyproxy

set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"
for name in proxy www; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj /CN=$name.example -addext subjectAltName=DNS:$name.example,DNS:localhost -keyout $name.key -out $name.pem 2> /dev/null
done
cat proxy.pem www.pem > ca.pem
printf 'foreground = yes\npid =\n[proxy]\naccept = 127.0.0.1:7443\nconnect = 127.0.0.1:7444\ncert = proxy.pem\nkey = proxy.key\n' > stunnel.conf
printf 'Port 7444\nListen 127.0.0.1\nTimeout 10\nAllow 127.0.0.1\nConnectPort 7445\n' > tinyproxy.conf
stunnel4 stunnel.conf > stunnel.log 2>&1 &
tinyproxy -d -c tinyproxy.conf > tinyproxy.log 2>&1 &
openssl s_server -accept 7445 -www -cert www.pem -key www.key > server.log 2>&1 < <(sleep 30) &
printf 'foreground = yes\npid =\n[proxy]\naccept = 127.0.0.1:7453\nconnect = 127.0.0.1:7454\ncert = proxy.pem\nkey = proxy.key\n' > stunnel2.conf
printf 'Port 7454\nListen 127.0.0.1\nTimeout 10\nAllow 127.0.0.1\nConnectPort 7445\nBasicAuth visitor example\n' > tinyproxy2.conf
stunnel4 stunnel2.conf > stunnel2.log 2>&1 &
tinyproxy -d -c tinyproxy2.conf > tinyproxy2.log 2>&1 &
for port in 7443 7444 7445 7453 7454; do until ss -lnt | grep -q ":$port "; do sleep 0.1; done; done

# record NAME URL [PORT OF THE PROXY [AUTHORITY OF THE SERVER]]
record() {
    local proxy=${3-7443}
    tcpdump -i lo --immediate-mode -U -Z root -w "$here/$1.pcap" port "$proxy" 2> /dev/null & local dump=$!
    sleep 1
    SSLKEYLOGFILE=$work/$1.log curl -s -m 10 --cacert "${4-ca.pem}" --proxy-cacert ca.pem --resolve "proxy.example:$proxy:127.0.0.1" \
        --proxy "https://proxy.example:$proxy" "$2" > /dev/null || true
    sleep 0.5
    kill $dump
    wait $dump || true
    grep -v '^#' "$1.log" > "$here/$1.keys"
}

record opened https://localhost:7445/
record refused https://localhost:7446/
record credentials https://localhost:7445/ 7453
record untrusted https://localhost:7445/ 7443 proxy.pem
