title='A database server whose TLS is off'
group=carrier
shows='psql requires TLS, the server answers its SSLRequest with N and psql closes'
outcome=not_tls
finding=starttls-refused
PATH+=:$(echo /usr/lib/postgresql/*/bin) # where Debian keeps the server
programs=(psql postgres dnsmasq)
story='psql with sslmode=require sends an SSLRequest. The server runs with ssl=off, which is the default, and answers with one byte,
N. psql closes the connection and says "server does not support SSL, but SSL was required".'
proof=('tcp.dstport == 5432 and tcp.payload == 00:00:00:08:04:d2:16:2f' 'tcp.srcport == 5432 and tcp.payload == 4e')
never=('tls' 'pgsql.type == "Startup message"')
said='server does not support SSL, but SSL was required'

prepare() { postgresql_serves 'host all all all trust' off; }

play() {
    resolver_knows db.example.com 203.0.113.55
    client psql 'host=db.example.com user=report dbname=sales sslmode=require'
}
