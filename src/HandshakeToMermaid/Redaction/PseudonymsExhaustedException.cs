namespace HandshakeToMermaid.Redaction;

/// <summary>There are more values to replace than there is room for: what would need a further pseudonym must not be written. The message is a sentence without its end.</summary>
internal sealed class PseudonymsExhaustedException : Exception
{
    private PseudonymsExhaustedException(string message) : base(message)
    {
    }

    /// <summary>The book has as many values as <see cref="Limits.AnalyzerLimits.Pseudonyms"/> allows.</summary>
    public static PseudonymsExhaustedException OfBook(int most) =>
        new(FormattableString.Invariant($"--redact replaces at most {most} different values in a run, and there are more: select fewer connections (--sni, --since)"));

    /// <summary>Every IPv4 address that may stand for another is given out.</summary>
    public static PseudonymsExhaustedException OfAddresses() =>
        new("all 131,832 IPv4 addresses for documentation and benchmarks stand for others already: select fewer connections, or use --redact-addresses prefix");
}
