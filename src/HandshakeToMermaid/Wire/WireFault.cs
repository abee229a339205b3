namespace HandshakeToMermaid.Wire;

/// <summary>The first thing that was wrong in a decoded message.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Offset">Where, in bytes from the start of the decoded bytes.</param>
/// <param name="Field">The field's name as its RFC writes it.</param>
internal readonly record struct WireFault(FaultKind Kind, int Offset, string Field)
{
    /// <summary>True where a fault was met.</summary>
    public bool IsFault => Kind != FaultKind.None;

    /// <summary>One clause for a reader: "cipher_suites is cut short at byte 41".</summary>
    public override string ToString() => Kind switch
    {
        FaultKind.None => "no fault",
        FaultKind.Short => $"{Field} is truncated at byte {Offset}",
        FaultKind.Trailing => $"extra bytes after {Field} at byte {Offset}",
        FaultKind.BadValue => $"{Field} has an invalid value at byte {Offset}",
        _ => $"{Field} declares a length above the limit at byte {Offset}",
    };
}
