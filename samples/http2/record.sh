title='HTTP/2 by ALPN'
group=success
shows='ALPN settles on h2; SETTINGS and HEADERS follow, decrypted with the secrets inside the capture'
outcome=established
keys=inside
programs=(curl nginx dnsmasq)
story='curl offers h2 and http/1.1 in ALPN over IPv6, nginx chooses h2 in its EncryptedExtensions, and the request
travels as an HTTP/2 HEADERS frame.'
proof=('tls.handshake.type == 8 and tls.handshake.extensions_alpn_str == "h2"' 'http2.headers.method == "GET"'
       'http2.headers.status == 200')

play() {
    resolver_knows www.example.com 203.0.113.55,2001:db8:2::55
    nginx_serves 443 <<END
server {
    listen [::]:443 ssl http2;
    ssl_protocols TLSv1.3;
    server_name www.example.com;
    ssl_certificate $pki/www.chain.pem;
    ssl_certificate_key $pki/www.key;
    add_header Strict-Transport-Security "max-age=31536000";
    return 200 "It works.\n";
}
END
    client_curl --http2 https://www.example.com/
}
