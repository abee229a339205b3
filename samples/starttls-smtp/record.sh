title='SMTP with STARTTLS'
group=carrier
shows='greeting, EHLO, STARTTLS and its reply in cleartext, then TLS 1.3 on the same connection'
outcome=established
keys=yes
programs=(openssl python3 dnsmasq)
story='openssl s_client -starttls smtp talks to a mail server that offers STARTTLS, and switches to TLS 1.3.'
proof=('tcp.payload contains "STARTTLS" and tcp.dstport == 587' 'tcp.payload contains "220 2.0.0"' 'tls.handshake.type == 1 and tcp.dstport == 587' 'tls.handshake.type == 20')

play() {
    resolver_knows www.example.com 203.0.113.55
    serve 587 python3 "$samples/stage/starttls_server.py" smtp 587 "$pki/www.chain.pem" "$pki/www.key"
    { sleep 1; printf 'quit\r\n'; sleep 1; } | client openssl s_client -4 -starttls smtp -name client.example.net -connect www.example.com:587 -servername www.example.com \
        -CAfile "$pki/root.pem" -verify_return_error -crlf -keylogfile "$stage/keys.log"
}
