using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams;

/// <summary>
/// A keyed hash of two endpoints that is the same in both directions. The keys are random, so that no one can craft a
/// capture whose flows all fall on one slot; no result depends on them.
/// </summary>
internal readonly struct FlowHash
{
    private readonly ulong first;
    private readonly ulong second;
    private readonly ulong third;
    private readonly ulong fourth;

    /// <summary>Draws keys from <paramref name="random"/>.</summary>
    public FlowHash(Random random)
    {
        first = (ulong)random.NextInt64() << 1 | 1;
        second = (ulong)random.NextInt64() << 1 | 1;
        third = (ulong)random.NextInt64() << 1 | 1;
        fourth = (ulong)random.NextInt64() << 1 | 1;
    }

    /// <summary>The hash of a pair of endpoints, in either order.</summary>
    public ulong Of(in IpEndpoint one, in IpEndpoint other) => Fold(Of(in one) + Of(in other), fourth);

    private ulong Of(in IpEndpoint end) => Fold(Fold(end.Address.High ^ first, end.Address.Low ^ second) ^ end.Port, third);

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
