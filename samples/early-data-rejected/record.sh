title='Early data rejected'
group=negotiation
shows='the session is resumed, but the request sent with the ClientHello is rejected'
outcome=established
finding=early-data-rejected
keys=yes
programs=(openssl nginx dnsmasq)
story='Between the two connections of openssl s_client nginx is restarted with the same ticket key, but with early data
switched off. It resumes the session and drops the early request: no early_data in EncryptedExtensions. The client
sends the request again.'
proof=('tcp.stream == 1 and tls.handshake.type == 1 and tls.handshake.extension.type == 42'
       'tcp.stream == 1 and tls.handshake.type == 2 and tls.handshake.extension.type == 41'
       'tcp.stream == 1 and http.response.code == 200')
never=('tcp.stream == 1 and tls.handshake.type == 5' 'tls.handshake.type == 8 and tls.handshake.extension.type == 42')

prepare() { openssl rand -out ticket.key 80; }

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www "ssl_protocols TLSv1.3; ssl_session_ticket_key $stage/ticket.key; ssl_early_data on;"
    client_openssl -tls1_3 -sess_out session.pem
    server_stops
    nginx_serves_www www "ssl_protocols TLSv1.3; ssl_session_ticket_key $stage/ticket.key;"
    client_openssl -tls1_3 -sess_in session.pem -early_data "$stage/request"
}
