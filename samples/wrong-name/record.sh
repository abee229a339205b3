title='The certificate does not match the host name'
group=certificate
shows='the client asks for www.example.com and gets the certificate of shop.example.com'
outcome=alert
finding=certificate-name-mismatch
programs=(openssl dnsmasq)
story='The server has a valid certificate, but for shop.example.com. openssl s_client -verify_hostname checks the name
within the handshake and ends it with the alert bad_certificate.'
proof=('tls.handshake.extensions_server_name == "www.example.com"'
       'tls.handshake.type == 11 and x509ce.dNSName == "shop.example.com"'
       'tls.alert_message.desc == 42 and tcp.dstport == 443')
said='hostname mismatch'

play() {
    resolver_knows www.example.com 203.0.113.55
    openssl_serves shop -tls1_2
    client_openssl -tls1_2
}
