#!/usr/bin/env bash
# Records the captures eapol-*.pcap of this folder again: EAP on the wire between wpa_supplicant and hostapd (wired driver, EAP server inside), over veth.
#
#   sudo tests/HandshakeToMermaid.Tests/Cases/Eap/record-eapol.sh
#
# Needs tcpdump, openssl and, on Debian or Ubuntu: apt-get install hostapd wpasupplicant. The keys are made for these captures and serve nothing else.

set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
sides=(h2m-supplicant h2m-authenticator)
clean() {
    kill $(jobs -p) 2> /dev/null || true
    for side in "${sides[@]}"; do
        ip netns pids "$side" 2> /dev/null | xargs -r kill -9
        ip netns del "$side" 2> /dev/null || true
    done
    rm -rf "$work"
}
trap clean EXIT
cd "$work"

openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj "/CN=Example Root CA" -keyout ca.key -out ca.pem 2> /dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj "/CN=Other Root CA" -keyout other.key -out other.pem 2> /dev/null
for name in server client; do
    openssl req -newkey rsa:2048 -nodes -keyout $name.key -subj "/CN=$name.example" -out $name.csr 2> /dev/null
    openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 36500 -out $name.pem 2> /dev/null \
        -extfile <(printf 'subjectAltName=DNS:%s.example\nextendedKeyUsage=serverAuth,clientAuth\n' $name)
done
printf '"somebody" TLS\n"peap" PEAP\n"peap" MSCHAPV2 "password" [2]\n' > users

for side in "${sides[@]}"; do ip netns add "$side"; done
supplicant() { ip netns exec h2m-supplicant "$@"; }
authenticator() { ip netns exec h2m-authenticator "$@"; }
authenticator ip link add br0 address 02:00:00:00:01:00 type bridge
authenticator sh -c 'echo 8 > /sys/class/net/br0/bridge/group_fwd_mask' # the address of IEEE 802.1X is forwarded
authenticator ip link set br0 up
for number in 1 2; do
    ip link add "s$number" netns h2m-supplicant address "02:00:00:00:00:0$number" type veth peer name "p$number" netns h2m-authenticator
    authenticator ip link set "p$number" master br0
    authenticator ip link set "p$number" type bridge_slave isolated on # supplicants do not hear each other
    supplicant sysctl -qw "net.ipv6.conf.s$number.disable_ipv6=1"
    authenticator sysctl -qw "net.ipv6.conf.p$number.disable_ipv6=1"
    supplicant ip link set "s$number" up
    authenticator ip link set "p$number" up
done

# network FILE LINES...: the configuration of a supplicant
network() { printf '%s\n' "ctrl_interface=$work/control" 'ap_scan=0' 'eapol_version=2' 'network={' 'key_mgmt=IEEE8021X' 'eapol_flags=0' 'fragment_size=700' "${@:2}" '}' > "$1.conf"; }

# serve GROUP: the authenticator, whose answers go to the group address (1) or to the supplicant's own (0)
serve() {
    cat > hostapd.conf << END
driver=wired
interface=br0
ieee8021x=1
use_pae_group_addr=$1
eap_server=1
eap_user_file=$work/users
ca_cert=$work/ca.pem
server_cert=$work/server.pem
private_key=$work/server.key
fragment_size=600
tls_flags=[ENABLE-TLSv1.3]
END
    ip netns exec h2m-authenticator hostapd hostapd.conf > hostapd.log 2>&1 & server=$!
    sleep 1
}

# record NAME SIDE INTERFACE CONFIGURATION NUMBER...: the supplicants of these numbers begin at once; each logs off at last
record() {
    ip netns exec "h2m-$2" tcpdump -i "$3" --immediate-mode -U -Z root -w "$here/$1.pcap" 'ether proto 0x888e' 2> /dev/null & local dump=$!
    sleep 1
    local number joining=()
    for number in "${@:5}"; do
        ip netns exec h2m-supplicant wpa_supplicant -D wired -i "s$number" -c "$4.conf" > "$1-$number.log" 2>&1 & joining+=($!)
    done
    sleep 3
    for number in "${@:5}"; do supplicant wpa_cli -p "$work/control" -i "s$number" logoff > /dev/null || true; done
    sleep 0.5
    kill $dump "${joining[@]}" $server
    wait $dump "${joining[@]}" $server || true
}

tls=('eap=TLS' 'identity="somebody"' 'client_cert="client.pem"' 'private_key="client.key"')
v12='phase1="tls_disable_tlsv1_3=1"'
network tls12 "${tls[@]}" 'ca_cert="ca.pem"' "$v12"
network tls13 "${tls[@]}" 'ca_cert="ca.pem"' 'phase1="tls_disable_tlsv1_3=0"'
network unknown "${tls[@]}" 'ca_cert="other.pem"' "$v12"
network peap 'eap=PEAP' 'identity="peap"' 'password="password"' 'ca_cert="ca.pem"' "$v12" 'phase2="auth=MSCHAPV2"'

serve 0; record eapol-tls12 supplicant s1 tls12 1
serve 0; record eapol-tls13 supplicant s1 tls13 1
serve 1; record eapol-group supplicant s1 tls12 1
serve 0; record eapol-cooked supplicant any tls12 1
serve 0; record eapol-unknown-authority supplicant s1 unknown 1
serve 0; record eapol-peap supplicant s1 peap 1
serve 0; record eapol-two authenticator br0 tls12 1 2
