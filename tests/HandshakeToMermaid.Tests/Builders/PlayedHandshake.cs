namespace HandshakeToMermaid.Tests.Builders;

/// <summary>Handshakes as captures, whole ones and such that the client breaks off.</summary>
internal static class PlayedHandshake
{
    /// <summary>A TLS 1.2 handshake with RSA key transport (nothing in it is signed) that the client ends with a fatal alert.</summary>
    public static byte[] Refused(byte alert, params byte[][] chain) => ScriptedCapture.Of(
        ScriptedCapture.Opened + ScriptedCapture.Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + "+20ms;" + ServerFlight(0x002F, chain)
        + ScriptedCapture.Client(TlsBytes.Alert(2, alert)) + "C FIN; S FIN; C ACK");

    /// <summary>The same handshake, completed, with data both ways and a closing alert of each side.</summary>
    public static byte[] Completed(int suite = 0x002F, string pause = "+1ms;", bool hasClosingAlert = true, byte[]? random = null, byte[]? hello = null, params byte[][] chain) => ScriptedCapture.Of(
        ScriptedCapture.Opened + ScriptedCapture.Client(TlsBytes.Handshake(hello ?? TlsBytes.ClientHello12())) + "+20ms;" + ServerFlight(suite, chain, random) + pause
        + ScriptedCapture.Client(TlsBytes.Handshake(TlsBytes.ClientKeyExchange12()), TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished()) + "+20ms;"
        + ScriptedCapture.Server(TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished())
        + ScriptedCapture.Client(TlsBytes.Encrypted(100)) + "+20ms;" + ScriptedCapture.Server(TlsBytes.Encrypted(300))
        + (hasClosingAlert ? ScriptedCapture.Server(TlsBytes.Record(21, TlsBytes.Fill(26))) : "") + "S FIN; C FIN; S ACK");

    /// <summary>A completed handshake, then that many records of data from the server, acknowledged now and then; it goes on at the end.</summary>
    public static byte[] Transfer(int records, params byte[][] chain) => ScriptedCapture.Of(
        ScriptedCapture.Opened + ScriptedCapture.Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + "+20ms;" + ServerFlight(0x002F, chain)
        + ScriptedCapture.Client(TlsBytes.Handshake(TlsBytes.ClientKeyExchange12()), TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished()) + "+20ms;"
        + ScriptedCapture.Server(TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished()) + ScriptedCapture.Client(TlsBytes.Encrypted(100))
        + string.Concat(Enumerable.Repeat(ScriptedCapture.Server(TlsBytes.Encrypted(200)) + ScriptedCapture.Server(TlsBytes.Encrypted(90)) + "C ACK;", records / 2)));

    private static string ServerFlight(int suite, byte[][] chain, byte[]? random = null) => ScriptedCapture.Server(TlsBytes.Handshake(
        TlsBytes.Message(2, TlsBytes.ServerHelloBody(suite, 0x0303, null, random, TlsBytes.Extension(0xFF01, TlsBytes.U8(0)))),
        TlsBytes.Message(11, TlsBytes.Vector24([.. chain.Select(c => TlsBytes.Vector24(c))])),
        TlsBytes.ServerHelloDone()));
}
