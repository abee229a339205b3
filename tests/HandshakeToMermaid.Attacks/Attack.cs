namespace HandshakeToMermaid.Attacks;

/// <summary>A capture made to exhaust its reader.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Reaches">A regular expression that the output or the error output matches where the attack reached the code that it is meant for.</param>
/// <param name="Write">Writes the capture.</param>
internal sealed record Attack(string Name, string Reaches, Action<AttackFile> Write)
{
    /// <summary>The exit codes that may be: done, done in part, nothing to draw.</summary>
    public IReadOnlyList<int> ExitCodes { get; init; } = [0, 4, 5];

    /// <summary>The name of its file.</summary>
    public string FileName { get; init; } = "attack.pcap";
}
