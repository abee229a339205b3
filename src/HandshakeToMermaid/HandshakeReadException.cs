namespace HandshakeToMermaid;

/// <summary>
/// An input cannot be read: it does not exist, access is denied, it is not a capture, a key log or a certificate, libpcap is not installed,
/// or libpcap rejects the capture filter. The message is one sentence that can be shown to a user.
/// </summary>
public sealed class HandshakeReadException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public HandshakeReadException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The reason, one sentence.</param>
    public HandshakeReadException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The reason, one sentence.</param>
    /// <param name="innerException">The error that led to it; null where there is none.</param>
    public HandshakeReadException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
