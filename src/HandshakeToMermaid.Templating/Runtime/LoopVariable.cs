namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>A variable that lives as long as its loop.</summary>
internal record struct LoopVariable(string Name, object? Value);
