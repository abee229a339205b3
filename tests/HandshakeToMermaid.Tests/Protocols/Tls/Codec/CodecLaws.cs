using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec;

/// <summary>What holds for every structure: its fault is that of its <see cref="WireLayout"/>, whatever is cut off, added or changed.</summary>
internal static class CodecLaws
{
    public static void FaultsAreThoseOf(string layout, byte[] bytes, Func<byte[], WireFault> read)
    {
        var structure = new WireLayout(layout);
        var decided = structure.Decided(bytes);

        // Where a field that decides what follows has another value, the layout is another.
        void Agree(byte[] changed, string change) => Assert.True(
            !decided.StartsWith(structure.Decided(changed), StringComparison.Ordinal) || structure.FaultOf(changed) == read(changed),
            $"{change}: {structure.FaultOf(changed)}, not {read(changed)}");

        Agree(bytes, "unchanged");
        Assert.False(structure.FaultOf(bytes).IsFault, $"the example has a fault: {structure.FaultOf(bytes)}");
        for (var length = 0; length < bytes.Length; length++) Agree(bytes[..length], $"{length} bytes");
        Agree([.. bytes, 0], "a byte more");
        Agree([.. bytes, 0xFF, 0xFF], "two bytes more");
        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = bytes.ToArray();
            for (var value = 0; value < 256; value++)
            {
                changed[at] = (byte)value;
                Agree(changed, $"byte {at} is {value}");
            }
        }
    }
}
