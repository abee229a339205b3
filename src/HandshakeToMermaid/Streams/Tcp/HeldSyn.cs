using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// The SYN of a connection of which nothing else was seen: what a tracker needs of it, once there is more. A flood of them costs no more than this.
/// </summary>
internal readonly struct HeldSyn
{
    private readonly uint sequence;
    private readonly uint acknowledgment;
    private readonly ushort window;
    private readonly ushort identification;
    private readonly ushort maximumSegmentSize;
    private readonly TcpFlags flags;
    private readonly byte timeToLive;

    /// <summary>Holds a SYN; see <see cref="Suffices"/>.</summary>
    public HeldSyn(in Packet packet)
    {
        (sequence, acknowledgment, window) = (packet.Sequence, packet.Acknowledgment, packet.Window);
        (identification, flags, timeToLive) = (packet.Identification, packet.Flags, packet.TimeToLive);
        maximumSegmentSize = (ushort)TcpHandshake.MaximumSegmentSizeIn(packet.Options);
    }

    /// <summary>True for a SYN that begins a connection and carries nothing else.</summary>
    public static bool Suffices(in Packet packet) =>
        (packet.Flags & (TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Fin | TcpFlags.Rst)) == TcpFlags.Syn && packet.PayloadLength == 0 && packet.Payload.IsEmpty;

    /// <summary>The maximum segment size that it offers, in bytes; 0 where it offers none.</summary>
    public int MaximumSegmentSize => maximumSegmentSize;

    /// <summary>The packet again, without its options.</summary>
    /// <param name="flow">The connection that it began.</param>
    public Packet PacketOf(TcpFlow flow) => new()
    {
        Kind = PacketKind.Tcp,
        Mark = flow.First,
        Encapsulation = flow.Encapsulation,
        Source = flow.Initiator,
        Destination = flow.Responder,
        TimeToLive = timeToLive,
        Identification = identification,
        Sequence = sequence,
        Acknowledgment = acknowledgment,
        Flags = flags,
        Window = window,
    };
}
