title='A database server without TLS'
group=carrier
shows='the client sends SSLRequest, the server answers N and the client closes'
outcome=not_tls
finding=starttls-refused
programs=(openssl python3 dnsmasq)
story='openssl s_client -starttls postgres asks a database server for TLS. The server has none and says so with one byte, N;
libpq says to its user "server does not support SSL, but SSL was required".'
proof=('tcp.dstport == 5432 and tcp.payload == 00:00:00:08:04:d2:16:2f' 'tcp.srcport == 5432 and tcp.payload == 4e')

play() {
    resolver_knows db.example.com 203.0.113.55
    serve 5432 python3 "$samples/stage/starttls_server.py" postgres-refuses 5432
    client openssl s_client -4 -starttls postgres -connect db.example.com:5432
}
