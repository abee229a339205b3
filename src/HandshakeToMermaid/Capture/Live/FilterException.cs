namespace HandshakeToMermaid.Capture.Live;

/// <summary>A filter expression that libpcap does not accept. The message is one sentence for the user and holds libpcap's own.</summary>
internal sealed class FilterException : Exception
{
    /// <summary>States why.</summary>
    public FilterException(string message)
        : base(message)
    {
    }

    /// <summary>States why, keeping the cause.</summary>
    public FilterException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Required form.</summary>
    public FilterException()
    {
    }
}
