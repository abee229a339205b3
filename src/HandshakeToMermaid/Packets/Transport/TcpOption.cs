using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Transport;

/// <summary>One TCP option, over the frame's bytes.</summary>
public readonly ref struct TcpOption
{
    internal TcpOption(TcpOptionKind kind, ReadOnlySpan<byte> value)
    {
        Kind = kind;
        Value = value;
    }

    /// <summary>What it is; numbers without a name here are kept.</summary>
    public TcpOptionKind Kind { get; }

    /// <summary>Its value, without kind and length.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The maximum segment size in bytes, if this is one.</summary>
    public bool TryMaximumSegmentSize(out ushort bytes)
    {
        var matches = Kind == TcpOptionKind.MaximumSegmentSize && Value.Length == 2;
        bytes = matches ? BinaryPrimitives.ReadUInt16BigEndian(Value) : (ushort)0;
        return matches;
    }

    /// <summary>By how many bits to shift windows, if this says so; RFC 7323 section 2.3 reads more than 14 as 14.</summary>
    public bool TryWindowScale(out int shift)
    {
        var matches = Kind == TcpOptionKind.WindowScale && Value.Length == 1;
        shift = matches ? Math.Min((int)Value[0], LargestShift) : 0;
        return matches;
    }

    /// <summary>The sender's clock and the echo of the peer's, if these are timestamps.</summary>
    public bool TryTimestamps(out uint value, out uint echoReply)
    {
        var matches = Kind == TcpOptionKind.Timestamps && Value.Length == 8;
        value = matches ? BinaryPrimitives.ReadUInt32BigEndian(Value) : 0;
        echoReply = matches ? BinaryPrimitives.ReadUInt32BigEndian(Value[4..]) : 0;
        return matches;
    }

    /// <summary>A block of a selective acknowledgment: what was received behind bytes that are lacking, or twice (RFC 2018 section 3, RFC 2883).</summary>
    /// <param name="index">Which block, from 0.</param>
    /// <param name="left">The first sequence number of the block.</param>
    /// <param name="right">The one after its last.</param>
    public bool TrySackBlock(int index, out uint left, out uint right)
    {
        var matches = Kind == TcpOptionKind.Sack && Value.Length % SackBlock == 0 && index < Value.Length / SackBlock;
        left = matches ? BinaryPrimitives.ReadUInt32BigEndian(Value[(index * SackBlock)..]) : 0;
        right = matches ? BinaryPrimitives.ReadUInt32BigEndian(Value[((index * SackBlock) + 4)..]) : 0;
        return matches;
    }

    private const int SackBlock = 8;
    private const int LargestShift = 14;
}
