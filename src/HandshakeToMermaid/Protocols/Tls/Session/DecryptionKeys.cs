using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>Derives the keys of a session's records from its secrets. What stands in the way is noted in the direction (<see cref="DecryptionHalf.Why"/>).</summary>
/// <param name="closed">The session as read without keys, both hellos included.</param>
/// <param name="secrets">The known secrets.</param>
internal sealed class DecryptionKeys(TlsSession closed, SecretStore secrets)
{
    /// <summary>TLS 1.3: the decryptors of an epoch, created on first use.</summary>
    public List<RecordDecryptor> OpenersOf(DecryptionHalf half, TlsEpoch epoch)
    {
        ref var openers = ref half.ByEpoch[(int)epoch];
        if (openers is not null) return openers;
        openers = [];
        if (LabelOf(half.Side, epoch) is not { } label) return openers;
        foreach (var secret in secrets.Candidates(closed.ClientHello!.SessionRandom.Span, label))
        {
            foreach (var suite in SuitesOf(epoch))
            {
                if (CipherParameters.Of(suite) is not { HasKnownHash: true } parameters)
                {
                    half.Why ??= $"decryption of {suite.Name} is not supported";
                    continue;
                }

                if (RecordDecryptor.ForTls13(parameters, secret, out var why, closed.Version is { } version ? version.Draft : 0) is { } opener) openers.Add(opener);
                else half.Why ??= why;
            }
        }

        return openers;
    }

    /// <summary>Early data uses the suite of the earlier session; if it was rejected, only trying the record shows which.</summary>
    private IEnumerable<CipherSuite> SuitesOf(TlsEpoch epoch)
    {
        if (closed.CipherSuite is { } chosen) yield return chosen;
        if (epoch != TlsEpoch.Early) yield break;
        foreach (var offered in closed.ClientHello!.CipherSuites)
        {
            if (offered.Code is > 0x1300 and < 0x1400 && offered != closed.CipherSuite) yield return offered;
        }
    }

    /// <summary>The secret that protects what a side of TLS 1.3 sends; null where there is none.</summary>
    public static SecretLabel? LabelOf(Side side, TlsEpoch epoch) => (side, epoch) switch
    {
        (Side.Client, TlsEpoch.Early) => SecretLabel.ClientEarlyTraffic,
        (Side.Client, TlsEpoch.Handshake) => SecretLabel.ClientHandshakeTraffic,
        (Side.Client, _) => SecretLabel.ClientTraffic,
        (_, TlsEpoch.Handshake) => SecretLabel.ServerHandshakeTraffic,
        (_, TlsEpoch.Application) => SecretLabel.ServerTraffic,
        _ => null,
    };

    /// <summary>Up to TLS 1.2: the decryptors for the records after a ChangeCipherSpec, with keys derived from the latest hellos; empty if there are none.</summary>
    /// <param name="half">The direction.</param>
    /// <param name="opened">The session so far, decrypted messages included.</param>
    public List<RecordDecryptor> OpenersAfterChange(DecryptionHalf half, TlsSession opened)
    {
        var openers = new List<RecordDecryptor>();
        if (opened is not { LatestClientHello: { } asked, LatestServerHello: { CipherSuite: { } suite } answered }) return openers;
        var asking = asked.SessionRandom.Span;
        if (asking.Length != 32 || answered.Random.Length != 32) return openers;
        if (answered.CompressionMethod is not (0 or RecordInflater.Deflate))
        {
            half.Why ??= $"its records are compressed by method {answered.CompressionMethod}, which is not supported";
            return openers;
        }

        if (CipherParameters.Of(suite) is not { HasKnownHash: true } parameters)
        {
            half.Why ??= $"decryption of {suite.Name} is not supported";
            return openers;
        }

        var isMacLast = parameters.Type == CipherType.Block && answered.Extensions.Has(ExtensionType.EncryptThenMac);
        foreach (var master in secrets.Candidates(asking, SecretLabel.MasterSecret))
        {
            var keys = KeyBlock.Derive(answered.Version.Code, parameters, master, asking, answered.Random.Span);
            if (RecordDecryptor.ForTls12(parameters, answered.Version.Code, keys, half.Side, isMacLast, out var why, answered.CompressionMethod != 0) is { } opener) openers.Add(opener);
            else half.Why ??= why;
        }

        return openers;
    }
}
