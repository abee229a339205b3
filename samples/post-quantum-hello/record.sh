title='A post-quantum ClientHello'
group=success
shows='Chromium'\''s ClientHello with an X25519MLKEM768 key share, too large for one packet'
outcome=established
programs=(chromium nginx dnsmasq)
story='Chromium offers X25519MLKEM768 and X25519. The hybrid key share alone is 1,216 bytes, so that the ClientHello is
split over two TCP segments. The server does not support ML-KEM and selects X25519. Chromium also asks for the HTTPS record.'
proof=('tls.handshake.type == 1 and tls.handshake.extensions_key_share_group == 0x11ec'
       'tls.handshake.type == 1 and tcp.segment.count == 2' 'tls.handshake.type == 2' 'tls.app_data and tcp.dstport == 443')
only='not tcp or tcp.stream == 0' # Chromium opens a second connection beside the first

play() {
    resolver_knows www.example.com 203.0.113.55
    nginx_serves_www www 'ssl_protocols TLSv1.3; ssl_session_tickets off;'
    client_chromium https://www.example.com/
}
