using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Udp;

/// <summary>The datagrams between two endpoints (RFC 768) from the one on by which a protocol recognised them.</summary>
internal sealed class UdpFlow : Flow
{
    private List<UdpError>? errors;
    private List<UdpPath>? paths;

    private RecordedUdpFlow? recorded;
    private bool wasSeen;
    private Timestamp lastActive = new(long.MinValue);

    private readonly IDatagramFilter filter;

    internal UdpFlow(long ordinal, string capture, IpEndpoint initiator, IpEndpoint responder, FrameMark first, string protocol, IDatagramFilter filter, int recordedBytes, SpareBuffer spare)
        : base(ordinal, capture, initiator, responder, first)
    {
        (Protocol, Last, this.filter) = (protocol, first, filter);
        Recorder = new DatagramRecorder(recordedBytes, spare);
    }

    /// <summary>The name of the protocol that recognised it: "dtls", "quic".</summary>
    public string Protocol { get; }

    /// <summary>Records the datagrams.</summary>
    internal DatagramRecorder Recorder { get; }

    /// <summary>ICMP errors that quote its datagrams; later ones than <see cref="AnalyzerLimits.EventsPerFlow"/> are dropped.</summary>
    public IReadOnlyList<UdpError> Errors => errors ?? (IReadOnlyList<UdpError>)[];

    /// <inheritdoc/>
    public override bool IsAnswered => Reverse.Packets > 0;

    /// <inheritdoc/>
    public override bool IsOver => recorded is not null || filter.IsOver;

    /// <inheritdoc/>
    public override Timestamp LastActive => lastActive;

    /// <inheritdoc/>
    public override RecordedUdpFlow Record(Timestamp now)
    {
        wasSeen = true;
        return recorded ?? new RecordedUdpFlow(this, now, RecordedState.Open);
    }

    /// <summary>Endpoints between which it may have gone on.</summary>
    internal IReadOnlyList<UdpPath> Paths => paths ?? (IReadOnlyList<UdpPath>)[];

    /// <summary>True while <see cref="MovedFlows"/> follows it.</summary>
    internal bool IsMovable { get; set; }

    /// <summary>The last frame.</summary>
    internal FrameMark Last { get; private set; }

    /// <summary>What was counted of the initiator's datagrams.</summary>
    internal UdpHalf Forward { get; } = new();

    /// <summary>What was counted of the responder's datagrams.</summary>
    internal UdpHalf Reverse { get; } = new();

    /// <summary>What was counted of one direction.</summary>
    internal UdpHalf this[Direction direction] => direction == Direction.Forward ? Forward : Reverse;

    /// <summary>Bytes of memory that it takes, by estimate.</summary>
    internal int Room => FixedRoom + Recorder.Bytes + (Errors.Count * ErrorRoom);

    /// <summary>True where the same datagram was captured a moment before: the protocols over UDP that are followed number theirs, so a repetition differs.</summary>
    internal bool IsCopy(in Packet packet) => Recorder.Has(DirectionOf(in packet), packet.Payload, packet.Mark.Time);

    /// <summary>Takes a datagram; false where it begins another flow.</summary>
    internal bool Take(in Packet packet)
    {
        var from = DirectionOf(in packet);
        var length = Math.Max(packet.PayloadLength, packet.Payload.Length);
        var choice = filter.Choose(from, packet.Payload, length);
        if (choice == DatagramChoice.BeginsAnother) return false;
        Touch(packet.Mark);
        Recorder.Take(from, packet.Payload, length, packet.Mark, choice, filter);
        var half = this[from];
        if (half.Packets++ == 0) half.TimeToLive = packet.TimeToLive;
        if (!half.FirstPayload.IsSet && length > 0) half.FirstPayload = packet.Mark;
        half.Delivered += packet.Payload.Length;
        half.CutBytes += length - packet.Payload.Length;
        half.MissingBytes += length - packet.Payload.Length;
        return true;
    }

    /// <summary>See <see cref="IDatagramFilter.SharesEndpoints"/>.</summary>
    internal bool SharesEndpoints => filter.SharesEndpoints;

    /// <summary>See <see cref="IDatagramFilter.Match"/>.</summary>
    internal DatagramMatch Match(ReadOnlySpan<byte> payload) => filter.Match(payload);

    /// <summary>See <see cref="IDatagramFilter.Begins"/>.</summary>
    internal bool Begins(ReadOnlySpan<byte> payload) => filter.Begins(payload);

    /// <summary>See <see cref="IDatagramFilter.Pass"/>.</summary>
    internal void Pass(ReadOnlySpan<byte> payload) => filter.Pass(payload);

    /// <summary>See <see cref="IDatagramFilter.MayMove"/>.</summary>
    internal bool MayMove(ReadOnlySpan<byte> payload) => filter.MayMove(payload);

    /// <summary>Notes endpoints between which it may have gone on; false where too many were noted.</summary>
    internal bool Join(UdpPath path)
    {
        paths ??= [];
        if (paths.Count == MaxPaths) return false;
        paths.Add(path);
        return true;
    }

    /// <summary>Takes a datagram between such endpoints.</summary>
    internal void TakeMoved(in Packet packet)
    {
        for (var i = 0; i < Paths.Count; i++)
        {
            var path = Paths[i];
            Direction from;
            if (packet.Source == path.Client && packet.Destination == path.Server) from = Direction.Forward;
            else if (packet.Source == path.Server && packet.Destination == path.Client) from = Direction.Reverse;
            else continue;
            Recorder.TakeMoved(from, packet.Payload, Math.Max(packet.PayloadLength, packet.Payload.Length), packet.Mark, i + 1);
            return;
        }
    }

    /// <summary>Takes an ICMP error that quotes a datagram of this flow.</summary>
    internal void TakeIcmp(in Packet packet, AnalyzerLimits limits)
    {
        Touch(packet.Mark);
        errors ??= [];
        if (errors.Count < limits.EventsPerFlow) errors.Add(new UdpError(DirectionOf(in packet), packet.Mark, packet.Icmp, packet.IcmpSender));
    }

    /// <summary>It is over, or given up: what was seen of it is recorded for good.</summary>
    internal RecordedUdpFlow Close(Timestamp now, RecordedState how) => recorded = new RecordedUdpFlow(this, now > lastActive ? now : lastActive, how);

    /// <summary>It was given up and is not recorded: its room may be used again, unless a snapshot holds it.</summary>
    internal void Discard()
    {
        if (!wasSeen) Recorder.Discard();
    }

    private void Touch(FrameMark mark)
    {
        Last = mark;
        if (mark.Time > lastActive) lastActive = mark.Time;
    }

    /// <summary>The flow, its filter and what records it, in bytes, and what the collector keeps free beside them: measured.</summary>
    private const int FixedRoom = 1920;

    private const int ErrorRoom = 64;

    private const int MaxPaths = 8;
}
