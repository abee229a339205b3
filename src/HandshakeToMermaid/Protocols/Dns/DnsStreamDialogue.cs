using System.Runtime.InteropServices;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Dns;

// RFC 1035 section 4.2.2: each message is preceded by its length in two octets; a message cannot be longer than 65,535 bytes,
// and no more than that ever waits in a direction.

/// <summary>One TCP connection that carries DNS messages.</summary>
internal sealed class DnsStreamDialogue(DnsObserver observer, TcpFlow flow) : IStreamDialogue
{
    private readonly List<byte>[] waiting = [[], []];
    private readonly bool[] isOver = new bool[2];
    private bool deliveredLookup;

    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        var buffer = waiting[(int)from];
        while (!isOver[(int)from] && !bytes.IsEmpty)
        {
            var wanted = buffer.Count < LengthOctets ? LengthOctets : LengthOctets + ((buffer[0] << 8) | buffer[1]);
            var taken = Math.Min(wanted - buffer.Count, bytes.Length);
            buffer.AddRange(bytes[..taken]);
            bytes = bytes[taken..];
            if (buffer.Count < wanted || wanted == LengthOctets && (buffer[0] | buffer[1]) != 0) continue;

            Deliver(from, CollectionsMarshal.AsSpan(buffer)[LengthOctets..], mark);
            buffer.Clear();
        }
    }

    public void Gap(Direction from, StreamGap gap)
    {
        // Behind a gap nobody knows where a message begins.
        isOver[(int)from] = true;
        waiting[(int)from].Clear();
    }

    public bool IsSatisfied(Direction from) => isOver[(int)from];

    public IReadOnlyList<ProtocolFacts> SoFar() => Finish();

    public IReadOnlyList<ProtocolFacts> Finish() => [new DnsCarrierFacts(deliveredLookup)];

    private void Deliver(Direction from, ReadOnlySpan<byte> message, FrameMark mark)
    {
        IpEndpoint source = from == Direction.Forward ? flow.Initiator : flow.Responder, destination = from == Direction.Forward ? flow.Responder : flow.Initiator;
        if (observer.StreamMessage(source, destination, message, mark)) deliveredLookup = true;
        else isOver[(int)from] = true;
    }

    private const int LengthOctets = 2;
}
