// [MS-RDPBCGR] 2.2.1.1 and 2.2.1.2: TPKT (03 00, length), X.224 connection request or confirm, an optional cookie line, and
//   RDP_NEG_REQ = type 1, flags, length 8, requestedProtocols (UINT32, little-endian); RDP_NEG_RSP type 2, RDP_NEG_FAILURE type 3.
// The cookie may name the user and is not read.
using System.Buffers.Binary;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>RDP: the security protocol is negotiated in the connection request.</summary>
internal sealed class RdpExchange() : StartTlsExchange("rdp", "RDP")
{
    /// <inheritdoc/>
    public override int Measure(Side from, ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != 3) return -1;
        if (bytes.Length < 4) return 0;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return length is < ShortestUnit or > MaxBytes ? -1 : length;
    }

    /// <inheritdoc/>
    public override UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit)
    {
        var type = unit[5] & 0xF0;
        var hasNegotiation = unit.Length >= ShortestUnit + 8 && unit[^6] == 8 && unit[^5] == 0;
        var value = hasNegotiation ? BinaryPrimitives.ReadUInt32LittleEndian(unit[^4..]) : 0;
        if (from == Side.Client)
        {
            if (type != ConnectionRequest) return default;
            if (!hasNegotiation || unit[^8] != 1 || value == 0) return new UpgradeMessage(UpgradeTransition.Said, "Connection Request");
            return new UpgradeMessage(UpgradeTransition.Asked, "Connection Request", new StepFact(Detail.Brief, string.Empty, Names(value)));
        }

        if (type != ConnectionConfirm) return default;
        if (!hasNegotiation || (unit[^8] == 2 && value == 0)) return new UpgradeMessage(UpgradeTransition.Refused, "Connection Confirm", new StepFact(Detail.Brief, string.Empty, "standard RDP security"));
        if (unit[^8] == 2) return new UpgradeMessage(UpgradeTransition.Accepted, "Connection Confirm", new StepFact(Detail.Brief, string.Empty, Names(value)));
        return new UpgradeMessage(UpgradeTransition.Refused, "Negotiation Failure", new StepFact(Detail.Brief, string.Empty, Failure(value)));
    }

    private static string Names(uint protocols)
    {
        var names = new List<string>(4);
        if ((protocols & 1) != 0) names.Add("TLS");
        if ((protocols & 2) != 0) names.Add("CredSSP");
        if ((protocols & 4) != 0) names.Add("RDSTLS");
        if ((protocols & 8) != 0) names.Add("CredSSP with early authorization");
        if ((protocols & 16) != 0) names.Add("RDS-AAD");
        return string.Join(", ", names);
    }

    private static string Failure(uint code) => code switch
    {
        1 => "SSL_REQUIRED_BY_SERVER",
        2 => "SSL_NOT_ALLOWED_BY_SERVER",
        3 => "SSL_CERT_NOT_ON_SERVER",
        4 => "INCONSISTENT_FLAGS",
        5 => "HYBRID_REQUIRED_BY_SERVER",
        6 => "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER",
        _ => $"failure code {code}",
    };

    internal const int ConnectionRequest = 0xE0;
    private const int ConnectionConfirm = 0xD0;
    private const int ShortestUnit = 11;
    private const int MaxBytes = 1024;
}
