using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Tls.Steps;

/// <summary>A ChangeCipherSpec (RFC 5246 section 7.1); in TLS 1.3 without meaning, for the sake of old boxes on the way (RFC 8446 appendix D.4).</summary>
internal sealed class ChangeCipherSpecStep : Step
{
    /// <summary>True in TLS 1.3, where it means nothing. Known once the whole session was read: it may come before the ServerHello.</summary>
    public bool IsTls13 { get; internal set; }

    /// <inheritdoc/>
    public override Detail Level => IsTls13 ? Detail.Full : Detail.Brief;

    /// <inheritdoc/>
    public override Phase Phase => Phase.Tls;

    /// <inheritdoc/>
    public override string Title => "ChangeCipherSpec";

    /// <summary>False while no ServerHello shows the version. Known once the whole session was read.</summary>
    internal bool HasVersion { get; set; }

    /// <inheritdoc/>
    public override string? Explanation => !HasVersion ? null : IsTls13 ? "has no effect, kept for old middleboxes" : "uses the new keys from here on";

    /// <inheritdoc/>
    public override bool IsMinor => true;

    /// <inheritdoc/>
    public override bool IsEncrypted => !IsTls13;

    /// <inheritdoc/>
    public override int Length => 1;
}
