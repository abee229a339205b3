namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>Which part of a datagram a fragment of IP carries (RFC 791 section 3.2, RFC 8200 section 4.5).</summary>
/// <param name="Identification">The number of the datagram.</param>
/// <param name="Offset">Where its bytes begin in the datagram.</param>
/// <param name="Length">How many there were on the wire.</param>
/// <param name="HasMore">True where others follow.</param>
internal readonly record struct FragmentPart(uint Identification, int Offset, int Length, bool HasMore)
{
    /// <summary>True where it is the whole datagram.</summary>
    public bool IsAll => Offset == 0 && !HasMore;
}
