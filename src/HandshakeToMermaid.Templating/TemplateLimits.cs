namespace HandshakeToMermaid.Templating;

/// <summary>How much one render may do. Reaching a limit fails the render with its position.</summary>
internal sealed record TemplateLimits
{
    /// <summary>The limits in force unless others are given.</summary>
    public static TemplateLimits Default { get; } = new();

    /// <summary>
    /// Steps of all loops together. A call of a function written in the template is a step too, and so is each item
    /// that an operator or a function puts into a list, or that is written with its list.
    /// </summary>
    public int LoopIterations { get; init; } = 1_000_000;

    /// <summary>How deep functions and includes may call each other.</summary>
    public int Recursion { get; init; } = 100;

    /// <summary>
    /// Characters written; the characters that operators and functions join into new strings on the way are held
    /// to the same number, counted apart.
    /// </summary>
    public int OutputCharacters { get; init; } = 64 * 1024 * 1024;
}
