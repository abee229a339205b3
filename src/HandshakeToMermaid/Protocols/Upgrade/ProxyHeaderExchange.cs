// The PROXY protocol (haproxy, doc/proxy-protocol.txt), versions 1 and 2: who connects through a load balancer says for whom, once, before anything else.
//   1: "PROXY" | "TCP4", "TCP6" or "UNKNOWN" | source | destination | source port | destination port, as a line of at most 107 bytes
//   2: signature (12) | version 2 (4 bits) | command (4), 0 LOCAL, 1 PROXY | family (4) | protocol (4) | length (2) | addresses and ports | TLVs
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>The header in which a load balancer names the client that it speaks for.</summary>
internal sealed class ProxyHeaderExchange() : ProxyExchange("proxy-protocol", "PROXY protocol")
{
    internal static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    internal static ReadOnlySpan<byte> Line4 => "PROXY TCP4 "u8;

    internal static ReadOnlySpan<byte> Line6 => "PROXY TCP6 "u8;

    internal static ReadOnlySpan<byte> LineUnknown => "PROXY UNKNOWN"u8;

    /// <inheritdoc/>
    public override bool IsBehindProxy => true;

    /// <inheritdoc/>
    public override int Measure(Side from, ReadOnlySpan<byte> bytes)
    {
        if (from == Side.Server) return -1;
        if (bytes[0] == 'P')
        {
            var end = bytes[..Math.Min(bytes.Length, LongestLine)].IndexOf("\r\n"u8);
            return end >= 0 ? end + 2 : bytes.Length < LongestLine ? 0 : -1;
        }

        if (bytes.Length < HeaderLength) return 0;
        return bytes[12] >> 4 == 2 ? HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]) : -1;
    }

    /// <inheritdoc/>
    public override UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit)
    {
        var (version, source, destination) = unit[0] == 'P' ? ReadLine(Encoding.Latin1.GetString(unit[..^2]).Split(' ')) : ReadBinary(unit);
        if (source is null || destination is null) return new UpgradeMessage(UpgradeTransition.Accepted, $"PROXY {version}", new StepFact(Detail.Brief, string.Empty, "no addresses"));
        Addresses = [source.Host, destination.Host];
        return new UpgradeMessage(UpgradeTransition.Accepted, $"PROXY {version}", new StepFact(Detail.Brief, "For", source.ToString()), new StepFact(Detail.Normal, "To", destination.ToString()));
    }

    private static (string Version, ProxyTarget? Source, ProxyTarget? Destination) ReadLine(string[] words)
    {
        if (words.Length != 6 || IpAddress.Parse(words[2]) is not { } source || IpAddress.Parse(words[3]) is not { } destination) return ("v1", null, null);
        var isPorts = ushort.TryParse(words[4], NumberStyles.None, CultureInfo.InvariantCulture, out var from) & ushort.TryParse(words[5], NumberStyles.None, CultureInfo.InvariantCulture, out var to);
        return isPorts ? ("v1", new ProxyTarget(source.ToString(), from), new ProxyTarget(destination.ToString(), to)) : ("v1", null, null);
    }

    private static (string Version, ProxyTarget? Source, ProxyTarget? Destination) ReadBinary(ReadOnlySpan<byte> unit)
    {
        var size = (unit[13] >> 4) switch { 1 => 4, 2 => 16, _ => 0 };
        var isProxy = (unit[12] & 0xF) == 1;
        if (!isProxy || size == 0 || unit.Length < HeaderLength + (2 * size) + 4) return ("v2", null, null);
        var addresses = unit[HeaderLength..];
        var ports = addresses[(2 * size)..];
        return ("v2", new ProxyTarget(IpAddress.FromBytes(addresses[..size]).ToString(), BinaryPrimitives.ReadUInt16BigEndian(ports)),
            new ProxyTarget(IpAddress.FromBytes(addresses.Slice(size, size)).ToString(), BinaryPrimitives.ReadUInt16BigEndian(ports[2..])));
    }

    private const int HeaderLength = 16;
    private const int LongestLine = 107;
}
