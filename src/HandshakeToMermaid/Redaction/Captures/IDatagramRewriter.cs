namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>One conversation over UDP: its datagrams are taken in a first pass and rewritten in a second one, in place.</summary>
internal interface IDatagramRewriter
{
    /// <summary>Takes a datagram.</summary>
    /// <param name="frame">The number of its frame.</param>
    /// <param name="isForward">True for the direction of the first one.</param>
    /// <param name="payload">Its bytes as far as they were captured.</param>
    /// <param name="wireLength">How many there were.</param>
    /// <returns>How many bytes of memory were taken for it.</returns>
    int Collect(long frame, bool isForward, ReadOnlySpan<byte> payload, int wireLength);

    /// <summary>Between the passes: works out what stands for what was taken.</summary>
    void Rewrite();

    /// <summary>Rewrites a datagram. Nothing of one stays that was not taken, or that is not understood.</summary>
    /// <param name="frame">The number of its frame.</param>
    /// <param name="isForward">True for the direction of the first one.</param>
    /// <param name="payload">Its bytes as far as they were captured.</param>
    /// <param name="wireLength">How many there were.</param>
    void Apply(long frame, bool isForward, Span<byte> payload, int wireLength);
}
