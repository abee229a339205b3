// RFC 6066 section 8:
//   struct { CertificateStatusType status_type; select (status_type) { case ocsp: OCSPStatusRequest; } request; } CertificateStatusRequest;
//   enum { ocsp(1), (255) } CertificateStatusType;
// In a TLS 1.3 Certificate the extension holds a CertificateStatus instead (RFC 8446 section 4.4.2.1).
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>status_request and status_request_v2: the client requests an OCSP response, TLS 1.3 servers deliver it here.</summary>
internal sealed class StatusRequestExtension : Extension
{
    private StatusRequestExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The status type (1 is OCSP); 0 where the extension is empty.</summary>
    public byte StatusType { get; private init; }

    /// <summary>The OCSP response of a TLS 1.3 certificate, DER; empty elsewhere.</summary>
    public ReadOnlyMemory<byte> OcspResponse { get; private init; }

    /// <summary>The same decoded, once for all connections that share this extension; null where there is none.</summary>
    public OcspResponse? Response => field ??= OcspResponse.IsEmpty ? null : Certificates.OcspResponse.Read(OcspResponse);

    internal static Extension Read(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        // The lists of status_request_v2 (RFC 6961) and what a client writes behind the type concern only the server.
        if (type != ExtensionType.StatusRequest) return new OpaqueExtension(type, data);
        if (data.IsEmpty) return new StatusRequestExtension(type, data);
        var reader = new WireReader(data.Span);
        var statusType = reader.U8("status_type");
        ReadOnlyMemory<byte> response = default;
        if (place == MessagePlace.Certificate)
        {
            var taken = reader.Vector24("OCSPResponse");
            response = reader.Keep(data, taken);
            reader.End("status_request");
        }
        else if (statusType == 1)
        {
            reader.Vector16("responder_id_list");
            reader.Vector16("request_extensions");
            reader.End("status_request");
        }

        return new StatusRequestExtension(type, data) { StatusType = statusType, OcspResponse = response, Fault = reader.Fault };
    }
}
