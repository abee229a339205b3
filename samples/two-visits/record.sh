title='Two connections of one program'
group=success
shows='a second resolution and connection to the same name while the first is still open'
outcome=established
programs=(python3 nginx dnsmasq)
story='A Python program connects, and a second later connects once more while the first connection is still open. Each
connection has DNS queries of its own, although the name and the address are the same.'
proof=('tcp.stream == 1 and tls.handshake.type == 2' 'dns.qry.type == 1 and dns.flags.response == 0 and frame.time_relative > 1')
said='HTTP/1.1 200 OK'

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.3;'
    client python3 - "$pki/root.pem" <<'END'
import socket, ssl, sys, time

context = ssl.create_default_context(cafile=sys.argv[1])


def visit():
    connection = context.wrap_socket(socket.create_connection(("www.example.com", 443)), server_hostname="www.example.com")
    connection.sendall(b"GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n")
    print(connection.recv(4096).decode())
    return connection


first = visit()
time.sleep(1)
second = visit()
first.close()
second.close()
END
}
