namespace HandshakeToMermaid.Comparison;

/// <summary>In what two runs differ.</summary>
internal enum DifferenceKind
{
    /// <summary>A field of a step, or of the connection, has other values.</summary>
    Value,

    /// <summary>A field has the same values in another order.</summary>
    Order,

    /// <summary>Another step stands in the place of a step.</summary>
    Replaced,

    /// <summary>A step is in the good run only.</summary>
    OnlyGood,

    /// <summary>A step is in the bad run only.</summary>
    OnlyBad,

    /// <summary>A phase took much longer in one run.</summary>
    Time,

    /// <summary>The connections ended differently.</summary>
    Outcome,
}
