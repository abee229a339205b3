namespace HandshakeToMermaid.Assertions;

/// <summary>What became of an assertion about one connection.</summary>
internal enum AssertionVerdict
{
    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It does not hold.</summary>
    Failed,

    /// <summary>The capture does not show whether it holds: the value was never agreed on, is encrypted, or was not captured.</summary>
    Undecided,
}
