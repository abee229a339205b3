using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>
/// An EAP event around its TLS handshake. What the authenticator hands over from or to the supplicant is not in a capture of RADIUS: that it does is
/// inferred (RFC 3579 section 2.1).
/// </summary>
/// <param name="title">Its name.</param>
/// <param name="explanation">What its sender achieves with it.</param>
/// <param name="phase">Its band.</param>
/// <param name="supplicant">The supplicant where it is the other end; null where the server is.</param>
internal sealed class EapStep(string title, string explanation, Phase phase, string? supplicant) : Step
{
    /// <inheritdoc/>
    public override Phase Phase => phase;

    /// <inheritdoc/>
    public override string Title => title;

    /// <inheritdoc/>
    public override string Explanation => explanation;

    /// <inheritdoc/>
    public override string? Helper => supplicant;

    /// <summary>True where the supplicant was refused.</summary>
    public bool IsRefusal { get; init; }

    /// <inheritdoc/>
    public override bool IsDeadEnd => IsRefusal;

    /// <inheritdoc/>
    public override bool IsRoutine => false;

    /// <inheritdoc/>
    public override bool IsEncrypted => false;
}
