namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>An outcome in words.</summary>
/// <param name="Sentence">One clause; "{actor}" stands for who decided it (client, server, peer).</param>
internal sealed record OutcomeWords(string Sentence)
{
    /// <summary>The clause where neither end decided it; null where it is the same.</summary>
    public string? SentenceByNetwork { get; init; }

    /// <summary>A word or two for titles and tables; null for that of its kind.</summary>
    public string? Short { get; init; }

    /// <summary>The first line below a drawing: of a completed connection what follows "Established: ", otherwise all of it; null for the usual words.</summary>
    public string? Verdict { get; init; }

    /// <summary>Header of the band where a connection failed; null for the usual words.</summary>
    public string? FailureHeader { get; init; }

    /// <summary>The clause with the one who decided it.</summary>
    public string SentenceBy(OutcomeActor actor)
    {
        if (actor == OutcomeActor.Network && SentenceByNetwork is { } own) return own;
        return Sentence.Replace("{actor}", actor switch { OutcomeActor.Client => "client", OutcomeActor.Server => "server", _ => "peer" }, StringComparison.Ordinal);
    }
}
