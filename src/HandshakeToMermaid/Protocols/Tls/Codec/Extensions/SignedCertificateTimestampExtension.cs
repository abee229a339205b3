using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>
/// signed_certificate_timestamp (RFC 6962 section 3.3): empty from a client, <c>SerializedSCT sct_list&lt;1..2^16-1&gt;</c>
/// from a server. The timestamps are counted, not decoded.
/// </summary>
internal sealed class SignedCertificateTimestampExtension : Extension
{
    private SignedCertificateTimestampExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>How many timestamps there are.</summary>
    public int TimestampCount { get; private init; }

    internal static SignedCertificateTimestampExtension Read(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        if (place is MessagePlace.ClientHello or MessagePlace.CertificateRequest && data.IsEmpty) return new SignedCertificateTimestampExtension(type, data);
        var reader = new WireReader(data.Span);
        var count = 0;
        var box = reader.Enter16("sct_list");
        while (reader.HasMore)
        {
            reader.Vector16("SerializedSCT");
            if (!reader.Fault.IsFault) count++;
        }

        reader.Leave(box);
        reader.End("signed_certificate_timestamp");
        return new SignedCertificateTimestampExtension(type, data) { TimestampCount = count, Fault = reader.Fault };
    }
}
