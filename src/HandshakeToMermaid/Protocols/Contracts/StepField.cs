namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>What a step says about one thing, for the comparison of two runs of the same handshake.</summary>
/// <param name="Name">What it is, the usual term ("cipher suites"); empty where the values need none.</param>
/// <param name="Values">What it says, in the order of the wire. Text from the wire stays as it was.</param>
internal sealed record StepField(string Name, IReadOnlyList<string> Values)
{
    /// <summary>One value.</summary>
    public StepField(string name, string value)
        : this(name, [value])
    {
    }

    /// <summary>True where the order of the values means something.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>True where it follows from the other fields of its step, and says something only where they all agree (the hash of a certificate).</summary>
    public bool IsSummary { get; init; }

    /// <summary>True where it describes what another field names, and says nothing where the other run has no such thing (the key of a certificate).</summary>
    public bool IsDetail { get; init; }

    /// <summary>What it probably means where two runs differ in it: a clause of at most 90 characters; null where nothing general can be said.</summary>
    public string? Meaning { get; init; }
}
