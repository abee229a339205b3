namespace HandshakeToMermaid;

/// <summary>One event of a handshake: a DNS query, a TCP segment, a TLS message, an alert, a loss.</summary>
public sealed class HandshakeStep
{
    internal HandshakeStep()
    {
    }

    /// <summary>When it could be read: its last byte and everything that its sender had sent before had been captured.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary><see cref="Time"/>, counted from <see cref="Handshake.Start"/>.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The number of the first frame that holds a byte of it.</summary>
    public required long FirstFrame { get; init; }

    /// <summary>The number of the last frame that holds a byte of it.</summary>
    public required long LastFrame { get; init; }

    /// <summary>Who sent it.</summary>
    public required HandshakeActor From { get; init; }

    /// <summary>Who it was sent to.</summary>
    public required HandshakeActor To { get; init; }

    /// <summary>The address of the resolver or router that takes part in it; null for a step between client and server.</summary>
    public required string? ThirdParty { get; init; }

    /// <summary>
    /// The phase that it belongs to: <c>dns</c>, <c>tcp</c>, <c>prelude</c> (STARTTLS, a proxy's CONNECT), <c>tls</c>, <c>data</c> or
    /// <c>close</c>. Later versions may add phases.
    /// </summary>
    public required string Phase { get; init; }

    /// <summary>Its name: <c>ClientHello</c>, <c>SYN</c>, <c>A query</c>.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// What it says, the most important first: <c>SNI www.example.com</c>. Text of the capture is unchanged: encode it before showing it.
    /// </summary>
    public required IReadOnlyList<string> Details { get; init; }

    /// <summary>How it is known.</summary>
    public required StepProvenance Provenance { get; init; }

    /// <summary>True where it did not arrive, was never answered, or ended the connection; diagrams draw it with a cross.</summary>
    public required bool IsFailure { get; init; }

    /// <summary>The step in one line, for logs and debuggers.</summary>
    public override string ToString() => $"{FirstFrame} {From} -> {To}: {Title}";
}
