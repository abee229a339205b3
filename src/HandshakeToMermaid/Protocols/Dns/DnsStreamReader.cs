using System.Runtime.InteropServices;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Dns;

// RFC 1035 section 4.2.2: each message is preceded by its length in two octets; a message cannot be longer than 65,535 bytes,
// and no more than that ever waits in a direction.

/// <summary>
/// Reads DNS messages from one TCP connection as they come (RFC 7766): a resolution must be known before the connection that it leads to.
/// </summary>
internal sealed class DnsStreamReader(DnsObserver observer, TcpFlow flow) : IStreamReader
{
    private readonly List<byte>[] waiting = [[], []];
    private readonly bool[] isOver = new bool[2];

    /// <summary>True once the connection is known to carry DNS: its queries then stand for it.</summary>
    public bool IsDns { get; private set; }

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        if (IsDns)
        {
            Messages(from, bytes, mark);
            return;
        }

        var start = waiting[(int)from];
        start.AddRange(bytes);
        var verdict = Probe(CollectionsMarshal.AsSpan(start));
        isOver[(int)from] = verdict == ProbeVerdict.NotForUs;
        if (verdict != ProbeVerdict.Certain) return;
        IsDns = true;
        Replay(from == Direction.Forward ? Direction.Reverse : Direction.Forward, mark);
        Replay(from, mark);
    }

    // What came before DNS was recognised. A direction that did not begin with a message has no known message boundary.
    private void Replay(Direction from, FrameMark mark)
    {
        var held = waiting[(int)from].ToArray();
        waiting[(int)from].Clear();
        if (!isOver[(int)from]) Messages(from, held, mark);
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        // Behind a gap the beginning of a message is unknown; in front of the first one nothing is lost yet.
        isOver[(int)from] = IsDns;
        waiting[(int)from].Clear();
    }

    /// <inheritdoc/>
    public int HeldBytes => waiting[0].Capacity + waiting[1].Capacity;

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from) => isOver[(int)from];

    /// <summary>Judges the first bytes of one direction.</summary>
    internal static ProbeVerdict Probe(ReadOnlySpan<byte> start)
    {
        if (start.Length < MinBytes) return ProbeVerdict.Unsure;

        // Length, ID, flags, QDCOUNT: an opcode in use, few questions, and no response code in a query, which a TLS record has there.
        var length = (start[0] << 8) | start[1];
        var opcode = (start[4] >> 3) & 0xF;
        var questions = (start[6] << 8) | start[7];
        if ((start[4] & 0x80) == 0 && (start[5] & 0xF) != 0) return ProbeVerdict.NotForUs;
        return length >= HeaderBytes && opcode <= LastOpcode && questions <= MaxQuestions ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    private void Messages(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        var buffer = waiting[(int)from];
        while (!isOver[(int)from] && !bytes.IsEmpty)
        {
            var wanted = buffer.Count < LengthOctets ? LengthOctets : LengthOctets + ((buffer[0] << 8) | buffer[1]);
            var taken = Math.Min(wanted - buffer.Count, bytes.Length);
            buffer.AddRange(bytes[..taken]);
            bytes = bytes[taken..];
            if (buffer.Count < wanted || (wanted == LengthOctets && (buffer[0] | buffer[1]) != 0)) continue;

            Deliver(from, CollectionsMarshal.AsSpan(buffer)[LengthOctets..], mark);
            buffer.Clear();
        }
    }

    private void Deliver(Direction from, ReadOnlySpan<byte> message, FrameMark mark)
    {
        var (source, destination) = from == Direction.Forward ? (flow.Initiator, flow.Responder) : (flow.Responder, flow.Initiator);
        if (!observer.StreamMessage(source, destination, message, mark, flow.Encapsulation)) isOver[(int)from] = true;
    }

    private const int LengthOctets = 2;
    private const int HeaderBytes = 12;
    private const int MinBytes = 8;
    private const int LastOpcode = 6;
    private const int MaxQuestions = 64;
}
