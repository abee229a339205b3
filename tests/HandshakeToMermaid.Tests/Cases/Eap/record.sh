#!/usr/bin/env bash
# Records the captures of this folder again: EAP in RADIUS over the loopback interface, from eapol_test (supplicant and authenticator in one) to hostapd's
# RADIUS server, and from hostapd as an authenticator of several supplicants.
#
#   sudo tests/HandshakeToMermaid.Tests/Cases/Eap/record.sh
#
# Needs tcpdump, openssl and, on Debian or Ubuntu: apt-get install eapoltest hostapd wpasupplicant. The keys are made for these captures and serve nothing else.

set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"

openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj "/CN=Example Root CA" -keyout ca.key -out ca.pem 2> /dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj "/CN=Other Root CA" -keyout other.key -out other.pem 2> /dev/null
for name in server client; do
    openssl req -newkey rsa:2048 -nodes -keyout $name.key -subj "/CN=$name.example" -out $name.csr 2> /dev/null
    openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 36500 -out $name.pem 2> /dev/null \
        -extfile <(printf 'subjectAltName=DNS:%s.example\nextendedKeyUsage=serverAuth,clientAuth\n' $name)
done

printf '"somebody" TLS\n"md5" MD5 "password"\n"peap" PEAP\n"peap" MSCHAPV2 "password" [2]\n' > users
echo '127.0.0.1/32 testing123' > clients
cat > hostapd.conf << END
driver=none
interface=lo
ieee8021x=1
eap_server=1
eap_user_file=$work/users
ca_cert=$work/ca.pem
server_cert=$work/server.pem
private_key=$work/server.key
radius_server_clients=$work/clients
radius_server_auth_port=1812
fragment_size=600
tls_flags=[ENABLE-TLSv1.3]
END

# play NAME STATION LINES...: a network of eapol_test with these lines
play() {
    printf '%s\n' 'network={' 'ssid="example"' 'key_mgmt=WPA-EAP' 'fragment_size=700' "${@:3}" '}' > "$1.conf"
    timeout 20 eapol_test -c "$1.conf" -a 127.0.0.1 -p 1812 -s testing123 -M "$2" > "$1.log" 2>&1 || true
}

# record NAME: what is played until "finish"
record() {
    tcpdump -i lo --immediate-mode -U -Z root -w "$here/$1.pcap" udp port 1812 2> /dev/null & dump=$!
    sleep 1
}
finish() { sleep 0.5; kill $dump; wait $dump || true; }

hostapd hostapd.conf > hostapd.log 2>&1 &
until ss -lnu | grep -q ':1812 '; do sleep 0.1; done
tls=('eap=TLS' 'identity="somebody"' 'client_cert="client.pem"' 'private_key="client.key"')
v12='phase1="tls_disable_tlsv1_3=1"'

record tls12; play tls12 02:00:00:00:00:01 "${tls[@]}" 'ca_cert="ca.pem"' "$v12"; finish
record tls13; play tls13 02:00:00:00:00:01 "${tls[@]}" 'ca_cert="ca.pem"' 'phase1="tls_disable_tlsv1_3=0"'; finish
record unknown-authority; play unknown 02:00:00:00:00:01 "${tls[@]}" 'ca_cert="other.pem"' "$v12"; finish
record peap; play peap 02:00:00:00:00:01 'eap=PEAP' 'identity="peap"' 'password="password"' 'ca_cert="ca.pem"' "$v12" 'phase2="auth=MSCHAPV2"'; finish
record peap-refused; play peap-refused 02:00:00:00:00:01 'eap=PEAP' 'identity="peap"' 'password="wrong"' 'ca_cert="ca.pem"' "$v12" 'phase2="auth=MSCHAPV2"'; finish
record two; play first 02:00:00:00:00:01 "${tls[@]}" 'ca_cert="ca.pem"' "$v12"; play second 02:00:00:00:00:02 "${tls[@]}" 'ca_cert="ca.pem"' "$v12"; finish
record md5; play md5 02:00:00:00:00:01 'eap=MD5' 'identity="md5"' 'password="password"'; finish
record nak; play nak 02:00:00:00:00:01 'eap=MD5' 'identity="somebody"' 'password="password"'; finish

# Several supplicants at one authenticator, which uses one port of its own for all of them: hostapd on a bridge, wpa_supplicant behind it.
wired=h2m-eap
ip netns add "$wired"
trap 'kill $(jobs -p) 2> /dev/null || true; ip netns pids "$wired" | xargs -r kill -9; ip netns del "$wired"; rm -rf "$work"' EXIT
inside() { ip netns exec "$wired" "$@"; }
inside ip link set lo up
inside ip link add br0 address 02:00:00:00:01:00 type bridge
inside sh -c 'echo 8 > /sys/class/net/br0/bridge/group_fwd_mask' # the address of IEEE 802.1X is forwarded
inside ip link set br0 up
for number in 1 2 3; do
    inside ip link add "s$number" address "02:00:00:00:00:0$number" type veth peer name "p$number"
    inside ip link set "p$number" master br0
    inside ip link set "p$number" type bridge_slave isolated on # supplicants do not hear each other
    for end in s p; do inside sysctl -qw "net.ipv6.conf.$end$number.disable_ipv6=1"; inside ip link set "$end$number" up; done
done
inside hostapd hostapd.conf > hostapd2.log 2>&1 &
cat > authenticator.conf << END
driver=wired
interface=br0
ieee8021x=1
use_pae_group_addr=0
own_ip_addr=127.0.0.1
auth_server_addr=127.0.0.1
auth_server_port=1812
auth_server_shared_secret=testing123
END
inside hostapd authenticator.conf > authenticator.log 2>&1 &
sleep 1
printf '%s\n' 'ap_scan=0' 'eapol_version=2' 'network={' 'key_mgmt=IEEE8021X' 'eapol_flags=0' 'fragment_size=300' "${tls[@]}" 'ca_cert="ca.pem"' "$v12" '}' > wired.conf

# record_wired NAME INTERFACE FILTER NUMBER...: the supplicants of these numbers begin at once
record_wired() {
    inside tcpdump -i "$2" --immediate-mode -U -Z root -w "$here/$1.pcap" "$3" 2> /dev/null & dump=$!
    sleep 1
    local number supplicants=()
    for number in "${@:4}"; do
        inside wpa_supplicant -D wired -i "s$number" -c wired.conf > "wired$number.log" 2>&1 & supplicants+=($!)
    done
    sleep 4
    kill $dump "${supplicants[@]}"; wait $dump "${supplicants[@]}" || true
}
record_wired shared-port lo 'udp port 1812' 1 2 3
