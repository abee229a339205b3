namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>The body of a function of the language; <paramref name="arguments"/> has a value, or null, for every parameter.</summary>
internal delegate object? Builtin(RenderContext context, object?[] arguments);
