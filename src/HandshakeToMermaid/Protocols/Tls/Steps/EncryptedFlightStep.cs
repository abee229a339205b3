using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Tls.Steps;

/// <summary>Handshake messages that cannot be decrypted, with their certain or probable content.</summary>
internal sealed class EncryptedFlightStep : Step
{
    /// <summary>The messages inside by their RFC names, in order: encrypted_extensions, certificate, certificate_verify, finished.</summary>
    public required IReadOnlyList<string> Contains { get; init; }

    /// <summary>Encrypted bytes, without record headers.</summary>
    public required int Bytes { get; init; }

    /// <summary>False where the protocol leaves no other choice for <see cref="Contains"/>.</summary>
    public bool IsProbable { get; init; }

    /// <summary>True for the lone Finished behind a ChangeCipherSpec up to TLS 1.2: it is named as itself.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Its name in JSON.</summary>
    public string TypeName => IsFinished ? "finished" : "encrypted_handshake";

    /// <inheritdoc/>
    public override Phase Phase => Phase.Tls;

    /// <inheritdoc/>
    public override string Title => IsFinished ? "encrypted finished"
        : Contains.Count == 0 ? "Encrypted handshake message"
        : "Encrypted: " + string.Join(", ", Contains.Select(Spoken));

    /// <inheritdoc/>
    public override string Explanation => IsFinished ? "confirms that nothing was altered"
        : Contains.Contains("certificate_verify") ? "shows and proves its identity, encrypted"
        : Contains.Contains("finished") ? "confirms the handshake, hidden from others"
        : "is readable only with the keys";

    /// <inheritdoc/>
    public override bool IsMinor => IsFinished;

    /// <inheritdoc/>
    public override bool IsEncrypted => true;

    /// <inheritdoc/>
    public override int Length => Bytes;

    /// <inheritdoc/>
    public override IEnumerable<StepField> Fields => [];

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail)
    {
        if (IsProbable) yield return new(Detail.Full, "", "probably");
        yield return new(Contains.Count > 1 ? Detail.Normal : Detail.Full, "", ByteCount.Text(Bytes));
    }

    private static string Spoken(string name) => name == "encrypted_extensions" ? "extensions" : name.Replace('_', ' ');
}
