using System.Text;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>Writes the segments of a <see cref="TcpScript"/> as a capture, and TLS messages as statements of such a script.</summary>
internal static class ScriptedCapture
{
    /// <summary>Opens a connection as every script of a handshake begins.</summary>
    public const string Opened = "C SYN; +20ms; S SYN-ACK; C ACK;";

    /// <summary>A capture of the script's segments and ICMP errors; of a segment with "len=" the rest is cut off.</summary>
    public static byte[] Of(string script, ushort port = 443)
    {
        var capture = CaptureFileBuilder.PcapNg();
        foreach (var segment in new TcpScript { Server = new IpEndpoint(IpAddress.Parse("198.51.100.7")!.Value, port) }.Write(script))
        {
            var cut = segment.PayloadLength - segment.Payload.Length;
            var tcp = PacketBuilder.TcpSegment(segment.Source, segment.Destination, segment.Sequence, segment.Acknowledgment, segment.Flags, [.. segment.Payload, .. new byte[cut]], segment.Options, segment.Window);
            var ip = PacketBuilder.Ip(segment.Source.Address, segment.Destination.Address, 6, tcp, segment.TimeToLive, segment.Identification);
            var frame = segment.Icmp is { } error
                ? PacketBuilder.IcmpError(segment.IcmpSender.ToString(), segment.Source.Address.ToString(), error.Type, error.Code, ip, error.NextHopMtu)
                : PacketBuilder.Ethernet(ip);
            capture.Frame(segment.Mark.Time, frame.AsSpan(0, frame.Length - cut), (uint)frame.Length);
        }

        return capture.ToArray();
    }

    /// <summary>"C hex:16...": what the client sends.</summary>
    public static string Client(params byte[][] records) => $"C hex:{Convert.ToHexString(TlsBytes.Join(records))};";

    /// <summary>"S hex:16...": what the server sends.</summary>
    public static string Server(params byte[][] records) => $"S hex:{Convert.ToHexString(TlsBytes.Join(records))};";

    /// <summary>A script whose quoted texts may hold line ends and semicolons.</summary>
    public static string Lines(string script) => Regex.Replace(script, "'([^']*)'", text => $"hex:{Convert.ToHexString(Encoding.Latin1.GetBytes(text.Groups[1].Value))}");

    /// <summary>A pcap file with all its times moved by some days: what was recorded is met at another date.</summary>
    public static byte[] Moved(string path, int days)
    {
        var file = File.ReadAllBytes(path);
        for (var at = 24; at + 16 <= file.Length; at += 16 + BitConverter.ToInt32(file, at + 8))
        {
            BitConverter.TryWriteBytes(file.AsSpan(at), BitConverter.ToUInt32(file, at) + (uint)(days * 86_400));
        }

        return file;
    }
}
