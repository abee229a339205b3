// The SSL Protocol, version 2.0 (Netscape, 1995), SERVER-HELLO:
//   char MSG-SERVER-HELLO (4), SESSION-ID-HIT, CERTIFICATE-TYPE; uint16 SERVER-VERSION, CERTIFICATE-LENGTH, CIPHER-SPECS-LENGTH,
//   CONNECTION-ID-LENGTH; char CERTIFICATE-DATA[], CIPHER-SPECS-DATA[], CONNECTION-ID-DATA[]
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>SERVER-HELLO of SSL 2.0, from behind its message type.</summary>
internal sealed class Ssl2ServerHello : HandshakeMessage
{
    private Ssl2ServerHello()
        : base(HandshakeType.ServerHello)
    {
    }

    /// <summary>True where the server knows the session.</summary>
    public bool IsSessionIdHit { get; private init; }

    /// <summary>The version field: 0x0002.</summary>
    public ProtocolVersion Version { get; private init; }

    /// <summary>The server's certificate; null where the session is known.</summary>
    public CertificateEntry? Certificate { get; private init; }

    /// <summary>The ciphers that the server shares with the client; the client chooses.</summary>
    public IReadOnlyList<CipherSuite> CipherSuites { get; private init; } = [];

    /// <summary>Random bytes that stand for the connection.</summary>
    public ReadOnlyMemory<byte> ConnectionId { get; private init; }

    internal static Ssl2ServerHello Read(ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body.Span);
        var hit = reader.U8("SESSION-ID-HIT") != 0;
        reader.U8("CERTIFICATE-TYPE");
        var version = new ProtocolVersion(reader.U16("SERVER-VERSION"));
        int certificate = reader.U16("CERTIFICATE-LENGTH"), specs = reader.U16("CIPHER-SPECS-LENGTH"), id = reader.U16("CONNECTION-ID-LENGTH");
        var der = reader.Keep(body, reader.Take(certificate, "CERTIFICATE-DATA"));
        var suites = new List<CipherSuite>();
        var box = reader.Enter(specs, "CIPHER-SPECS-DATA");
        while (reader.HasMore) suites.Add(new CipherSuite(reader.U24("CIPHER-KIND")));
        reader.Leave(box);
        var connectionId = reader.Keep(body, reader.Take(id, "CONNECTION-ID-DATA"));
        reader.End("SERVER-HELLO");
        return new Ssl2ServerHello
        {
            IsSessionIdHit = hit, Version = version, CipherSuites = suites, ConnectionId = connectionId, Fault = reader.Fault,
            Certificate = der.IsEmpty ? null : new CertificateEntry(Certificates.Certificate.Read(der), ExtensionList.Empty),
        };
    }
}
