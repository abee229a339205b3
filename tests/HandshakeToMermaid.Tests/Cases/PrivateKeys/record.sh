#!/usr/bin/env bash
# Records the captures of this folder again: TLS and DTLS whose key exchange is RSA, over the loopback interface.
#
#   sudo tests/HandshakeToMermaid.Tests/Cases/PrivateKeys/record.sh
#
# Needs tcpdump, openssl (3.0 or later) and python3. The keys are made for these captures and serve nothing else.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$work"' EXIT

openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj /CN=rsa.example -addext subjectAltName=DNS:rsa.example \
    -keyout server.pkcs8.pem -out "$work/server.pem" 2> /dev/null
openssl rsa -in server.pkcs8.pem -traditional -out server.pkcs1.pem 2> /dev/null
openssl genrsa -out other.pem 2048 2> /dev/null
openssl rsa -in other.pem -aes128 -traditional -passout pass:secret -out encrypted.pem 2> /dev/null
openssl ecparam -name prime256v1 -genkey -noout -out ec.pem
cp "$work/server.pem" certificate.pem
printf '%s\n' openssl_conf=c '[c]' ssl_conf=s '[s]' system_default=d '[d]' Options=-ExtendedMasterSecret > "$work/plain.cnf"

# record NAME PORT SERVER... -- then the clients are played by the function of that name.
record() {
    local name=$1 port=$2; shift 2
    tcpdump -i lo --immediate-mode -U -Z root -s 0 -w "$work/$name.pcap" port "$port" 2> /dev/null & local dump=$!
    sleep 1
    "$@" < <(sleep 8) > "$work/$name.log" 2>&1 & local server=$!
    until ss -lntu | grep -q ":$port "; do sleep 0.1; done
    "$name"
    sleep 0.5
    kill "$server" 2> /dev/null || true
    wait "$server" 2> /dev/null || true
    sleep 1
    kill "$dump"; wait "$dump" || true
    mv "$work/$name.pcap" "$name.pcap"
}

# Replaces the shell in the background, so that the process that is ended is the server.
server() { exec openssl s_server -accept "$1" -cert "$work/server.pem" -key server.pkcs8.pem "${@:2}"; }
get() { (printf 'GET / HTTP/1.0\r\nHost: rsa.example\r\n\r\n'; sleep 0.4) | openssl s_client -connect 127.0.0.1:"$1" -servername rsa.example "${@:2}" > /dev/null 2>&1 || true; }

full() { get 7001 -cipher AES128-SHA256 -tls1_2; }
session-id() { get 7002 -tls1_2 -no_ticket -sess_out "$work/id"; get 7002 -tls1_2 -no_ticket -sess_in "$work/id"; }

# The first connection goes on while the second, which resumes it, begins and ends.
ticket() {
    (printf 'GET / HTTP/1.0\r\n'; sleep 2; printf '\r\n'; sleep 0.3) | openssl s_client -connect 127.0.0.1:7003 -servername rsa.example -tls1_2 -sess_out "$work/ticket" > /dev/null 2>&1 &
    local first=$!
    sleep 0.7
    get 7003 -tls1_2 -sess_in "$work/ticket"
    wait "$first" || true
}
old-versions() { get 7004 -tls1 -cipher AES128-SHA:@SECLEVEL=0; get 7004 -tls1_1 -cipher AES128-SHA:@SECLEVEL=0; get 7004 -tls1_2 -cipher AES256-GCM-SHA384; }
no-extended-master-secret() { OPENSSL_CONF=$work/plain.cnf get 7005 -tls1_2; }
renegotiation() { (sleep 0.4; printf 'R\n'; sleep 0.6; printf 'hello\n'; sleep 0.4) | openssl s_client -connect 127.0.0.1:7006 -servername rsa.example -tls1_2 > /dev/null 2>&1 || true; }
ephemeral() { get 7007 -tls1_2; get 7007 -tls1_3; }
dtls() { (printf 'hello\n'; sleep 0.4) | openssl s_client -dtls1_2 -connect 127.0.0.1:7008 -servername rsa.example > /dev/null 2>&1 || true; }

record full 7001 server 7001 -www -cipher AES128-SHA256
record session-id 7002 server 7002 -www -cipher AES128-SHA256 -no_ticket
record ticket 7003 python3 "$PWD/serve.py" 7003 "$work/server.pem" server.pkcs8.pem
record old-versions 7004 server 7004 -www -cipher AES128-SHA:AES256-GCM-SHA384:@SECLEVEL=0
record no-extended-master-secret 7005 server 7005 -www -cipher AES128-GCM-SHA256
record renegotiation 7006 server 7006 -cipher AES128-GCM-SHA256 -client_renegotiation
record ephemeral 7007 server 7007 -www -cipher ECDHE-RSA-AES128-GCM-SHA256
record dtls 7008 server 7008 -dtls1_2 -listen -cipher AES128-GCM-SHA256 -quiet
