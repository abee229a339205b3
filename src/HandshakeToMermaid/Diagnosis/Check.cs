using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>One thing that a peer would check, looked at again from the bytes of the capture.</summary>
/// <param name="What">Its name in JSON: name, dates, chain, authority, strength, staple, key, pin.</param>
/// <param name="Passed">How it came out; null where it could not be checked.</param>
/// <param name="Text">The result in a few words.</param>
internal sealed record Check(string What, bool? Passed, string Text)
{
    /// <summary>The step that it concerns; null where none shows it.</summary>
    public Step? At { get; init; }

    /// <summary>Who has to check it: the client the server's certificate, the server the client's.</summary>
    public Side By { get; init; } = Side.Client;

    /// <summary>
    /// The issuers, from the certificate upwards; the last one is the authority that the peer must trust by itself. Empty for a
    /// self-signed certificate.
    /// </summary>
    public IReadOnlyList<string> Signers { get; init; } = [];
}
