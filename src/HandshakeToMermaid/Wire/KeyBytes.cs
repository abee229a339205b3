using System.Buffers.Binary;

namespace HandshakeToMermaid.Wire;

/// <summary>
/// Puts together the bytes by which <see cref="RepeatedBytes{T}"/> finds what depends on several things. Lists and parts stand behind
/// their lengths, so that no two keys run into each other.
/// </summary>
/// <param name="room">Where they are put.</param>
internal ref struct KeyBytes(Span<byte> room)
{
    private readonly Span<byte> room = room;
    private int length;
    private bool isTooLong;

    /// <summary>The key; empty where there was no room for all of it.</summary>
    public readonly ReadOnlySpan<byte> Written => isTooLong ? [] : room[..length];

    /// <summary>Adds a number.</summary>
    public void Add(int number)
    {
        isTooLong |= room.Length - length < sizeof(int);
        if (isTooLong) return;
        BinaryPrimitives.WriteInt32LittleEndian(room[length..], number);
        length += sizeof(int);
    }

    /// <summary>Adds a part of any length.</summary>
    public void Add(ReadOnlySpan<byte> part)
    {
        Add(part.Length);
        isTooLong |= room.Length - length < part.Length;
        if (isTooLong) return;
        part.CopyTo(room[length..]);
        length += part.Length;
    }
}
