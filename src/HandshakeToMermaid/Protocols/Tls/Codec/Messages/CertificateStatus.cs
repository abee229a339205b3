using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>
/// CertificateStatus (RFC 6066 section 8): <c>CertificateStatusType status_type; opaque OCSPResponse&lt;1..2^24-1&gt;</c>.
/// Of the several responses of RFC 6961 only the first is stored.
/// </summary>
internal sealed class CertificateStatus : HandshakeMessage
{
    private CertificateStatus()
        : base(HandshakeType.CertificateStatus)
    {
    }

    /// <summary>1 is OCSP, 2 is several OCSP responses.</summary>
    public byte StatusType { get; private init; }

    /// <summary>The OCSP response, DER.</summary>
    public ReadOnlyMemory<byte> OcspResponse { get; private init; }

    /// <summary>The same decoded, once for all connections that share this message; null where there is none.</summary>
    public OcspResponse? Response => field ??= OcspResponse.IsEmpty ? null : Certificates.OcspResponse.Read(OcspResponse);

    internal static CertificateStatus Read(ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body.Span);
        var statusType = reader.U8("status_type");
        ReadOnlyMemory<byte> response = default;
        switch (statusType)
        {
            case 1:
                response = reader.Keep(body, reader.Vector24("OCSPResponse"));
                break;
            case 2:
                var box = reader.Enter24("ocsp_response_list");
                if (reader.HasMore) response = reader.Keep(body, reader.Vector24("OCSPResponse"));
                while (reader.HasMore) reader.Vector24("OCSPResponse");
                reader.Leave(box);
                break;
            default:
                reader.Fail(FaultKind.BadValue, "status_type");
                break;
        }

        reader.End("CertificateStatus");
        return new CertificateStatus { StatusType = statusType, OcspResponse = response, Fault = reader.Fault };
    }
}
