using System.Text;
using HandshakeToMermaid.Capture.Live;

namespace HandshakeToMermaid.Tests.Capture.Live;

public sealed class KeyLogFollowerTests : IDisposable
{
    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("follow-").FullName, "keys.log");

    [Fact]
    public void A_log_that_comes_into_being_later_is_followed_line_by_line()
    {
        using var follower = new KeyLogFollower(path);
        Assert.Equal("", Text(follower.Poll()));
        File.AppendAllText(path, "first line\nsecond ");
        Assert.Equal("first line\n", Text(follower.Poll()));
        Assert.Equal("", Text(follower.Poll()));
        File.AppendAllText(path, "line\n");
        Assert.Equal("second line\n", Text(follower.Poll()));
    }

    [Fact]
    public void What_stands_after_the_last_line_end_comes_at_the_end()
    {
        using var follower = new KeyLogFollower(path);
        File.WriteAllText(path, "whole\nhalf");
        Assert.Equal("whole\n", Text(follower.Poll()));
        Assert.Equal("half", Text(follower.Poll(isLast: true)));
    }

    [Fact]
    public void A_log_that_is_begun_anew_is_read_from_its_start()
    {
        using var follower = new KeyLogFollower(path);
        File.WriteAllText(path, "a long first line\n");
        Assert.Equal("a long first line\n", Text(follower.Poll()));
        File.WriteAllText(path, "new\n");
        Assert.Equal("new\n", Text(follower.Poll()));
    }

    [Fact]
    public void What_is_no_line_does_not_grow_without_end()
    {
        using var follower = new KeyLogFollower(path);
        File.WriteAllText(path, new string('x', 100_000));
        Assert.Equal(100_000, follower.Poll().Length);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
