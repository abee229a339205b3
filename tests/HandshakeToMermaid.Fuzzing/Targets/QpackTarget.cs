using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>
/// HTTP/3 and QPACK. Bit 7 of a tag: a field section alone; bit 6: instructions of an encoder stream alone; else bit 0 is the sender and bits 1 to 5
/// the number of a stream.
/// </summary>
internal sealed class QpackTarget : FuzzTarget
{
    private const byte Section = 0x80;
    private const byte Instructions = 0x40;

    /// <inheritdoc/>
    public override string Name => "qpack";

    /// <inheritdoc/>
    public override string Summary => "HTTP/3 frames and streams, QPACK instructions and field sections";

    /// <inheritdoc/>
    public override Grammar Grammar { get; } = Script.Of(_ => null);

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (4_000_000, 3_000);

    /// <inheritdoc/>
    public override int ShortRun => 800;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        [0, 4, 3, 1, 0x40, 0xDC], [2, 0x3F, 0xE1, 0xFF, 3], [1, 5, 0, 0, 0xD1, 0xD7, 0xC1], [1, 3, 0, 0, 0xD9], [0x3F, 0xBD, 1], [0xC0, 1, 0x61], [0x41, 0x61, 1, 0x62], [3, 0x81, 0x10, 0x11], [5, 0, 0x80, 0xC1, 0x81], [0x7F, 0xE1, 0x1E],
        [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0x51, 0x0B], [0x21, 0x61, 0], [0x00, 0x61], [0x02],
    ];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        if (!material.Name.Contains("quic-success", StringComparison.Ordinal)) yield break;
        yield return Script.Write([(Instructions, Hex("3fbd01c00f7777772e6578616d706c652e636f6dc10c2f73616d706c652f70617468")), (Section, Hex("03811011")), (Instructions, Hex("4a637573746f6d2d6b65790c637573746f6d2d76616c756502")), (Section, Hex("050080c181"))]);
        yield return Script.Write([(4, Hex("00040140dc")), (1 | 6, Hex("0004030140dc")), (0, Hex("01050000d1d7c1")), (1, Hex("01030000d8")), (1, Hex("01040000d9f8"))]);
        yield return Script.Write([(1 | 6, Hex("0004030140dc")), (0, Hex("010603811011d1d7")), (12, Hex("023fbd01c00f7777772e6578616d706c652e636f6dc10c2f73616d706c652f70617468")), (1, Hex("0104000056310034"))]);
    }

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        var items = Script.Read(input);
        Invariant.Same(Said(items), Said(items), "same answer twice");
    }

    private static string Said(List<(byte Tag, byte[] Bytes)> items)
    {
        var said = new StringBuilder();
        var table = new QpackTable();
        var (encoder, decoder) = (new QpackEncoderReader(table), new QpackDecoder(table));
        var session = new Http3Session(Direction.Forward);
        long frame = 0;
        foreach (var (tag, bytes) in items)
        {
            if ((tag & Section) != 0)
            {
                var fields = new List<HpackField>();
                said.Append(decoder.Decode(bytes, (tag & 1) == 0 ? 220 : null, fields)).AppendJoin(' ', fields);
            }
            else if ((tag & Instructions) != 0)
            {
                encoder.Feed(bytes);
                if (table.Size < 0 || table.Size > table.Capacity || table.Capacity > 64 * 1024) throw new InvariantException("QPACK keeps to its table", $"{table.Size} of {table.Capacity} bytes");
            }
            else if (!session.IsSatisfied)
            {
                session.Bytes((tag & 1) == 0 ? Direction.Forward : Direction.Reverse, (ulong)(tag >> 1) & 0x1F, bytes, new FrameMark(++frame, new Timestamp(frame)));
            }
        }

        foreach (var facts in session.Finish()) said.AppendJoin(' ', facts.Steps.Select(s => s.Title)).AppendJoin(' ', facts.Originals);
        return said.Append(encoder.IsBroken).ToString();
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
