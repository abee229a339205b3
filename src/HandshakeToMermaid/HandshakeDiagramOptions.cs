namespace HandshakeToMermaid;

/// <summary>How a handshake is drawn.</summary>
public sealed record HandshakeDiagramOptions
{
    /// <summary>The level of detail.</summary>
    public DiagramDetail Detail { get; init; } = DiagramDetail.Normal;

    /// <summary>Which time is shown on each step.</summary>
    public DiagramTime Time { get; init; } = DiagramTime.Delta;

    /// <summary>The diagram's title; null for <see cref="Handshake.Title"/>.</summary>
    public string? Title { get; init; }

    /// <summary>True to say below each message what it is for.</summary>
    public bool Explain { get; init; }

    /// <summary>
    /// The largest Mermaid source, in characters. A longer one is drawn with less detail; one that is longer even at
    /// <see cref="DiagramDetail.Brief"/> is returned as it is. The default stays below Mermaid's own limit of 50,000 (its <c>maxTextSize</c>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public int MaxCharacters
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 49_000;

    /// <summary>The width of <see cref="Handshake.ToText"/>, in columns of a terminal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public int TextWidth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 100;
}
