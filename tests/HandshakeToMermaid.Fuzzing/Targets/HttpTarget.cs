using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>HTTP/1, HTTP/2 with HPACK, and the dialects that upgrade to TLS. Bit 7 of a tag: a header block alone; bits 2 to 6 of the first: the port.</summary>
internal sealed class HttpTarget : FuzzTarget
{
    private const byte Block = 0x80;

    private static readonly ushort[] Ports = [80, 25, 143, 110, 21, 389, 3306, 5432, 3389, 5222, 8080, 587];

    /// <inheritdoc/>
    public override string Name => "http";

    /// <inheritdoc/>
    public override string Summary => "HTTP/1, HTTP/2, HPACK, and cleartext before an upgrade to TLS";

    /// <inheritdoc/>
    public override Grammar Grammar { get; } = Script.Of(tag => (tag & Block) != 0 ? null : TextGrammar.Http);

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (4_000_000, 3_000);

    /// <inheritdoc/>
    public override int ShortRun => 800;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. "\r\n\r\n|PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n|STARTTLS\r\n|220 ready\r\n|a1 OK\r\n|AUTH TLS\r\n|+OK\r\n|CONNECT a:443 HTTP/1.1\r\n|HTTP/1.1 100 Continue\r\n\r\n|Host: |<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>".Split('|').Select(Encoding.Latin1.GetBytes),
        [0, 0, 0, 4, 0, 0, 0, 0, 0], [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2], [0, 0, 1, 1, 4, 0, 0, 0, 1, 0x88], [0, 0, 0, 8, 4, 0xD2, 0x16, 0x2F], [3, 0, 0, 19], [0x30, 0x1D, 2, 1, 1, 0x77], [0x3F, 0xE1, 0xFF, 3], [0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    ];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        foreach (var talk in Conversation.Of(material).Where(c => c.Kind == PacketKind.Tcp && c.Port != 53 && c.Said[0].Bytes is not [22, 3, ..]))
        {
            var port = Math.Max(0, Array.IndexOf(Ports, talk.Port));
            yield return Script.Write(talk.Said.Select(s => ((byte)((port << 2) | (s.IsFirst ? 0 : StreamRun.Server)), s.Bytes)));
        }

        if (!material.Name.EndsWith("tls12-success/capture.pcap", StringComparison.Ordinal) && !material.Name.Contains("http2", StringComparison.Ordinal)) yield break;
        yield return Script.Write([(0, [.. "GET /a HTTP/1.1\r\nHost: a.example\r\nCookie: x\r\n\r\n"u8]), (1, [.. "HTTP/1.1 200 OK\r\nStrict-Transport-Security: max-age=1\r\n\r\nbody"u8])]);
        yield return Script.Write([(0, [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100, 0, 0, 17, 1, 5, 0, 0, 0, 1, .. Request]), (1, [0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1, 1, 4, 0, 0, 0, 1, 0x88])]);
        yield return Script.Write([(Block, Request), (Block, Convert.FromHexString("488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3"))]);
        string[] talks = ["1220 mail ESMTP\r\n|0EHLO me\r\n|1250-mail\r\n250 STARTTLS\r\n|0STARTTLS\r\n|1220 go\r\n", "1* OK [CAPABILITY IMAP4 STARTTLS]\r\n|0a STARTTLS\r\n|1a OK\r\n", "1+OK\r\n|0STLS\r\n|1+OK\r\n", "1220 FTP\r\n|0AUTH TLS\r\n|1234 go\r\n", "0CONNECT a.example:443 HTTP/1.1\r\n\r\n|1HTTP/1.1 200 OK\r\n\r\n"];
        foreach (var (script, i) in talks.Select((script, i) => (script, i))) yield return Script.Write(script.Split('|').Select(said => ((byte)(((i + 1) << 2) | (said[0] - '0')), Encoding.Latin1.GetBytes(said[1..]))));
    }

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        var items = Script.Read(input);
        Invariant.Same(Said(items), Said(items), "same answer twice");
    }

    private static string Said(List<(byte Tag, byte[] Bytes)> items)
    {
        if (items.Count == 0) return "";
        var said = new StringBuilder();
        var decoder = new HpackDecoder();
        foreach (var (_, bytes) in items.Where(i => (i.Tag & Block) != 0))
        {
            var fields = new List<HpackField>();
            said.Append(decoder.TryDecode(bytes, fields)).AppendJoin(' ', fields);
            if (decoder.TableSize is < 0 or > 64 * 1024) throw new InvariantException("HPACK keeps to its table", $"{decoder.TableSize} bytes");
        }

        var talk = items.FindAll(i => (i.Tag & Block) == 0);
        foreach (var client in (Direction?[])[null, Direction.Forward])
        {
            var session = new HttpSession(client is null ? Provenance.Clear : Provenance.Decrypted, client);
            long frame = 0;
            foreach (var (tag, bytes) in talk)
            {
                var from = (tag & StreamRun.Server) == 0 ? Direction.Forward : Direction.Reverse;
                if (!session.IsSatisfied(from)) session.Bytes(from, bytes, new FrameMark(++frame, new Timestamp(frame)));
            }

            foreach (var facts in session.Finish(isClosed: true)) said.AppendJoin(' ', facts.Steps.Select(s => s.Title)).AppendJoin(' ', facts.Originals);
        }

        return said + StreamRun.All(talk, Ports[(items[0].Tag >> 2) % Ports.Length]);
    }

    private static readonly byte[] Request = Convert.FromHexString("828684418cf1e3c2e5f23a6ba0ab90f4ff");
}
