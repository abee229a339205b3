using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>certificate_authorities (RFC 8446 section 4.2.4): <c>DistinguishedName authorities&lt;3..2^16-1&gt;</c>, each in DER.</summary>
internal sealed class CertificateAuthoritiesExtension : Extension
{
    private CertificateAuthoritiesExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The names, each a DER-encoded DistinguishedName.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Authorities { get; private init; } = [];

    internal static CertificateAuthoritiesExtension Read(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        var reader = new WireReader(data.Span);
        var authorities = ReadNames(ref reader, data);
        reader.End("certificate_authorities");
        return new CertificateAuthoritiesExtension(type, data) { Authorities = authorities, Fault = reader.Fault };
    }

    /// <summary>Reads a list of names, here and in the CertificateRequest of TLS 1.2.</summary>
    internal static List<ReadOnlyMemory<byte>> ReadNames(ref WireReader reader, ReadOnlyMemory<byte> body)
    {
        var names = new List<ReadOnlyMemory<byte>>();
        var box = reader.Enter16("certificate_authorities");
        while (reader.HasMore)
        {
            var name = reader.Vector16("DistinguishedName");
            if (!reader.Fault.IsFault) names.Add(reader.Keep(body, name));
        }

        reader.Leave(box);
        return names;
    }
}
