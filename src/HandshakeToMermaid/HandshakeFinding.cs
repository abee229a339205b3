namespace HandshakeToMermaid;

/// <summary>A problem or an observation about a handshake: what, why, and what to do about it.</summary>
public sealed class HandshakeFinding
{
    internal HandshakeFinding()
    {
    }

    /// <summary>Its stable name in kebab case, such as <c>certificate-expired</c>. The README lists them.</summary>
    public required string Code { get; init; }

    /// <summary>How serious it is.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>How certain it is.</summary>
    public required HandshakeConfidence Confidence { get; init; }

    /// <summary>What happened, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Why, in one clause. It may quote text of the capture: encode it before showing it.</summary>
    public required string Cause { get; init; }

    /// <summary>What to do about it, in one clause.</summary>
    public required string Fix { get; init; }

    /// <summary>The names that other programs have for it, such as <c>CERT_HAS_EXPIRED</c>.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The numbers of the frames that show it.</summary>
    public required IReadOnlyList<long> Frames { get; init; }

    /// <summary>The section of the specification that it rests on, such as <c>RFC 5280 section 4.1.2.5</c>; null where none applies.</summary>
    public required string? Specification { get; init; }

    /// <summary>The <see cref="Code"/> of the finding that this one is a consequence of; null where it stands for itself.</summary>
    public required string? FollowsFrom { get; init; }

    /// <summary>The finding in one line, for logs and debuggers.</summary>
    public override string ToString() => $"{Code}: {Title}: {Cause}";
}
