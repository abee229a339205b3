title='The wrong name, noticed after the handshake'
group=certificate
shows='the client completes the handshake, then finds that the name does not match and closes without an alert'
outcome=established
finding=certificate-name-mismatch
programs=(curl nginx dnsmasq)
story='As wrong-name, but the client is curl, which compares the names only when the handshake is over: no alert tells why
it closes without having sent a request. Its user reads "no alternative certificate subject name matches".'
proof=('tls.handshake.type == 11 and x509ce.dNSName == "shop.example.com"' 'tls.change_cipher_spec and tcp.srcport == 443')
never=('tls.app_data' 'tls.alert_message.level == 2')
said='no alternative certificate subject name matches'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www shop 'ssl_protocols TLSv1.2; ssl_session_tickets off;'
    client_curl -4 --http1.1 https://www.example.com/
}
