namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary>A parameter: required, optional with a default, or the last one that takes what is left (<c>name...</c>).</summary>
internal readonly record struct Parameter(string Name, bool IsOptional, object? Default, bool TakesRest);
