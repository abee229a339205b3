// RFC 1928 sections 3 to 6, RFC 1929:
//   client: 5 | count | methods            server: 5 | method (255: none is acceptable)
//   client: 1 | length | user | length | password      server: 1 | status (0: success)     with method 2
//   client: 5 | command 1 (CONNECT) | 0 | type (1 IPv4, 3 name, 4 IPv6) | address | port (2)
//   server: 5 | reply (0: succeeded) | 0 | type | address | port (2)
// User and password are stepped over. Other methods that exchange messages (GSS-API) are not followed.
using System.Buffers.Binary;
using System.Text;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>A tunnel through a SOCKS 5 proxy.</summary>
internal sealed class Socks5Exchange() : ProxyExchange("socks5", "SOCKS 5")
{
    private bool hasOffered;
    private bool hasChosen;

    /// <inheritdoc/>
    public override int Measure(Side from, ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] is not (1 or 5)) return -1;
        if (bytes.Length < 2) return 0;
        if (from == Side.Client)
        {
            if (!hasOffered) return 2 + bytes[1];
            if (bytes[0] == 5) return LengthOfRequest(bytes);
            var password = 2 + bytes[1];
            return bytes.Length <= password ? 0 : password + 1 + bytes[password];
        }

        return bytes[0] == 1 || !IsReply(bytes) ? 2 : LengthOfRequest(bytes);
    }

    /// <inheritdoc/>
    public override UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit) => from == Side.Client ? Request(unit) : Reply(unit);

    private UpgradeMessage Request(ReadOnlySpan<byte> unit)
    {
        if (!hasOffered)
        {
            hasOffered = true;
            var methods = unit[2..].ToArray().Select(NameOf);
            return new UpgradeMessage(UpgradeTransition.Said, "SOCKS 5 greeting", new StepFact(Detail.Normal, "Methods", string.Join(", ", methods)));
        }

        if (unit[0] == 1) return new UpgradeMessage(UpgradeTransition.Said, "User name and password", new StepFact(Detail.Normal, string.Empty, "in cleartext"));
        if (unit.Length < 7 || unit[1] != Connect) return new UpgradeMessage(UpgradeTransition.Said, "SOCKS 5 request");
        var port = BinaryPrimitives.ReadUInt16BigEndian(unit[^2..]);
        Target = new ProxyTarget(unit[3] == Name3 ? Encoding.Latin1.GetString(unit[5..^2]) : IpAddress.FromBytes(unit[4..^2]).ToString(), port);
        return new UpgradeMessage(UpgradeTransition.Asked, "SOCKS 5 CONNECT", TargetFacts);
    }

    private UpgradeMessage Reply(ReadOnlySpan<byte> unit)
    {
        if (!IsReply(unit))
        {
            hasChosen = true;
            if (unit[1] == NoMethod) return new UpgradeMessage(UpgradeTransition.Refused, "Method", new StepFact(Detail.Brief, string.Empty, "no acceptable methods"));
            return new UpgradeMessage(UpgradeTransition.Said, "Method", new StepFact(Detail.Normal, string.Empty, NameOf(unit[1])));
        }

        if (unit[0] == 1)
        {
            return unit[1] == 0
                ? new UpgradeMessage(UpgradeTransition.Said, "Authentication", new StepFact(Detail.Normal, string.Empty, "success"))
                : new UpgradeMessage(UpgradeTransition.Refused, "Authentication", new StepFact(Detail.Brief, string.Empty, "failure"));
        }

        if (unit[1] == 0) return new UpgradeMessage(UpgradeTransition.Accepted, "Succeeded");
        return new UpgradeMessage(UpgradeTransition.Refused, "Reply", new StepFact(Detail.Brief, string.Empty, unit[1] switch
        {
            1 => "general SOCKS server failure",
            2 => "connection not allowed by ruleset",
            3 => "network unreachable",
            4 => "host unreachable",
            5 => "connection refused",
            6 => "TTL expired",
            7 => "command not supported",
            8 => "address type not supported",
            _ => $"code {unit[1]}",
        }));
    }

    /// <summary>A choice of a method has two bytes; a reply that stands where it should was not preceded by one in the capture.</summary>
    private bool IsReply(ReadOnlySpan<byte> bytes) => hasChosen || (bytes.Length >= 4 && bytes[2] == 0 && bytes[3] is (1 or Name3 or 4));

    private static int LengthOfRequest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 5) return 0;
        return bytes[3] switch { 1 => 10, Name3 => 7 + bytes[4], 4 => 22, _ => -1 };
    }

    private static string NameOf(byte method) => method switch
    {
        0 => "no authentication",
        1 => "GSS-API",
        2 => "user name and password",
        3 => "CHAP",
        5 => "CRAM",
        6 => "TLS",
        _ => $"method {method}",
    };

    private const byte Connect = 1;
    private const byte Name3 = 3;
    private const byte NoMethod = 0xFF;
}
