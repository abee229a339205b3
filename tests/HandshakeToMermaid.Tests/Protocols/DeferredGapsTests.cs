using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Tests.Protocols;

/// <summary>A stream that is read when it is over says what it would have said as it came.</summary>
public sealed class DeferredGapsTests
{
    [Theory]
    [InlineData(16 * 1024)]
    [InlineData(1)]
    public void Gaps_are_told_in_their_place_also_when_the_stream_is_over(int mostBytes)
    {
        var told = new Told();
        var deferred = new DeferredDialogue(() => told, NoName, mostBytes);
        deferred.Bytes(Direction.Forward, "abc"u8, new FrameMark(1, default));
        deferred.Gap(Direction.Reverse, new StreamGap(GapKind.NotCaptured, 5, new FrameMark(2, default)));
        deferred.Bytes(Direction.Reverse, "de"u8, new FrameMark(3, default));
        deferred.Gap(Direction.Forward, new StreamGap(GapKind.CutShort, 7, new FrameMark(4, default)));
        deferred.Finish();
        Assert.Equal(["Forward 3 bytes@1", "Reverse NotCaptured 5@2", "Reverse 2 bytes@3", "Forward CutShort 7@4"], told.Lines);
    }

    private static bool NoName(ReadOnlySpan<byte> first, out string? name)
    {
        name = null;
        return false;
    }

    private sealed class Told : IStreamDialogue
    {
        public List<string> Lines { get; } = [];

        public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark) => Lines.Add($"{from} {bytes.Length} bytes@{mark.Frame}");

        public void Gap(Direction from, StreamGap gap) => Lines.Add($"{from} {gap.Kind} {gap.Length}@{gap.Mark.Frame}");

        public bool IsSatisfied(Direction from) => false;

        public IReadOnlyList<ProtocolFacts> Finish() => [];
    }
}
