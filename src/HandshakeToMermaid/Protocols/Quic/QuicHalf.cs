using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>What is known of one direction of a QUIC connection.</summary>
internal sealed class QuicHalf : CarriedHalf
{
    private readonly int[] counts = new int[6];

    /// <summary>Packets of each type.</summary>
    public IReadOnlyList<int> Counts => counts;

    /// <summary>The first packet of the short header.</summary>
    public FrameMark FirstOneRtt { get; private set; }

    /// <summary>Counts packets of the short header that were not recorded.</summary>
    public void Count(in StreamOmission omitted)
    {
        RecordCount += omitted.Units;
        counts[(int)QuicPacketType.OneRtt] += omitted.Units;
        DataRecords += omitted.Units;
        DataBytes += omitted.Length;
    }

    /// <summary>Counts a packet.</summary>
    public void Count(in QuicPacket packet, FrameMark mark)
    {
        RecordCount++;
        counts[(int)packet.Type]++;
        if (packet.Type != QuicPacketType.OneRtt) return;
        if (!FirstOneRtt.IsSet) FirstOneRtt = mark;
        if (DataRecords++ == 0) FirstData = mark;
        DataBytes += packet.Bytes.Length;
    }
}
