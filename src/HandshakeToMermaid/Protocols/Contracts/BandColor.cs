namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>The color of a band in every output that has colors. Values are written as they are: they must not come from a capture.</summary>
/// <param name="Name">Its class in style sheets: a word in lower case that no other color has.</param>
/// <param name="Tint">Red, green, blue and opacity of a Mermaid band, "56, 139, 253, 0.15". A low opacity is readable in light, dark and neutral themes alike.</param>
/// <param name="Light">Colors in SVG on a light page.</param>
/// <param name="Dark">Colors in SVG on a dark page.</param>
/// <param name="Terminal">Parameter of the terminal's SGR sequence (ECMA-48 section 8.3.117): 30 to 37 for a color, 2 for faint.</param>
internal sealed record BandColor(string Name, string Tint, BandTheme Light, BandTheme Dark, int Terminal)
{
    /// <summary>The color of that name among those of phases; null for another.</summary>
    public static BandColor? Named(string name) => name switch
    {
        "dns" => Blue,
        "tcp" => Green,
        "tls" => Purple,
        "encrypted" => DeepPurple,
        "data" => Gray,
        _ => null,
    };

    /// <summary>Name resolution.</summary>
    public static BandColor Blue { get; } = new("dns", "56, 139, 253, 0.15", new("#eef6ff", "#d8eaff", "#0a4a94"), new("#0f1c2e", "#15304f", "#9ecbff"), 34);

    /// <summary>The transport handshake.</summary>
    public static BandColor Green { get; } = new("tcp", "63, 185, 80, 0.15", new("#effaf2", "#d3f3dc", "#116329"), new("#0f2117", "#163a22", "#7ee787"), 32);

    /// <summary>The TLS handshake.</summary>
    public static BandColor Purple { get; } = new("tls", "163, 113, 247, 0.15", new("#f7f3ff", "#e8dcff", "#5a2fa6"), new("#1b1530", "#2f2353", "#d2b3ff"), 35);

    /// <summary>What is encrypted.</summary>
    public static BandColor DeepPurple { get; } = new("encrypted", "163, 113, 247, 0.30", new("#eee5ff", "#d9c7ff", "#4b2391"), new("#271d47", "#3f2f70", "#dcc7ff"), 35);

    /// <summary>Everything that surrounds a handshake.</summary>
    public static BandColor Gray { get; } = new("data", "139, 148, 158, 0.15", new("#f6f8fa", "#e6eaef", "#424a53"), new("#151b23", "#262d36", "#c9d1d9"), 2);

    /// <summary>A failed attempt that a later one made up for; for no phase.</summary>
    public static BandColor Amber { get; } = new("attempt", "210, 153, 34, 0.18", new("#fff9e9", "#ffecb5", "#744500"), new("#211a0b", "#3e2e0a", "#e3b341"), 33);

    /// <summary>A failure; for no phase.</summary>
    public static BandColor Red { get; } = new("failure", "248, 81, 73, 0.18", new("#fff1f0", "#ffd8d3", "#a40e26"), new("#2a1412", "#571f1b", "#ffb3ac"), 31);

    /// <summary>The verdict on what failed; for no phase.</summary>
    public static BandColor Failed { get; } = new("failed", "248, 81, 73, 0.30", new("#ffe3e0", "#ffcdc7", "#8a0a1f"), new("#4a1b18", "#6b241f", "#ffc9c4"), 31);

    /// <summary>The verdict on what works and should not be so; for no phase.</summary>
    public static BandColor Warned { get; } = new("warned", "210, 153, 34, 0.25", new("#fff1c9", "#ffe49a", "#5f3900"), new("#382809", "#4d370c", "#f0c96a"), 33);

    /// <summary>The verdict on what completed; for no phase.</summary>
    public static BandColor Succeeded { get; } = new("succeeded", "63, 185, 80, 0.25", new("#dff6e5", "#c4edcf", "#0b5320"), new("#16341f", "#1d4a2a", "#9ff0a9"), 32);
}
