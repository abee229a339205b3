namespace HandshakeToMermaid.Redaction;

/// <summary>How values are replaced.</summary>
internal sealed record RedactionOptions
{
    /// <summary>
    /// The key from which pseudonyms follow, so that captures redacted with the same key share them; null to number them in the order of their
    /// appearance, which is easier to read.
    /// </summary>
    public byte[]? Key { get; init; }

    /// <summary>Which addresses stand for others.</summary>
    public AddressScheme Addresses { get; init; }

    /// <summary>True to shift all times so that the first connection begins at the start of the year 2000.</summary>
    public bool ShiftsTimes { get; init; }
}
