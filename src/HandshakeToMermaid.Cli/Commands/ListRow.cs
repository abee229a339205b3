namespace HandshakeToMermaid.Cli.Commands;

/// <summary>What the list keeps of a connection until its turn comes.</summary>
/// <param name="Row">What its writer made of it.</param>
/// <param name="Fails">True where it makes the program fail (<c>--fail-on</c>).</param>
internal sealed record ListRow(object Row, bool Fails);
