namespace HandshakeToMermaid;

/// <summary>How a handshake ended.</summary>
/// <param name="Name">
/// The name that <see cref="Handshake.ToJson"/> uses: <c>established</c>, <c>alert</c>, <c>rejected_late</c>, <c>client_rejected</c>,
/// <c>no_server_hello</c>, <c>reset_by_server</c>, <c>reset_by_client</c>, <c>closed_by_server</c>, <c>closed_by_client</c>, <c>tcp_refused</c>,
/// <c>tcp_timeout</c>, <c>unreachable</c>, <c>dns_error</c>, <c>dns_timeout</c>, <c>not_tls</c>, <c>one_sided</c>, <c>incomplete</c> or
/// <c>unreadable</c>. Later versions may add names.
/// </param>
/// <param name="Confidence">How certain that is.</param>
/// <param name="DecidedBy">Who caused it; null where that is not known or does not apply.</param>
/// <param name="Frame">The number of the frame that decided it; null where there is none.</param>
public sealed record HandshakeOutcome(string Name, HandshakeConfidence Confidence, HandshakeActor? DecidedBy, long? Frame)
{
    /// <summary>True where the handshake was completed.</summary>
    public bool IsEstablished => Name == "established";
}
