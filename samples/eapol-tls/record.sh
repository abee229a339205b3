title='802.1X at a switch port'
group=carrier
shows='EAP-TLS on the link itself (EAPOL): the TLS 1.3 handshake of a network log-in between two link-layer addresses, before there is any IP'
outcome=established
keys=yes
programs=(wpa_supplicant hostapd)
story='wpa_supplicant logs in at a wired port where hostapd is the authenticator and has its EAP server inside. EAPOL frames (IEEE 802.1X) carry EAP-TLS with
TLS 1.3 (RFC 9190) between the link-layer addresses; there are no IP addresses yet. wpa_supplicant writes no key log: a library put in front of OpenSSL does.'
proof=('eapol.type == 1' 'eap.type == 13 and tls.handshake.type == 1' 'eap.type == 13 and tls.handshake.type == 20' 'eap.code == 3')
never=('ip' 'ipv6')

# clang makes the library.
prepare() { require clang; }

play() {
    echo '"device" TLS' > "$stage/users"
    cat > "$stage/hostapd.conf" << END
driver=wired
interface=client0
ieee8021x=1
eap_server=1
eap_user_file=$stage/users
tls_flags=[ENABLE-TLSv1.3]
ca_cert=$pki/root.pem
server_cert=$pki/www.chain.pem
private_key=$pki/www.key
fragment_size=1000
END
    (in_router hostapd "$stage/hostapd.conf" > "$stage/server.log" 2>&1) &
    disown
    wait_until grep -sq 'AP-ENABLED' "$stage/server.log"
    cat > "$stage/network.conf" << END
ap_scan=0
network={
    key_mgmt=IEEE8021X
    eap=TLS
    identity="device"
    ca_cert="$pki/root.pem"
    client_cert="$pki/client.chain.pem"
    private_key="$pki/client.key"
    fragment_size=1000
    phase1="tls_disable_tlsv1_3=0"
    eapol_flags=0
}
END
    client_with_key_log wpa_supplicant -Dwired -ieth0 -c"$stage/network.conf"
    wait_until grep -sq 'CTRL-EVENT-CONNECTED\|CTRL-EVENT-EAP-FAILURE' "$stage/client.log"
}
