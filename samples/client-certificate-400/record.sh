title='The client certificate is missing, reported by HTTP'
group=client-certificate
shows='the handshake succeeds without a client certificate; the response is 400 "No required SSL certificate was sent"'
outcome=established
finding=client-certificate-missing
keys=yes
programs=(curl nginx dnsmasq)
story='nginx asks for a client certificate. curl has none and sends an empty Certificate; nginx completes the handshake all the
same and rejects the request with "400 Bad Request" and the text "No required SSL certificate was sent".'
proof=('tls.handshake.type == 13' 'tls.handshake.type == 11 and tcp.dstport == 443 and tls.handshake.certificates_length == 0'
       'http.response.code == 400')
said='No required SSL certificate was sent'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www "ssl_protocols TLSv1.3; ssl_session_tickets off; ssl_verify_client on; ssl_client_certificate $pki/root.pem;"
    client_curl -4 --http1.1 https://www.example.com/
}
