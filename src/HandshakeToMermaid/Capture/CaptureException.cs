namespace HandshakeToMermaid.Capture;

/// <summary>A capture that cannot be read at all: missing, no permission, not a capture. The message is one sentence for the user.</summary>
internal sealed class CaptureException : Exception
{
    /// <summary>States why.</summary>
    public CaptureException(string message)
        : base(message)
    {
    }

    /// <summary>States why, keeping the cause.</summary>
    public CaptureException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Required form.</summary>
    public CaptureException()
    {
    }
}
