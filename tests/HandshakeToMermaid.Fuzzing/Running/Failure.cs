namespace HandshakeToMermaid.Fuzzing.Running;

/// <summary>What went wrong with an input.</summary>
/// <param name="Key">The same for inputs that fail alike: the invariant, or the exception with the place that threw it.</param>
/// <param name="Text">All that is known of it.</param>
internal sealed record Failure(string Key, string Text)
{
    /// <summary>The failure that an exception is.</summary>
    public static Failure Of(Exception thrown)
    {
        if (thrown is AggregateException { InnerExceptions: [var only] }) thrown = only;
        if (thrown is InvariantException broken) return new Failure(broken.Invariant, broken.Message);
        var place = thrown.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("at HandshakeToMermaid.", StringComparison.Ordinal) && !line.Contains(".Fuzzing.", StringComparison.Ordinal))?.Trim();
        return new Failure($"{thrown.GetType().Name} {place?.Split(" in ")[0]}", thrown.ToString());
    }
}
