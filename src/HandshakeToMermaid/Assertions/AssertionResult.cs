namespace HandshakeToMermaid.Assertions;

/// <summary>What one assertion found in one connection.</summary>
/// <param name="Verdict">Whether it holds.</param>
/// <param name="Found">The value found, or why there is none, as a clause.</param>
/// <param name="Frame">The frame that shows it; null where none does.</param>
internal sealed record AssertionResult(AssertionVerdict Verdict, string Found, long? Frame)
{
    public static AssertionResult Passed(string found, long? frame = null) => new(AssertionVerdict.Passed, found, frame);

    public static AssertionResult Failed(string found, long? frame = null) => new(AssertionVerdict.Failed, found, frame);

    public static AssertionResult Undecided(string why) => new(AssertionVerdict.Undecided, why, null);

    /// <summary>Passed or failed.</summary>
    public static AssertionResult Of(bool holds, string found, long? frame) => new(holds ? AssertionVerdict.Passed : AssertionVerdict.Failed, found, frame);
}
