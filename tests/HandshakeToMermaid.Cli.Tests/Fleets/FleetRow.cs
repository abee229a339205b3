namespace HandshakeToMermaid.Cli.Tests.Fleets;

/// <summary>What a row says, known from how it was made.</summary>
internal sealed record FleetRow
{
    /// <summary>The file that holds it, as the engine names it.</summary>
    public required string File { get; init; }

    /// <summary>Its number there.</summary>
    public required int Id { get; init; }

    /// <summary>When the connection began (UTC).</summary>
    public required DateTime Start { get; init; }

    /// <summary>The client's address.</summary>
    public required string Client { get; init; }

    /// <summary>The server's name; null where none is known.</summary>
    public required string? Server { get; init; }

    /// <summary>The server's address.</summary>
    public required string Address { get; init; }

    /// <summary>The cause of its failure; null where it did not fail.</summary>
    public required string? Cause { get; init; }

    /// <summary>The version agreed on; null where none was.</summary>
    public required string? Version { get; init; }

    /// <summary>The highest version offered as JA4 writes it; null where there was no ClientHello.</summary>
    public required string? Highest { get; init; }

    /// <summary>When the server's certificate ends; null where it was not seen.</summary>
    public required DateTime? Ends { get; init; }

    /// <summary>Its DNS queries.</summary>
    public required IReadOnlyList<FleetQuery> Queries { get; init; }

    /// <summary>The command that draws it.</summary>
    public string Diagram => $"h2m convert \"{File}\" -c {Id}";
}
