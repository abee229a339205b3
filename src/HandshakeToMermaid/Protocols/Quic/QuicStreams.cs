using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>The decrypted STREAM frames of a connection (RFC 9000 section 19.8): put in order and given to the protocol inside, or drawn as data.</summary>
/// <param name="limits">The caps.</param>
internal sealed class QuicStreams(AnalyzerLimits limits)
{
    private readonly List<(RecordedPacket Packet, QuicFrame Frame)> frames = [];
    private readonly List<Step> steps = [];
    private readonly bool[] hasData = new bool[2];

    /// <summary>Application data that the protocol inside does not report.</summary>
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>True if application data of a direction was decrypted.</summary>
    public bool HasData(Direction from) => hasData[(int)from];

    /// <summary>True where <see cref="Read"/> left out bytes: too many were out of order, or in too many streams.</summary>
    public bool IsAboveCap { get; private set; }

    /// <summary>Takes a frame.</summary>
    public void Take(RecordedPacket packet, QuicFrame frame)
    {
        frames.Add((packet, frame));
        var isEarly = packet.Type == QuicPacketType.ZeroRtt;
        if (hasData[(int)packet.From] && !isEarly) return;
        if (isEarly && steps.Exists(s => s is ApplicationDataStep { IsEarly: true })) return;
        hasData[(int)packet.From] |= !isEarly;
        steps.Add(new ApplicationDataStep { From = packet.From, First = packet.Mark, Last = packet.Mark, Provenance = Provenance.Decrypted, Bytes = frame.Data.Length, IsEarly = isEarly });
    }

    /// <summary>Draws early data that stays closed.</summary>
    public void TakeClosedEarly(Direction from, FrameMark first, FrameMark last, int bytes) =>
        steps.Add(new ApplicationDataStep { From = from, First = first, Last = last, Provenance = Provenance.Clear, Bytes = bytes, IsEarly = true });

    /// <summary>Gives everything to the protocol inside, in the order of the capture; answers with what it learned.</summary>
    /// <param name="inner">The protocol inside.</param>
    /// <param name="isEarlyDataRefused">True where the server did not accept early data: the client sends it again.</param>
    public IReadOnlyList<ProtocolFacts> Read(IMultiplexedSession inner, bool isEarlyDataRefused)
    {
        var streams = new Dictionary<(Direction From, ulong Stream), OrderedBytes>();
        FrameMark early = default;
        foreach (var (packet, frame) in frames.OrderBy(f => f.Packet.Mark.Frame))
        {
            if (inner.IsSatisfied) break;
            if (packet.Type == QuicPacketType.ZeroRtt)
            {
                if (isEarlyDataRefused) continue;
                early = packet.Mark;
            }

            if (!streams.TryGetValue((packet.From, frame.Stream), out var stream))
            {
                if (streams.Count == MaxStreams)
                {
                    IsAboveCap = true;
                    continue;
                }

                streams[(packet.From, frame.Stream)] = stream = new OrderedBytes(limits.OutOfOrderBytes / 4, limits.OutOfOrderSegments);
            }

            foreach (var (bytes, mark) in stream.Take(frame.Offset, frame.Data, packet.Mark)) inner.Bytes(packet.From, frame.Stream, bytes.Span, mark);
            IsAboveCap |= stream.IsAboveCap;
        }

        // Data that it reports is not reported twice.
        var facts = inner.Finish();
        foreach (var step in facts.SelectMany(f => f.Steps))
        {
            var isEarly = early.IsSet && !step.Last.IsAfter(early) && steps.Exists(s => s.From == step.From && s is ApplicationDataStep { IsEarly: true });
            step.IsEarlyData = isEarly;
            steps.RemoveAll(s => s.From == step.From && ((ApplicationDataStep)s).IsEarly == isEarly);
        }

        return facts;
    }

    // The first exchange takes one, and each side has three of its own.
    private const int MaxStreams = 64;
}
