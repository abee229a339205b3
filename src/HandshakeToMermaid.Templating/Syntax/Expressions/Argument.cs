namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary>An argument of a call, named or not; also an option of a <c>for</c>, which may have no value.</summary>
internal readonly record struct Argument(string? Name, Expression? Value);
