using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Recognition;
using HandshakeToMermaid.Protocols.Tcp;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Protocols.Udp;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Protocols.Dns;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>A conversation over TCP, recorded, recognised and read as of a capture. Bit 0 of an item's tag is its sender; with bit 1 something is missing before it.</summary>
internal static class StreamRun
{
    /// <summary>The tag of what the responder says.</summary>
    public const byte Server = 1;

    /// <summary>The bit of what was lost before.</summary>
    public const byte Lost = 2;

    /// <summary>Everything that is said of it.</summary>
    public static string All(IEnumerable<(byte Tag, byte[] Bytes)> items, ushort port, SecretStore? secrets = null)
    {
        var protocols = new ProtocolCatalog(AnalyzerLimits.Default, secrets ?? new SecretStore(), null, mayBringSecrets: false, verifiesHandshakes: true, [], new LookupRecorder());
        var reader = new FlowReader(new TcpProtocol(), new UdpProtocol(), protocols.Streams, protocols.DatagramFlows, AnalyzerLimits.Default);
        var stream = new PlayedStream(port, null, reader.FilterFor);
        long frame = 0;
        foreach (var (tag, bytes) in items)
        {
            var from = (tag & Server) == 0 ? Direction.Forward : Direction.Reverse;
            var mark = new FrameMark(++frame, new Timestamp(1_700_000_000_000_000_000 + (frame * 1_000_000)));
            if ((tag & Lost) != 0) stream.Gap(from, new StreamGap((GapKind)(bytes.Length % 3), Math.Max(1, bytes.Length), mark));
            stream.Bytes(from, bytes, mark);
        }

        var flow = stream.Record();
        return FactsCheck.All(reader.Read(flow), flow);
    }

    /// <summary>The script of a conversation.</summary>
    public static byte[] Script(IEnumerable<(bool IsFirst, byte[] Bytes)> said) => Structure.Script.Write(said.Select(s => (s.IsFirst ? (byte)0 : Server, s.Bytes)));
}
