using System.Text;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using HandshakeToMermaid.Tests.Protocols.Dns;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>DNS over UDP and TCP: messages alone, and questions matched to answers. Bit 0 of a tag: from the resolver; bit 1: over TCP; bits 2 to 7: tenths of a second before it.</summary>
internal sealed class DnsTarget : FuzzTarget
{
    private const byte FromResolver = 1;
    private const byte OverTcp = 2;

    /// <inheritdoc/>
    public override string Name => "dns";

    /// <inheritdoc/>
    public override string Summary => "DNS messages, and questions with their answers over UDP and TCP";

    /// <inheritdoc/>
    public override Grammar Grammar { get; } = Script.Of(tag => (tag & OverTcp) == 0 ? DnsGrammar.Message : DnsGrammar.Stream);

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (4_000_000, 3_000);

    /// <inheritdoc/>
    public override int ShortRun => 1500;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens { get; } =
        [[0xC0, 12], [0xC0, 0], [0xFF, 0xFF], [3, .. "www"u8], [63, .. new byte[63]], [0, 0, 41, 0x10, 0, 0, 0, 0, 0, 0, 0], [0, 15, 0, 3, 0, 6, 0x78], [0, 65, 0, 1], [0, 5, 0, 1], [0xE2, 0x80, 0xAE]];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        foreach (var talk in Conversation.Of(material).Where(c => c.Port is 53 or 5353 or 5355))
        {
            var way = talk.Kind == PacketKind.Tcp ? OverTcp : (byte)0;
            yield return Script.Write(talk.Said.Select(s => ((byte)(way | (s.IsFirst ? 0 : FromResolver) | (talk.Said.Count % 7 << 2)), s.Bytes)));
        }
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
        var recorder = new LookupRecorder();
        var stream = new DnsStreamReader(recorder.Observer, new TcpFlow(1, "fuzz", LookupRecorder.Endpoint("192.0.2.7:50000"), LookupRecorder.Endpoint("192.0.2.53:53"), default));
        double time = 0;
        foreach (var (tag, bytes) in items)
        {
            time += (tag >> 2) * 100;
            var isAnswer = (tag & FromResolver) != 0;
            if ((tag & OverTcp) != 0)
            {
                var from = isAnswer ? Direction.Reverse : Direction.Forward;
                if (!stream.IsSatisfied(from)) stream.Bytes(from, bytes, recorder.Mark(time));
                continue;
            }

            var message = DnsMessage.Read(bytes, AnalyzerLimits.Default);
            said.Append(message.Fault).Append(message.Rcode).AppendJoin(' ', message.Answers).Append(message.Edns);
            foreach (var question in message.Questions) said.Append(question).Append(message.AnswersTo(question).Length);
            recorder.Udp(isAnswer ? "192.0.2.53:53" : "192.0.2.7:50000", isAnswer ? "192.0.2.7:50000" : "192.0.2.53:53", bytes, time);
            recorder.Observer.Advance(LookupRecorder.At(time));
        }

        recorder.Observer.Finish();
        foreach (var name in recorder.Queries.GroupBy(q => q.Name, StringComparer.OrdinalIgnoreCase))
        {
            var queries = name.ToList();
            said.Append(ResolutionOutcome.Of(queries));
            foreach (var step in DnsSteps.Of(queries))
            {
                if (step.Title.Length == 0) throw new InvariantException("each step has a title", $"{step.GetType().Name} of frame {step.First.Frame}");
                said.Append(step.Title).Append(step.Explanation).AppendJoin(' ', step.Facts().Select(f => f.Text));
            }
        }

        return said.ToString();
    }
}
