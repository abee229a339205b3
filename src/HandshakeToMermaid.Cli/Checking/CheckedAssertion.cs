using HandshakeToMermaid.Assertions;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>An assertion and what became of it.</summary>
internal sealed record CheckedAssertion(CheckRule Rule, Assertion Assertion, AssertionResult Result)
{
    /// <summary>Its name, with that of its rule where it has one: "public sites: min-version".</summary>
    public string Title => Rule.Name is { } rule ? $"{rule}: {Assertion.Name}" : Assertion.Name;

    /// <summary>What was found and what was expected, as a sentence without a full stop.</summary>
    public string Text => Result.Verdict switch
    {
        AssertionVerdict.Undecided => $"not decided: {Result.Found}",
        _ => Result.Frame is { } frame ? $"{Result.Found} (frame {frame}), expected {Assertion.Expected}" : $"{Result.Found}, expected {Assertion.Expected}",
    };
}
