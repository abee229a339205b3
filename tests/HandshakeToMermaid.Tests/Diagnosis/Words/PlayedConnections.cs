using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Words;

/// <summary>Connections that end early, wait in vain or meet trouble on the path, as scripts, and the port of the server.</summary>
internal static class PlayedConnections
{
    /// <summary>By what happens in them.</summary>
    public static IReadOnlyDictionary<string, (string Script, ushort Port)> All { get; } = new Dictionary<string, (string, ushort)>
    {
        ["tcp: refused"] = ("C SYN; +20ms; S RST-ACK", 443),
        ["tcp: one SYN"] = ("C SYN; +12s; C RST", 443),
        ["tcp: seven SYNs"] = ("C SYN; +1s; C SYN; +2s; C SYN; +4s; C SYN; +8s; C SYN; +16s; C SYN; +32s; C SYN", 443),
        ["tcp: host unreachable"] = ("C SYN; icmp 3.1 from 192.0.2.254", 443),
        ["tcp: prohibited"] = ("C SYN; icmp 3.13 from 192.0.2.254", 443),
        ["tcp: packet too big, in vain"] = ($"{Opened}{Large} icmp 3.4 from 192.0.2.254; +1s; {Large} +12s; C ACK seq+0", 443),
        ["tcp: packet too big, then smaller"] = ($"{Opened}C #1400; icmp 3.4 from 192.0.2.254; C seq=0 #700; C seq=700 #700; S 'ok'; C ACK", 9000),
        ["tcp: router without an MTU"] = ($"{Opened}C #1400; icmp 3.4 from 192.0.2.254; C seq=0 #700; C seq=700 #700; S 'ok'; C ACK", 9001),
        ["tcp: large ClientHello lost"] = ($"{Opened}{Large} +300ms; {Large} +1s; {Large} +12s; C ACK seq+0", 443),
        ["tcp: retransmissions of both"] = ($"{Opened}C seq=0 'one'; +200ms; C seq=0 'one'; +400ms; C seq=0 'one'; S seq=0 'two'; +200ms; S seq=0 'two'; C ACK", 9000),
        ["tcp: one retransmission of the client"] = ($"{Opened}C seq=0 'one'; +200ms; C seq=0 'one'; S seq=0 'two'; +200ms; S seq=0 'two'; +400ms; S seq=0 'two'; C ACK", 9000),
        ["tcp: reset with another TTL"] = ($"C SYN; +100ms; S SYN-ACK; C ACK; {Hello12} +120ms; S RST ttl=40", 443),
        ["tcp: reset too soon"] = ($"C SYN; +100ms; S SYN-ACK; C ACK; {Hello12} +1ms; S RST", 443),
        ["tcp: reset too soon with another TTL"] = ($"C SYN; +100ms; S SYN-ACK; C ACK; {Hello12} +1ms; S RST ttl=40", 443),
        ["tcp: reset before anything"] = ("C SYN; +20ms; S SYN-ACK; S RST ttl=63", 443),
        ["tcp: long way"] = ("C SYN; +600ms; S SYN-ACK; C ACK; C 'hello'; +600ms; S 'hello'; C ACK", 9000),

        ["unused: closed by the client"] = ($"{Opened}{ClientCloses}", 443),
        ["unused: reset by the client"] = ($"{Opened}C RST", 443),
        ["unused: attempt aborted"] = ("C SYN; C RST", 443),
        ["unused: closed by the server"] = ($"{Opened}{ServerCloses}", 443),
        ["unused: reset by the server"] = ($"{Opened}S RST", 443),
        ["unused: no greeting"] = ($"{Opened}+3s; {ClientCloses}", 25),
        ["unused: neither side spoke"] = ($"{Opened}+3s; {ClientCloses}", 9001),

        ["hello: never answered, acknowledged"] = ($"{Opened}{Hello13} S ACK; +12s; {ClientCloses}", 443),
        ["hello: never acknowledged"] = ($"{Opened}{Hello13} +12s; C FIN", 443),
        ["hello: closed by the server"] = ($"{Opened}{Hello13} +20ms; {ServerCloses}", 443),
        ["hello: reset by the server"] = ($"{Opened}{Hello13} +20ms; S RST", 443),
        ["hello: reset by the server, SYN-ACK not captured"] = ($"C SYN; +20ms; lost S SYN-ACK; C ACK; {Hello13} +20ms; S RST", 443),
        ["hello: reset by the server, no name"] = ($"{Opened}{Nameless} +20ms; S RST", 443),
        ["hello: reset by the client"] = ($"{Opened}{Hello13} +20ms; C RST", 443),
        ["hello: closed by the client"] = ($"{Opened}{Hello13} +20ms; S ACK; +30ms; {ClientCloses}", 443),
        ["hello: answered too late"] = ($"{Opened}{Hello13} +20ms; S ACK; +2s; C FIN; S ACK; +500ms; {Answer13} C RST", 443),
        ["hello: answered too late, way not known"] = ($"lost C SYN; +20ms; lost S SYN-ACK; C ACK; {Hello13} +20ms; S ACK; +2s; C FIN; S ACK; +500ms; {Answer13} C RST", 443),
        ["hello: answer lost in part"] = ($"{Opened}{Hello12} lost S #1448; S #798; C ACK ack=0 sack=1448-2246; +5s; C FIN ack=0; S ACK", 443),
        ["hello: answer lost by its number"] = ($"{Opened}{Hello12} S ACK; lost S #300; +8s; C FIN ack=0; S ACK", 443),
        ["hello: answer not yet acknowledged"] = ($"{Opened}{Hello12} {Unacknowledged} +300ms; {Unacknowledged} +1s; {Unacknowledged} +2s; {Unacknowledged}", 443),
        ["hello: answer never acknowledged"] = ($"{Opened}{Hello12} {Unacknowledged} +300ms; {Unacknowledged} +1s; {Unacknowledged} C FIN ack=0", 443),
        ["hello: answered in clear"] = ($"{Opened}{Hello13} {Lines("S 'HTTP/1.1 400 Bad Request\r\n\r\n';")} {ServerCloses}", 80),
        ["hello: a slow server"] = ($"{Opened}{Hello13} +900ms; {Answer13} C ACK", 443),

        ["plain: HTTP refused with 400"] = ($"{Opened}{Lines("C 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'; S 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nno';")} {ServerCloses}", 443),
        ["plain: other data, reset"] = ($"{Opened}{Lines("C '*1\r\n$4\r\nping\r\n';")} S ACK; S RST-ACK", 6380),
        ["plain: other data, alert"] = ($"{Opened}{Lines("C '*1\r\n$4\r\nping\r\n';")} S hex:15030300020246; {ServerCloses}", 9000),

        ["upgrade: no reply"] = ($"{Opened}{SslRequest} S ACK; +3s; {ClientCloses}", 5432),
        ["upgrade: no reply, reset"] = ($"{Opened}{SslRequest} S ACK; +3s; C RST", 5432),
        ["upgrade: no reply, still open"] = ($"{Opened}{SslRequest} S ACK; +12s; C ACK seq+0", 5432),
        ["upgrade: request not acknowledged"] = ($"{Opened}{SslRequest} +3s; C FIN", 5432),
        ["upgrade: closed by the server"] = ($"{Opened}{SslRequest} S ACK; +20ms; {ServerCloses}", 5432),
        ["upgrade: reset by the server"] = ($"{Opened}{SslRequest} S ACK; +20ms; S RST-ACK", 5432),
        ["upgrade: closed by the client too soon"] = ($"{Opened}{SslRequest} S ACK; +20ms; {ClientCloses}", 5432),
        ["upgrade: reset by the client too soon"] = ($"{Opened}{SslRequest} S ACK; +20ms; C RST", 5432),
        ["upgrade: accepted, closed by the client"] = ($"{Opened}{SslRequest} S 'S'; +5ms; {ClientCloses}", 5432),
        ["upgrade: accepted, reset by the client"] = ($"{Opened}{SslRequest} S 'S'; +5ms; C RST", 5432),
        ["upgrade: accepted, closed by the server"] = ($"{Opened}{SslRequest} S 'S'; +5ms; {ServerCloses}", 5432),
        ["upgrade: never asked for"] = ($"{Opened}{Lines("S '220 mail.example ESMTP\r\n'; C 'EHLO x\r\n'; S '250-mail\r\n250 STARTTLS\r\n';")} C ACK; {ClientCloses}", 25),
        ["upgrade: refused"] = ($"{Opened}{SslRequest} S 'N'; {ClientCloses}", 5432),
        ["upgrade: refused by SMTP"] = ($"{Opened}{Lines("S '220 mail.example ESMTP\r\n'; C 'EHLO x\r\n'; S '250-mail\r\n250 STARTTLS\r\n'; C 'STARTTLS\r\n'; S '454 no\r\n'; C 'QUIT\r\n'; S '221 bye\r\n';")} {ServerCloses}", 25),
        ["upgrade: refused, goes on in clear"] = ($"{Opened}{SslRequest} S 'N'; C hex:0000001A00030000757365720070677573657200000000000000; S hex:520000000800000003; {ClientCloses}", 5432),

        ["proxy: 403"] = (Proxied("403 Forbidden"), 8080),
        ["proxy: 407"] = (Proxied("407 Proxy Authentication Required"), 8080),
        ["proxy: 407, still open"] = ($"{Opened}{Lines("C 'CONNECT one.example:443 HTTP/1.1\r\n\r\n'; +5ms; S 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n';")} C ACK", 8080),
        ["proxy: SOCKS, no method accepted"] = ($"{Opened}C hex:050100; +5ms; S hex:05FF; {ClientCloses}", 1080),
        ["proxy: SOCKS, user rejected"] = ($"{Opened}C hex:050102; +5ms; S hex:0502; C hex:0101750170; S hex:0101; {ClientCloses}", 1080),
        ["proxy: SOCKS, refused"] = ($"{Opened}C hex:050100; +5ms; S hex:0500; C hex:05010001C633640701BB; S hex:05050001000000000000; {ClientCloses}", 1080),
    };

    private const string ClientCloses = "C FIN; S FIN; C ACK";
    private const string ServerCloses = "S FIN; C FIN; S ACK";
    private const string SslRequest = "C hex:0000000804D2162F;";

    private static string Hello12 => Client(TlsBytes.Handshake(TlsBytes.ClientHello12()));

    private static string Hello13 => Client(TlsBytes.Handshake(TlsBytes.ClientHello13()));

    private static string Nameless => Client(TlsBytes.Handshake(TlsBytes.Message(1, TlsBytes.ClientHelloBody())));

    private static string Large => $"C seq=0 hex:{Convert.ToHexString(TlsBytes.Handshake(TlsBytes.ClientHello12(null, TlsBytes.Extension(21, new byte[1300]))))};";

    private static string Answer13 => Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.Encrypted(2000));

    private static string Unacknowledged => $"S seq=0 hex:{Convert.ToHexString(TlsBytes.Handshake(TlsBytes.Message(2, TlsBytes.ServerHelloBody(0x002F)), TlsBytes.ServerHelloDone()))};";

    private static string Proxied(string status) => $"{Opened}{Lines($"C 'CONNECT one.example:443 HTTP/1.1\r\n\r\n'; +5ms; S 'HTTP/1.1 {status}\r\n\r\n';")} C ACK; {ClientCloses}";
}
