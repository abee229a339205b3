using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Transport;

/// <summary>One TCP option, over the frame's bytes.</summary>
internal readonly ref struct TcpOption
{
    internal TcpOption(TcpOptionKind kind, ReadOnlySpan<byte> value)
    {
        Kind = kind;
        Value = value;
    }

    /// <summary>The kind; numbers without a name in the enum are preserved.</summary>
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
}
