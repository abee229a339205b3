namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>A ChangeCipherSpec (RFC 5246 section 7.1); in TLS 1.3 without meaning, for the sake of old boxes on the way (RFC 8446 appendix D.4).</summary>
public sealed class ChangeCipherSpecStep : Step
{
    /// <summary>What is said around it: only that tells the version.</summary>
    public required TlsConversation Conversation { get; init; }

    /// <inheritdoc/>
    public override Detail Level => Conversation.IsTls13 ? Detail.Full : Detail.Brief;

    /// <inheritdoc/>
    public override Phase Phase => Phase.Tls;

    /// <inheritdoc/>
    public override string Title => "ChangeCipherSpec";

    /// <inheritdoc/>
    public override bool IsMinor => true;

    /// <inheritdoc/>
    public override int Length => 1;
}
