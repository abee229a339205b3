using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Udp;

/// <summary>The datagrams of an open flow that are recorded: what the filter chooses up to a cap, and the last small ones of each direction.</summary>
/// <param name="cap">Payload bytes of both directions together.</param>
/// <param name="spare">Keeps the room of a flow that was given up for the next one.</param>
internal sealed class DatagramRecorder(int cap, SpareBuffer spare)
{
    // Most flows of a flood are one datagram: what it does not take is not made.
    private readonly List<RecordedDatagram> head = [];
    private byte[]? firstPayload;
    private Queue<RecordedDatagram>[]? last;
    private StreamOmission[]? omitted;
    private List<RecordedDatagram>? moved;
    private int headBytes;
    private int movedBytes;
    private int lastBytes;

    /// <summary>Bytes of memory that the recorded datagrams take, by estimate.</summary>
    public int Bytes => headBytes + lastBytes + movedBytes + ((head.Count + LastCount + (moved?.Count ?? 0)) * DatagramRoom);

    /// <summary>Takes a datagram that belongs to the flow.</summary>
    public void Take(Direction from, ReadOnlySpan<byte> payload, int length, FrameMark mark, DatagramChoice choice, IDatagramFilter filter)
    {
        if (choice == DatagramChoice.Record && head.Count < MaxDatagrams && headBytes + payload.Length <= cap)
        {
            headBytes += payload.Length;
            head.Add(new RecordedDatagram(from, mark, head.Count == 0 ? First(payload) : payload.ToArray(), length));
            return;
        }

        if (payload.Length > SmallDatagram)
        {
            Omit(from, payload, length, mark, filter);
            return;
        }

        last ??= [new(), new()];
        var queue = last[(int)from];
        lastBytes += payload.Length;
        queue.Enqueue(new RecordedDatagram(from, mark, payload.ToArray(), length));
        if (queue.Count <= MaxLast) return;
        var oldest = queue.Dequeue();
        lastBytes -= oldest.Payload.Length;
        Omit(from, oldest.Payload.Span, oldest.Length, oldest.Mark, filter);
    }

    /// <summary>Takes a datagram that may be of the flow, between other endpoints.</summary>
    public void TakeMoved(Direction from, ReadOnlySpan<byte> payload, int length, FrameMark mark, int path)
    {
        moved ??= [];
        if (moved.Count >= MaxMoved || movedBytes + payload.Length > cap / 4) return;
        movedBytes += payload.Length;
        moved.Add(new RecordedDatagram(from, mark, payload.ToArray(), length) { Path = path });
    }

    /// <summary>True where one of the last datagrams of a direction has the same payload.</summary>
    public bool Has(Direction from, ReadOnlySpan<byte> payload, Timestamp time)
    {
        foreach (var datagram in last?[(int)from] ?? [])
        {
            if (IsCopy(datagram, from, payload, time)) return true;
        }

        for (var i = head.Count - 1; i >= Math.Max(0, head.Count - MaxLast); i--)
        {
            if (IsCopy(head[i], from, payload, time)) return true;
        }

        return false;
    }

    /// <summary>Everything that was recorded by now, in capture order.</summary>
    public RecordedDatagram[] ToArray()
    {
        if (LastCount == 0 && moved is null) return [.. head];
        RecordedDatagram[] all = [.. head, .. last?[0] ?? [], .. last?[1] ?? [], .. moved ?? []];
        Array.Sort(all, static (a, b) => a.Mark.Frame.CompareTo(b.Mark.Frame));
        return all;
    }

    /// <summary>What was only counted of a direction.</summary>
    public StreamOmission OmittedOf(Direction from) => omitted?[(int)from] ?? default;

    /// <summary>Nobody has seen what was recorded, or will: the room of the first datagram may be used again.</summary>
    public void Discard()
    {
        if (firstPayload is { } room) spare.Give(room);
        head.Clear();
        firstPayload = null;
    }

    private int LastCount => last is null ? 0 : last[0].Count + last[1].Count;

    private ReadOnlyMemory<byte> First(ReadOnlySpan<byte> payload)
    {
        firstPayload = spare.Take(payload.Length);
        payload.CopyTo(firstPayload);
        return firstPayload.AsMemory(0, payload.Length);
    }

    private static bool IsCopy(RecordedDatagram datagram, Direction from, ReadOnlySpan<byte> payload, Timestamp time) =>
        datagram.From == from && (time > datagram.Mark.Time ? time - datagram.Mark.Time : datagram.Mark.Time - time) < SameMoment && datagram.Payload.Span.SequenceEqual(payload);

    private void Omit(Direction from, ReadOnlySpan<byte> payload, int length, FrameMark mark, IDatagramFilter filter)
    {
        omitted ??= new StreamOmission[2];
        ref var sum = ref omitted[(int)from];
        var (units, bytes) = filter.Measure(payload, length);
        sum = new StreamOmission(sum.Units + units, sum.Length + bytes, sum.First.IsSet ? sum.First : mark, mark);
    }

    /// <summary>A datagram's entry and the header of its array, in bytes.</summary>
    private const int DatagramRoom = 96;

    /// <summary>A handshake takes a few dozen, with all its retransmissions.</summary>
    private const int MaxDatagrams = 1024;

    /// <summary>How a flow ended: an alert or a close of each side, and a few small datagrams before.</summary>
    private const int MaxLast = 16;

    /// <summary>What validates a new path, and the first exchange on it.</summary>
    private const int MaxMoved = 64;

    /// <summary>A copy comes within it.</summary>
    private static readonly Duration SameMoment = Duration.FromSeconds(1);

    /// <summary>Alerts, closes, tickets and key updates are below it.</summary>
    private const int SmallDatagram = 512;
}
