using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Records;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>A handshake message while its fragments come together, in whatever order. Of bytes that come twice the first ones stay.</summary>
internal sealed class AssembledMessage(byte type, int length, ushort sequence)
{
    private readonly List<(int Offset, byte[] Bytes)> pieces = new(1);
    private byte[]? body;
    private int held;

    public byte Type { get; } = type;

    public int Length { get; } = length;

    public ushort Sequence { get; } = sequence;

    /// <summary>The earliest frame that holds some of it.</summary>
    public FrameMark First { get; private set; }

    /// <summary>The latest frame that holds some of it.</summary>
    public FrameMark Last { get; private set; }

    /// <summary>The index of the record that completed it, among the session's records.</summary>
    public int CompletedAt { get; private set; }

    public bool IsWhole => body is not null;

    public int Pieces => pieces.Count;

    /// <summary>Takes a fragment; the number of bytes that were new, negative where there was nothing new.</summary>
    public int Take(int offset, ReadOnlySpan<byte> bytes, FrameMark mark, int order)
    {
        if (IsWhole) return -1;
        var added = Insert(offset, bytes);
        if (added == 0 && Length > 0) return -1;
        if (!First.IsSet || mark.Frame < First.Frame) First = mark;
        Last = FrameMark.Latest(Last, mark);
        held += added;
        if (held < Length) return added;
        body = new byte[Length];
        foreach (var (at, part) in pieces) part.CopyTo(body, at);
        pieces.Clear();
        CompletedAt = order;
        return added;
    }

    /// <summary>The message as TLS writes it; DTLS up to 1.2 hashes it as if it had come in one fragment (RFC 6347 section 4.2.6).</summary>
    public RawMessage ToRaw()
    {
        var bytes = new byte[4 + Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (Type << 24) | Length);
        body!.CopyTo(bytes, 4);
        var hashed = new byte[FragmentHeader.Size + Length];
        bytes.AsSpan(0, 4).CopyTo(hashed);
        BinaryPrimitives.WriteUInt16BigEndian(hashed.AsSpan(4), Sequence);
        bytes.AsSpan(1, 3).CopyTo(hashed.AsSpan(9));
        body.CopyTo(hashed, FragmentHeader.Size);
        return new RawMessage(new HandshakeType(Type), bytes, First, Last) { Hashed = hashed };
    }

    /// <summary>Stores the bytes not yet held, in up to one piece per gap.</summary>
    private int Insert(int offset, ReadOnlySpan<byte> bytes)
    {
        var added = 0;
        var at = 0;
        while (!bytes.IsEmpty)
        {
            while (at < pieces.Count && pieces[at].Offset + pieces[at].Bytes.Length <= offset) at++;
            if (at < pieces.Count && pieces[at].Offset <= offset)
            {
                var known = Math.Min(bytes.Length, pieces[at].Offset + pieces[at].Bytes.Length - offset);
                offset += known;
                bytes = bytes[known..];
                continue;
            }

            var free = at < pieces.Count ? Math.Min(bytes.Length, pieces[at].Offset - offset) : bytes.Length;
            pieces.Insert(at, (offset, bytes[..free].ToArray()));
            added += free;
            offset += free;
            bytes = bytes[free..];
        }

        return added;
    }
}
