namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>A row of the table of rooms.</summary>
/// <param name="Name">The folder with dots: "Protocols.Tls". The row also holds for folders below it that have no row of their own.</param>
/// <param name="MayUse">
/// The rooms whose types its files may use, besides the folders of the row itself: "Wire" for that folder alone, "Capture.*" for it and the
/// folders below it, "*" for every room. Nothing allows the root: its types are for callers of the library.
/// </param>
internal sealed record Room(string Name, params string[] MayUse)
{
    public bool Holds(string room) => IsWithin(room, Name);

    public bool Allows(string room) => MayUse.Any(pattern => pattern switch
    {
        "*" => room.Length > 0,
        _ when pattern.EndsWith(".*", StringComparison.Ordinal) => IsWithin(room, pattern[..^2]),
        _ => room == pattern,
    });

    private static bool IsWithin(string room, string outer) => room == outer || room.StartsWith(outer + ".", StringComparison.Ordinal);
}
