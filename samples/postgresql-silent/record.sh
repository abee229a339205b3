title='A database server that does not respond'
group=path
shows='TCP connects, the SSLRequest is acknowledged, and then nothing: TLS never starts'
outcome=closed_by_client
finding=no-answer
programs=(psql python3 dnsmasq)
story='psql asks for TLS with an SSLRequest. The server accepts the connection and reads, but never answers; after three seconds
psql gives up. No ClientHello was ever sent.'
proof=('tcp.dstport == 5432 and tcp.payload == 00:00:00:08:04:d2:16:2f' 'tcp.flags.fin == 1 and tcp.dstport == 5432')
never=('tcp.srcport == 5432 and tcp.len > 0' 'tls')
said='timeout expired'

play() {
    resolver_knows db.example.com 203.0.113.55
    serve 5432 python3 "$samples/stage/odd_server.py" 5432 silent
    client psql 'host=db.example.com user=report dbname=sales sslmode=require connect_timeout=3'
}
