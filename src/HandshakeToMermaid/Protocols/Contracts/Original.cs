namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>A value that identifies somebody, as it stands in steps, facts and JSON: what a pseudonym replaces where the product is to be shared.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The value in its text form; bytes in lower hex.</param>
internal readonly record struct Original(OriginalKind Kind, string Text)
{
    /// <summary>Of free text, how many characters at its beginning are the protocol's own and stay (a code, a version).</summary>
    public int Kept { get; init; }

    /// <summary>Bytes, in lower hex.</summary>
    public static Original Of(OriginalKind kind, ReadOnlySpan<byte> bytes) => new(kind, Convert.ToHexStringLower(bytes));
}
