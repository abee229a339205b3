title='802.1X with EAP-TLS'
group=carrier
shows='EAP-TLS in RADIUS: the TLS handshake of a network log-in between supplicant, authenticator and server, both certificates in fragments'
outcome=established
keys=no
programs=(hostapd eapol_test)
story='eapol_test logs in to a network as hostapd'"'"'s RADIUS server wants it: with a certificate, inside EAP (RFC 5216). It plays the device and the
access point, so the capture is that of an authenticator'"'"'s uplink. EAP packets are small: the certificates come in fragments.'
proof=('eap.type == 13 and tls.handshake.type == 1' 'eap.type == 13 and tls.handshake.type == 11 and udp.dstport == 1812' 'eap.code == 3')

play() {
    echo '"device" TLS' > "$stage/users"
    echo '192.0.2.10/32 of-the-sample' > "$stage/clients"
    cat > "$stage/hostapd.conf" << END
driver=none
interface=lo
ieee8021x=1
eap_server=1
eap_user_file=$stage/users
ca_cert=$pki/root.pem
server_cert=$pki/www.chain.pem
private_key=$pki/www.key
radius_server_clients=$stage/clients
radius_server_auth_port=1812
fragment_size=500
END
    (in_server hostapd "$stage/hostapd.conf" > "$stage/server.log" 2>&1) &
    disown
    wait_until listens server u 1812
    cat > "$stage/network.conf" << END
network={
    ssid="example"
    key_mgmt=WPA-EAP
    eap=TLS
    identity="device"
    ca_cert="$pki/root.pem"
    client_cert="$pki/client.chain.pem"
    private_key="$pki/client.key"
    fragment_size=500
    phase1="tls_disable_tlsv1_3=1"
}
END
    client eapol_test -c "$stage/network.conf" -a 203.0.113.55 -p 1812 -s of-the-sample -M 02:00:5e:10:00:01
}
