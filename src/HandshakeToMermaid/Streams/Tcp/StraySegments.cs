namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Segments far beyond what is known of a direction. One may be a forgery or an old one; a stream that goes on out there, three segments in a
/// row, is believed: the capture lost what was between.
/// </summary>
internal struct StraySegments
{
    private long end;
    private int count;

    /// <summary>True where the latest segment was the third in a row.</summary>
    public readonly bool AreBelieved => count >= Enough;

    /// <summary>A segment out there, from the position of its first byte to that after its last.</summary>
    public void Add(long start, long until)
    {
        count = count > 0 && start == end ? count + 1 : 1;
        end = until;
    }

    /// <summary>The stream goes on where it was expected, or out there.</summary>
    public void Clear() => count = 0;

    private const int Enough = 3;
}
