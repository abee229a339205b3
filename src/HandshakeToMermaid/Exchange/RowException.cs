namespace HandshakeToMermaid.Exchange;

/// <summary>A row of JSON that cannot be drawn. The message is a sentence for people; the reader of rows puts the place before it.</summary>
internal sealed class RowException : Exception
{
    /// <summary>States why.</summary>
    public RowException(string message)
        : base(message)
    {
    }

    /// <summary>States why, keeping the cause.</summary>
    public RowException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Required form.</summary>
    public RowException()
    {
    }
}
