namespace HandshakeToMermaid.Protocols.Http;

/// <summary>Reads one direction up to the end of its first head.</summary>
internal abstract class HttpReader
{
    /// <summary>The head, once its first line is known.</summary>
    public HttpHead? Head { get; protected set; }

    /// <summary>Why it cannot be read on; null while it can.</summary>
    public string? Fault { get; protected set; }

    /// <summary>HTTP/2's SETTINGS as text, from when one was completed until it is taken.</summary>
    public string? Settings { get; set; }

    /// <summary>HTTP/2's GOAWAY as text, where one came before the head.</summary>
    public string? GoAway { get; protected set; }

    /// <summary>True once nothing more is wanted.</summary>
    public bool IsDone => Fault is not null || GoAway is not null || Head is { IsWhole: true };

    /// <summary>Takes the next bytes.</summary>
    public abstract void Feed(ReadOnlySpan<byte> bytes);
}
