using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary>A function as written: parameters, or null for one that reads its arguments from <c>$</c>, and a body.</summary>
internal sealed record FunctionDefinition(Parameter[]? Parameters, Block? Body, Expression? Value);
