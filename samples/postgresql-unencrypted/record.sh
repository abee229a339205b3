title='A database client that never asks for TLS'
group=carrier
shows='the client starts without an SSLRequest and the server refuses it: "no encryption"'
outcome=not_tls
PATH+=:$(echo /usr/lib/postgresql/*/bin) # where Debian keeps the server
programs=(psql postgres dnsmasq)
story='psql with sslmode=disable sends its StartupMessage at once. The server accepts encrypted connections only (hostssl in
pg_hba.conf) and refuses with FATAL 28000: no pg_hba.conf entry for this host, "no encryption".'
proof=('pgsql.type == "Startup message"' 'pgsql.type == "Error" and tcp.srcport == 5432')
never=('tls' 'tcp.payload == 00:00:00:08:04:d2:16:2f')
said='no encryption'

prepare() { postgresql_serves 'hostssl all all all scram-sha-256'; }

play() {
    resolver_knows db.example.com 203.0.113.55
    client psql 'host=db.example.com user=report dbname=sales sslmode=disable'
}
