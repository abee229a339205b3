using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Tests.Capture;

/// <summary>Marks of frames, of which there is most often one.</summary>
public sealed class FrameMarksTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Marks_are_listed_in_order(int count)
    {
        FrameMark[] marks = [.. Enumerable.Range(1, count).Select(i => new FrameMark(i, new Timestamp(i)))];
        var listed = new FrameMarks(marks.FirstOrDefault(), count > 1 ? [.. marks.Skip(1)] : null);
        Assert.Equal(marks, listed);
        Assert.Equal(marks, Enumerable.Range(0, listed.Count).Select(i => listed[i]));
        Assert.Throws<ArgumentOutOfRangeException>(() => listed[count]);
        Assert.Throws<ArgumentOutOfRangeException>(() => listed[-1]);
    }
}
