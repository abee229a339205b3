title='A stapled OCSP response'
group=success
shows='the server staples an OCSP response (CertificateStatus): its certificate is not revoked'
outcome=established
programs=(curl nginx openssl dnsmasq)
story='curl --cert-status asks for a staple (status_request) and nginx sends the answer of the OCSP responder of
Example Issuing CA beside its certificate, so that the client need not ask there itself. TLS 1.2, so that it can be read.'
proof=('tls.handshake.type == 1 and tls.handshake.extension.type == 5' 'tls.handshake.type == 22'
       'tls.app_data and tcp.srcport == 443')

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www "ssl_protocols TLSv1.2; ssl_stapling on; ssl_stapling_file $pki/www.ocsp;"
    client_curl -4 --http1.1 --cert-status https://www.example.com/
}
