namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary>Where to go on after a statement.</summary>
internal enum Flow
{
    /// <summary>To the next statement.</summary>
    Next,

    /// <summary>Behind the loop.</summary>
    Break,

    /// <summary>To the loop's next step.</summary>
    Continue,

    /// <summary>Out of the function or the page.</summary>
    Return,
}
