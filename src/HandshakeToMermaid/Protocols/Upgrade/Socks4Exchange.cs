// SOCKS: A protocol for TCP proxy across firewalls (version 4), and SOCKS 4A:
//   request = 4 | command 1 (CONNECT) | port (2) | address (4) | user identifier | 0 [| host name | 0, where the address is 0.0.0.x with x not 0]
//   reply   = 0 | 90 granted, 91 to 93 refused | port (2) | address (4)
// The user identifier is not reported.
using System.Buffers.Binary;
using System.Text;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>A tunnel through a SOCKS 4 proxy, by address or (4a) by name.</summary>
internal sealed class Socks4Exchange() : ProxyExchange("socks4", "SOCKS 4")
{
    /// <inheritdoc/>
    public override int Measure(Side from, ReadOnlySpan<byte> bytes) => from == Side.Server ? (bytes[0] == 0 ? ReplyLength : -1) : bytes[0] == 4 ? LengthOf(bytes) : -1;

    /// <inheritdoc/>
    public override UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit)
    {
        if (from == Side.Client)
        {
            var name = HasName(unit) ? unit[(8 + unit[8..].IndexOf((byte)0) + 1)..^1] : default;
            var host = name.IsEmpty ? IpAddress.FromBytes(unit.Slice(4, 4)).ToString() : Encoding.Latin1.GetString(name);
            Target = new ProxyTarget(host, BinaryPrimitives.ReadUInt16BigEndian(unit[2..]));
            return new UpgradeMessage(UpgradeTransition.Asked, name.IsEmpty ? "SOCKS 4 CONNECT" : "SOCKS 4a CONNECT", TargetFacts);
        }

        if (unit[1] == Granted) return new UpgradeMessage(UpgradeTransition.Accepted, "Request granted");
        return new UpgradeMessage(UpgradeTransition.Refused, "Request rejected", new StepFact(Detail.Brief, string.Empty, unit[1] switch
        {
            91 => "rejected or failed",
            92 => "identd on the client is unreachable",
            93 => "the client's identd reports another user",
            _ => $"code {unit[1]}",
        }));
    }

    /// <summary>Length of a request; 0 if more bytes are needed, negative if it is none.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 9) return 0;
        var user = bytes[8..].IndexOf((byte)0);
        if (user < 0) return bytes.Length > 8 + LongestText ? -1 : 0;
        var end = 8 + user + 1;
        if (!HasName(bytes)) return end;
        var name = bytes[end..].IndexOf((byte)0);
        return name < 0 ? (bytes.Length > end + LongestText ? -1 : 0) : end + name + 1;
    }

    /// <summary>True for SOCKS 4a.</summary>
    internal static bool HasName(ReadOnlySpan<byte> request) => (request[4] | request[5] | request[6]) == 0 && request[7] != 0;

    private const int ReplyLength = 8;
    private const byte Granted = 90;
    private const int LongestText = 255;
}
