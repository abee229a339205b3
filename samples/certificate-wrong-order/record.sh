title='The chain is in the wrong order'
group=certificate
shows='leaf, root, intermediate: this client reorders them, others do not'
outcome=established
finding=certificate-wrong-order
programs=(curl nginx dnsmasq)
story='The chain file of nginx was concatenated in the wrong order, with the root (which need not be sent at all) before
the intermediate. OpenSSL copes; stricter clients fail with "unknown authority".'
proof=('tls.handshake.certificates_length > 1200' 'tls.app_data and tcp.srcport == 443')

prepare() {
    cp "$pki/www.key" shuffled.key
    cat "$pki/www.pem" "$pki/root.pem" "$pki/issuing.pem" > shuffled.chain.pem
}

play() {
    resolver_knows www.example.com 203.0.113.55
    pki=$stage nginx_serves_www shuffled 'ssl_protocols TLSv1.2; ssl_session_tickets off;'
    client_curl -4 --http1.1 https://www.example.com/
}
