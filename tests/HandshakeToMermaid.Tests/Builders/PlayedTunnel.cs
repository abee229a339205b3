namespace HandshakeToMermaid.Tests.Builders;

/// <summary>A tunnel through a proxy that is spoken to in TLS. The suite with the proxy encrypts nothing (RFC 5246 appendix A.5), so that no keys are needed.</summary>
internal static class PlayedTunnel
{
    private const int NullSha = 0x0002;
    private const int MacLength = 20;

    /// <summary>A handshake inside that the client ends with a fatal alert.</summary>
    /// <param name="proxy">The chain of the proxy.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="chain">The chain of the server.</param>
    public static byte[] Refused(byte[][] proxy, byte alert, params byte[][] chain) => Of(proxy, Hello, Server(Flight(chain)), Client(TlsBytes.Alert(2, alert)));

    /// <summary>A handshake inside that the server ends with a fatal alert.</summary>
    /// <param name="proxy">The chain of the proxy.</param>
    /// <param name="alert">The alert.</param>
    public static byte[] RefusedByServer(byte[][] proxy, byte alert) => Of(proxy, Hello, Server(TlsBytes.Alert(2, alert)));

    /// <summary>A proxy that is asked in HTTP/2 and does not open the tunnel.</summary>
    /// <param name="proxy">The chain of the proxy.</param>
    /// <param name="status">The status of its answer.</param>
    public static byte[] RefusedInHttp2(byte[][] proxy, string status) => ScriptedCapture.Of(
        Handshake(proxy) + Client(TlsBytes.Text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), Frame(4, 0, 0, []), Frame(1, 4, 1, [0x02, 7, .. "CONNECT"u8, 0x01, 15, .. "one.example:443"u8])) + "+20ms;"
        + Server(Frame(4, 0, 0, []), Frame(1, 5, 1, [0x08, 3, .. TlsBytes.Text(status)])) + "C FIN; S FIN; C ACK");

    private static byte[] Frame(int type, int flags, uint stream, byte[] payload) => TlsBytes.Join(TlsBytes.U24(payload.Length), TlsBytes.U8(type), TlsBytes.U8(flags), TlsBytes.U32(stream), payload);

    /// <summary>A handshake inside that is completed.</summary>
    /// <param name="proxy">The chain of the proxy.</param>
    /// <param name="chain">The chain of the server.</param>
    public static byte[] Completed(byte[][] proxy, params byte[][] chain) => Of(
        proxy, Hello, Server(Flight(chain)), Client(TlsBytes.Handshake(TlsBytes.ClientKeyExchange12()), TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished()),
        Server(TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished()), Client(TlsBytes.Encrypted(50)), Server(TlsBytes.Encrypted(90)));

    /// <summary>A handshake inside whose first message is sent three times and never acknowledged; the connection stays open.</summary>
    /// <param name="proxy">The chain of the proxy.</param>
    public static byte[] Unacknowledged(byte[][] proxy)
    {
        var again = $"{Hello.TrimEnd(';')} seq-{(Hello.Length - "C hex:;".Length) / 2};";
        return ScriptedCapture.Of($"{Tunnel(proxy)}C ACK;{Hello}+200ms;{again}+400ms;{again}+800ms;{again}+1600ms;{again}");
    }

    private static string Hello => Client(TlsBytes.Handshake(TlsBytes.ClientHello12()));

    private static byte[] Of(byte[][] proxy, params string[] inside) => ScriptedCapture.Of(Tunnel(proxy) + string.Concat(inside) + "C FIN; S FIN; C ACK");

    private static string Tunnel(byte[][] proxy) =>
        Handshake(proxy) + Client(TlsBytes.Text("CONNECT one.example:443 HTTP/1.1\r\n\r\n")) + "+20ms;" + Server(TlsBytes.Text("HTTP/1.1 200 OK\r\n\r\n"));

    private static string Handshake(byte[][] proxy) =>
        ScriptedCapture.Opened + ScriptedCapture.Client(TlsBytes.Handshake(TlsBytes.Message(1, TlsBytes.ClientHelloBody(0x0303, [NullSha], null, TlsBytes.ServerName("proxy.example"))))) + "+20ms;"
        + ScriptedCapture.Server(Flight(proxy, NullSha)) + ScriptedCapture.Client(TlsBytes.Handshake(TlsBytes.ClientKeyExchange12()), TlsBytes.ChangeCipherSpec(), Finished) + "+20ms;"
        + ScriptedCapture.Server(TlsBytes.ChangeCipherSpec(), Finished);

    private static byte[] Finished => TlsBytes.Record(22, TlsBytes.Join(TlsBytes.Message(20, TlsBytes.Fill(12)), TlsBytes.Fill(MacLength)));

    private static string Client(params byte[][] data) => ScriptedCapture.Client(Carried(data));

    private static string Server(params byte[][] data) => ScriptedCapture.Server(Carried(data));

    private static byte[] Carried(byte[][] data) => TlsBytes.Record(23, TlsBytes.Join([.. data, TlsBytes.Fill(MacLength)]));

    private static byte[] Flight(byte[][] chain, int suite = 0x002F) => TlsBytes.Handshake(
        TlsBytes.Message(2, TlsBytes.ServerHelloBody(suite, 0x0303, null, null, TlsBytes.Extension(0xFF01, TlsBytes.U8(0)))),
        TlsBytes.Message(11, TlsBytes.Vector24([.. chain.Select(c => TlsBytes.Vector24(c))])), TlsBytes.ServerHelloDone());
}
