namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>Signs of results, from the fonts that every host has: emoji are boxes where no emoji font is.</summary>
internal static class Sign
{
    public const string Passed = "\u2713";
    public const string Failed = "\u2717";
    public const string Warned = "!";
    public const string NotChecked = "\u2013";
}
